package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoException;

/** Hears how a checkout that had to wait ended. Called exactly once, outside the pool's lock, on any thread. */
public interface CheckoutListener<C extends PooledConnection> {

    /** The connection is the listener's until it is checked in. */
    void onCheckedOut(C connection);

    /** No connection: timed out, pool cleared or paused, pool closed, or establishing one failed. */
    void onCheckoutFailed(MongoException cause);
}
