package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;
import org.bson.types.ObjectId;

/**
 * A server is no longer part of a topology; its monitor has ended.
 *
 * @param address the server
 * @param topologyId the topology, the same for all its events
 */
public record ServerClosedEvent(ServerAddress address, ObjectId topologyId) {

    /**
     * Checks the components.
     *
     * @param address the server
     * @param topologyId the topology, the same for all its events
     */
    public ServerClosedEvent {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(topologyId, "topologyId");
    }
}
