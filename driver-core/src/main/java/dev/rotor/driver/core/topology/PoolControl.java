package dev.rotor.driver.core.topology;

import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.ConnectionPool;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The topology's grip on the pool of one server.
 *
 * <p>{@link #ready} and {@link #clear} are called under the topology's lock, so that the pool's state and the server's
 * description change together. They change the state at once, but tell nobody: events, woken checkouts and closed
 * sockets are left to the returned task, which the topology runs when it has released the lock.
 */
public interface PoolControl {

    /** The pool that operations check out of. */
    ConnectionPool<Connection> pool();

    /** Makes the pool usable. */
    Runnable ready();

    /** Makes connections stale, see {@link ConnectionPool#clear}. */
    Runnable clear(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse);

    /** The current generation, of the service behind a load balancer. */
    int generation(@Nullable ObjectId serviceId);

    /** Closes the pool for good. Called outside the topology's lock. */
    void close(boolean interruptInUse);

    /** Makes the pool of a server. Called outside the topology's lock. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a pool, paused.
         *
         * @param server whose pool; failures to establish connections are told to {@link ServerHandle#onOpenFailed}
         */
        PoolControl create(ServerHandle server);
    }
}
