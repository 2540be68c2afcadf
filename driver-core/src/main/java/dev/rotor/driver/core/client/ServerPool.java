package dev.rotor.driver.core.client;

import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.ConnectionPool;
import dev.rotor.driver.core.topology.PoolControl;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A server's pool as the topology controls it.
 *
 * @param pool the pool
 */
record ServerPool(ConnectionPool<Connection> pool) implements PoolControl {

    @Override
    public Runnable ready() {
        return pool.markReady();
    }

    @Override
    public Runnable clear(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse) {
        return pool.markCleared(cause, serviceId, interruptInUse);
    }

    @Override
    public int generation(@Nullable ObjectId serviceId) {
        return pool.generation(serviceId);
    }

    @Override
    public void close(boolean interruptInUse) {
        pool.close(interruptInUse);
    }
}
