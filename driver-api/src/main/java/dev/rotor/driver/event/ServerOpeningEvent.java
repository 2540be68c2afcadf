package dev.rotor.driver.event;

import dev.rotor.driver.ServerAddress;
import java.util.Objects;
import org.bson.types.ObjectId;

/**
 * A server has become part of a topology; its monitor has not started yet.
 *
 * @param address the server
 * @param topologyId the topology, the same for all its events
 */
public record ServerOpeningEvent(ServerAddress address, ObjectId topologyId) {

    /**
     * Checks the components.
     *
     * @param address the server
     * @param topologyId the topology, the same for all its events
     */
    public ServerOpeningEvent {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(topologyId, "topologyId");
    }
}
