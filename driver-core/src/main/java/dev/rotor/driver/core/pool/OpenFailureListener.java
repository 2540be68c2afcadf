package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoException;

/** Where the pool tells that a connection could not be established: the error handling of server discovery. */
@FunctionalInterface
public interface OpenFailureListener<C extends PooledConnection> {

    /**
     * A connection could not be established. Called once for each, before the operation that waited for it is told and
     * before the connection leaves the pool, so that the pool is cleared by then where the failure asks for it. Called
     * outside the pool's lock; may call the pool. What it throws is logged.
     *
     * @param cause the failure, with its labels
     * @param connection the connection, closed already; its generation tells whether the failure is stale
     */
    void onOpenFailed(MongoException cause, C connection);
}
