package dev.rotor.driver.event;

/**
 * Hears of each heartbeat. Every started heartbeat either succeeds or fails.
 *
 * <p>Called in the order of the events, never two at a time for one topology, on whichever thread caused the event,
 * event loops included: it must return soon and must not block. What it throws is logged and changes nothing. Defined
 * by the Server Discovery and Monitoring Logging and Monitoring specification.
 */
public interface ServerMonitorListener {

    /**
     * A heartbeat has started.
     *
     * @param event what happened
     */
    default void serverHeartbeatStarted(ServerHeartbeatStartedEvent event) {}

    /**
     * The server has answered.
     *
     * @param event what happened
     */
    default void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {}

    /**
     * The server has not answered, or refused to.
     *
     * @param event what happened
     */
    default void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {}
}
