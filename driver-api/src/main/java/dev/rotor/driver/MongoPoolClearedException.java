package dev.rotor.driver;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A checkout failed because the connection pool was cleared, or is paused, after a failure of its server: the
 * PoolClearedError of the Connection Monitoring and Pooling specification. The cause is that failure.
 */
public final class MongoPoolClearedException extends MongoConnectionException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param server the pool's server
     * @param cause the failure for which the pool was cleared, or {@code null}
     */
    public MongoPoolClearedException(ServerAddress server, @Nullable Throwable cause) {
        super(
                "Connection pool for " + server + " was cleared because another operation failed"
                        + (cause == null || cause.getMessage() == null ? "" : " with: " + cause.getMessage()),
                cause,
                server,
                false);
    }

    /**
     * Makes the exception with other words than those for a cleared pool: for a pool that is still paused, or for a
     * connection that was closed while it was in use.
     *
     * @param message what happened
     * @param cause the failure behind it, or {@code null}
     * @param server the pool's server
     */
    public MongoPoolClearedException(String message, @Nullable Throwable cause, ServerAddress server) {
        super(message, cause, server, false);
    }
}
