package dev.rotor.driver.core.pool;

/** Makes the pool's connections; opens none. */
@FunctionalInterface
public interface ConnectionFactory<C extends PooledConnection> {

    /**
     * Makes a connection that belongs to this pool. Called under the pool's lock: only construct, call nothing.
     *
     * @param pool whom to tell, with {@link ConnectionPool#perished}, when the socket goes away by itself
     * @param id the pool's number for it
     * @param generation the pool's generation
     */
    C create(ConnectionPool<C> pool, long id, int generation);
}
