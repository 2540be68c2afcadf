package dev.rotor.driver.core.topology;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.Set;

/**
 * What one update made of a topology.
 *
 * @param before what was known
 * @param after what is known now; the same object as {@code before} when the update was ignored
 * @param added servers to begin monitoring, in order
 * @param removed servers to stop monitoring, in order
 * @param outdatedPrimaries primaries that turned out to have been replaced: their monitors check at once
 */
public record TopologyTransition(
        TopologyDescription before,
        TopologyDescription after,
        Set<ServerAddress> added,
        Set<ServerAddress> removed,
        Set<ServerAddress> outdatedPrimaries) {

    /** Whether the update was ignored: it came from a server that is not (or no longer) known, or was out of date. */
    boolean ignored() {
        return before == after;
    }

    static TopologyTransition none(TopologyDescription description) {
        return new TopologyTransition(description, description, Set.of(), Set.of(), Set.of());
    }
}
