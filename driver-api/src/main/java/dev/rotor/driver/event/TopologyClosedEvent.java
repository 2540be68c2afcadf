package dev.rotor.driver.event;

import java.util.Objects;
import org.bson.types.ObjectId;

/**
 * A topology has been closed; the last event of all.
 *
 * @param topologyId the topology, the same for all its events
 */
public record TopologyClosedEvent(ObjectId topologyId) {

    /**
     * Checks the components.
     *
     * @param topologyId the topology, the same for all its events
     */
    public TopologyClosedEvent {
        Objects.requireNonNull(topologyId, "topologyId");
    }
}
