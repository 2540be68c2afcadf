package dev.rotor.driver;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server refused a single write. */
public final class MongoWriteException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final transient WriteError writeError;

    /**
     * Makes the exception; its message begins with what is most likely wrong.
     *
     * @param writeError why
     * @param server the server, or {@code null}
     */
    public MongoWriteException(WriteError writeError, @Nullable ServerAddress server) {
        super(WriteErrorText.of(writeError, server), null, writeError.code(), server);
        this.writeError = writeError;
    }

    /**
     * Why the write was refused.
     *
     * @return the server's error
     */
    public WriteError writeError() {
        return writeError;
    }

    /**
     * Whether a unique index has such a key already.
     *
     * @return {@code true} if so
     */
    public boolean isDuplicateKey() {
        return WriteErrorText.isDuplicateKey(code());
    }
}
