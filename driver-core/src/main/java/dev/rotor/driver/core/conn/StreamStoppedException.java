package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * This side wanted no more replies of a stream, and closed the connection, which is the only way to say so. No failure
 * of the network or of the server.
 */
public final class StreamStoppedException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the reason to close a connection with.
     *
     * @param cause what is wrong with the replies; {@code null} where they are just not wanted any more
     */
    public StreamStoppedException(@Nullable Throwable cause) {
        super("The replies that the server sends unasked are not wanted any more", cause);
    }
}
