package dev.rotor.driver.event;

/**
 * Hears of changes to what is known about a deployment.
 *
 * <p>Called in the order of the events, never two at a time for one topology, on whichever thread caused the event,
 * event loops included: it must return soon and must not block. What it throws is logged and changes nothing. Defined
 * by the Server Discovery and Monitoring Logging and Monitoring specification.
 */
public interface TopologyListener {

    /**
     * The topology has been opened.
     *
     * @param event what happened
     */
    default void topologyOpening(TopologyOpeningEvent event) {}

    /**
     * What is known about the deployment has changed.
     *
     * @param event what happened
     */
    default void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {}

    /**
     * The topology has been closed.
     *
     * @param event what happened
     */
    default void topologyClosed(TopologyClosedEvent event) {}
}
