package dev.rotor.driver;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Time ran out before an operation could be sent, or before it had finished. */
public final class MongoTimeoutException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What an operation was waiting for. */
    public enum Waiting {
        /** For a suitable server: {@code serverSelectionTimeoutMS}. */
        SERVER_SELECTION,
        /** For a connection of the pool: {@code waitQueueTimeoutMS}, the WaitQueueTimeoutError of the specification. */
        CHECKOUT,
        /** For the whole operation: {@code timeoutMS}. */
        OPERATION,
        /** For a transaction to get through, without {@code timeoutMS}: the 120 seconds of {@code withTransaction}. */
        TRANSACTION
    }

    /** What was being waited for. */
    private final Waiting waiting;

    /**
     * Makes the exception.
     *
     * @param message the most likely cause first, then what was being waited for
     * @param cause the most likely cause, or {@code null}
     * @param server the server, or {@code null} when none had been selected
     * @param waiting what was being waited for
     */
    public MongoTimeoutException(
            String message, @Nullable Throwable cause, @Nullable ServerAddress server, Waiting waiting) {
        super(message, cause, -1, server);
        this.waiting = Objects.requireNonNull(waiting, "waiting");
    }

    /**
     * What was being waited for.
     *
     * @return the stage in which time ran out
     */
    public Waiting waiting() {
        return waiting;
    }
}
