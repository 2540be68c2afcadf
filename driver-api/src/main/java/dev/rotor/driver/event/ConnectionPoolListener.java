package dev.rotor.driver.event;

/**
 * Hears what happens in the connection pools of a client, as the Connection Monitoring and Pooling specification,
 * section "Connection Pool Monitoring", defines it.
 *
 * <p>The events of one pool arrive one after the other, in the order in which the things happened; those of different
 * pools may arrive at the same time. Methods are called on whatever thread made the thing happen, event loops among
 * them, and therefore must return soon and never block. What a method throws is logged and otherwise ignored.
 */
public interface ConnectionPoolListener {

    /**
     * A pool was made. It is paused until its server has been found to be there.
     *
     * @param event which pool, with its settings
     */
    default void connectionPoolCreated(ConnectionPoolCreatedEvent event) {}

    /**
     * A paused pool became usable.
     *
     * @param event which pool
     */
    default void connectionPoolReady(ConnectionPoolReadyEvent event) {}

    /**
     * The connections of a pool became stale.
     *
     * @param event which pool, and which of its connections
     */
    default void connectionPoolCleared(ConnectionPoolClearedEvent event) {}

    /**
     * A pool was closed for good.
     *
     * @param event which pool
     */
    default void connectionPoolClosed(ConnectionPoolClosedEvent event) {}

    /**
     * A connection was added to a pool; establishing it begins now.
     *
     * @param event which connection
     */
    default void connectionCreated(ConnectionCreatedEvent event) {}

    /**
     * A connection has been established.
     *
     * @param event which connection, and how long it took
     */
    default void connectionReady(ConnectionReadyEvent event) {}

    /**
     * A connection left its pool.
     *
     * @param event which connection, and why
     */
    default void connectionClosed(ConnectionClosedEvent event) {}

    /**
     * An operation asked for a connection. Exactly one of {@link #connectionCheckedOut} and
     * {@link #connectionCheckOutFailed} follows.
     *
     * @param event which pool
     */
    default void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {}

    /**
     * An operation got no connection.
     *
     * @param event which pool, why, and how long it had waited
     */
    default void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {}

    /**
     * An operation got a connection.
     *
     * @param event which connection, and how long it had waited
     */
    default void connectionCheckedOut(ConnectionCheckedOutEvent event) {}

    /**
     * An operation gave a connection back.
     *
     * @param event which connection
     */
    default void connectionCheckedIn(ConnectionCheckedInEvent event) {}
}
