package dev.rotor.driver.event;

import dev.rotor.driver.topology.TopologyDescription;
import java.util.Objects;
import org.bson.types.ObjectId;

/**
 * What is known about a deployment has changed.
 *
 * @param topologyId the topology, the same for all its events
 * @param previousDescription what was known; at first nothing, not even an address
 * @param newDescription what is known now
 */
public record TopologyDescriptionChangedEvent(
        ObjectId topologyId, TopologyDescription previousDescription, TopologyDescription newDescription) {

    /**
     * Checks the components.
     *
     * @param topologyId the topology, the same for all its events
     * @param previousDescription what was known; at first nothing, not even an address
     * @param newDescription what is known now
     */
    public TopologyDescriptionChangedEvent {
        Objects.requireNonNull(topologyId, "topologyId");
        Objects.requireNonNull(previousDescription, "previousDescription");
        Objects.requireNonNull(newDescription, "newDescription");
    }
}
