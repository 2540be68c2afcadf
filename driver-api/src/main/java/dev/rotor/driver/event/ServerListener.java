package dev.rotor.driver.event;

/**
 * Hears of changes to what is known about each server.
 *
 * <p>Called in the order of the events, never two at a time for one topology, on whichever thread caused the event,
 * event loops included: it must return soon and must not block. What it throws is logged and changes nothing. Defined
 * by the Server Discovery and Monitoring Logging and Monitoring specification.
 */
public interface ServerListener {

    /**
     * A server has become part of the topology.
     *
     * @param event what happened
     */
    default void serverOpening(ServerOpeningEvent event) {}

    /**
     * What is known about a server has changed.
     *
     * @param event what happened
     */
    default void serverDescriptionChanged(ServerDescriptionChangedEvent event) {}

    /**
     * A server is no longer part of the topology.
     *
     * @param event what happened
     */
    default void serverClosed(ServerClosedEvent event) {}
}
