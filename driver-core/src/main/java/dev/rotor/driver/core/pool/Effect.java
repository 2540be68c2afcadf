package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoException;
import org.jspecify.annotations.Nullable;

/**
 * What the pool owes the world after one of its methods has changed the state: to be done after unlock, in order.
 *
 * @param <C> the kind of connection
 */
sealed interface Effect<C extends PooledConnection> {

    /** Hand a connection to a checkout that waited. */
    record Deliver<C extends PooledConnection>(CheckoutListener<C> listener, C connection) implements Effect<C> {}

    /** Tell a checkout that it failed. */
    record Fail<C extends PooledConnection>(CheckoutListener<C> listener, CheckoutFailure failure)
            implements Effect<C> {}

    /** Establish a connection. */
    record Open<C extends PooledConnection>(C connection) implements Effect<C> {}

    /**
     * Tell server discovery that a connection could not be established; only then the pool goes on to tell the checkout
     * that it was for, if there is one.
     */
    record ReportOpenFailure<C extends PooledConnection>(C connection, MongoException cause, @Nullable Waiter<C> waiter)
            implements Effect<C> {}

    /** Close a socket. */
    record Close<C extends PooledConnection>(C connection, CloseReason reason, @Nullable Throwable cause)
            implements Effect<C> {}

    /** Tell the event loop when a timer should fire. */
    record SyncTimer<C extends PooledConnection>(PoolTimer timer) implements Effect<C> {}

    /** Tell the log that not even the object of a connection was made, to fill the pool up: nobody else hears of it. */
    record TellNotFilled<C extends PooledConnection>(Throwable cause) implements Effect<C> {}

    /** Why a socket is closed. */
    enum CloseReason {
        STALE,
        INTERRUPTED,
        IDLE,
        ERROR,
        POOL_CLOSED
    }
}
