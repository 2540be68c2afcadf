package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.Set;

/**
 * What one update made of a topology.
 *
 * @param ignored whether the update changed nothing at all: it came from a server that is not (or no longer) part of
 *     the topology, or was older than what is known
 * @param before what was known
 * @param after what is known now
 * @param added servers to begin monitoring, in order
 * @param removed servers to stop monitoring, in order
 * @param outdatedPrimaries primaries that turned out to have been replaced: their monitors check at once
 */
public record TopologyTransition(
        boolean ignored,
        TopologyDescription before,
        TopologyDescription after,
        Set<ServerAddress> added,
        Set<ServerAddress> removed,
        Set<ServerAddress> outdatedPrimaries) {

    /** An update that was ignored. */
    static TopologyTransition none(TopologyDescription description) {
        return new TopologyTransition(true, description, description, Set.of(), Set.of(), Set.of());
    }
}
