package dev.rotor.driver;

import java.io.Serial;
import java.util.Objects;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A command was done, but its write concern was not met: the change may be rolled back. */
public final class MongoWriteConcernException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final transient WriteConcernError writeConcernError;
    /** The whole reply. */
    private final transient BsonDocument response;

    /**
     * Makes the exception; its message begins with what is most likely wrong.
     *
     * @param writeConcernError why
     * @param response the server's whole reply, which says what was written
     * @param server the server, or {@code null}
     */
    public MongoWriteConcernException(
            WriteConcernError writeConcernError, BsonDocument response, @Nullable ServerAddress server) {
        super(WriteErrorText.of(writeConcernError, server), null, writeConcernError.code(), server);
        this.writeConcernError = writeConcernError;
        this.response = Objects.requireNonNull(response, "response");
    }

    /**
     * Why the write concern was not met.
     *
     * @return the server's error
     */
    public WriteConcernError writeConcernError() {
        return writeConcernError;
    }

    /**
     * The server's whole reply, which says what was written.
     *
     * @return the reply, not a copy
     */
    public BsonDocument response() {
        return response;
    }
}
