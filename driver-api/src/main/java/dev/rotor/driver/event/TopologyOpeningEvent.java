package dev.rotor.driver.event;

import java.util.Objects;
import org.bson.types.ObjectId;

/**
 * A topology has been opened; the first event of all.
 *
 * @param topologyId the topology, the same for all its events
 */
public record TopologyOpeningEvent(ObjectId topologyId) {

    /**
     * Checks the components.
     *
     * @param topologyId the topology, the same for all its events
     */
    public TopologyOpeningEvent {
        Objects.requireNonNull(topologyId, "topologyId");
    }
}
