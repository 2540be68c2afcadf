package dev.rotor.driver;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The server sent bytes that are not the wire protocol: a wrong length, an unknown operation, a reply to another
 * request, BSON that ends too early, a checksum that does not match. The connection is closed, the client stays usable.
 */
public final class MongoProtocolException extends MongoConnectionException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was wrong with the bytes
     * @param cause the failure behind it, or {@code null}
     * @param server the server
     */
    public MongoProtocolException(String message, @Nullable Throwable cause, ServerAddress server) {
        super(message, cause, server, false);
    }
}
