package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import java.util.Objects;
import org.bson.types.ObjectId;

/**
 * What is known about a server has changed. Round trip times alone do not count.
 *
 * @param address the server
 * @param topologyId the topology, the same for all its events
 * @param previousDescription what was known; at first that the server is unknown
 * @param newDescription what is known now
 */
public record ServerDescriptionChangedEvent(
        ServerAddress address,
        ObjectId topologyId,
        ServerDescription previousDescription,
        ServerDescription newDescription) {

    /**
     * Checks the components.
     *
     * @param address the server
     * @param topologyId the topology, the same for all its events
     * @param previousDescription what was known; at first that the server is unknown
     * @param newDescription what is known now
     */
    public ServerDescriptionChangedEvent {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(topologyId, "topologyId");
        Objects.requireNonNull(previousDescription, "previousDescription");
        Objects.requireNonNull(newDescription, "newDescription");
    }
}
