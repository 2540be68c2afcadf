package dev.rotor.driver;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be established, or broke: a network error in the words of the specifications. After one that
 * hit an operation in flight, the driver does not know whether the server carried the operation out.
 */
public class MongoConnectionException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether time ran out, rather than the connection breaking. */
    private final boolean timeout;

    /**
     * Makes the exception.
     *
     * @param message host, port and cause
     * @param cause the failure behind it, or {@code null}
     * @param server the server
     * @param timeout whether time ran out while connecting or waiting for a reply
     */
    public MongoConnectionException(String message, @Nullable Throwable cause, ServerAddress server, boolean timeout) {
        super(message, cause, -1, server);
        this.timeout = timeout;
    }

    /**
     * Whether time ran out while connecting or waiting for a reply.
     *
     * @return {@code false} when the connection broke
     */
    public final boolean isTimeout() {
        return timeout;
    }
}
