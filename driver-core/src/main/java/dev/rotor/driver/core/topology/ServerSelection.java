package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ReadPreference.Mode;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are suitable, as the Server Selection and Max Staleness specifications define it: pure functions over a
 * description. They allocate; what they find is kept by {@link TopologySnapshot}.
 */
public final class ServerSelection {

    /** How often an idle primary writes, so that staleness can be told: {@code idleWritePeriodMS}. */
    private static final Duration IDLE_WRITE_PERIOD = Duration.ofSeconds(10);
    /** {@code smallestMaxStalenessSeconds}. */
    private static final Duration SMALLEST_MAX_STALENESS = Duration.ofSeconds(90);

    /** The first server whose secondaries run pipelines that write. */
    private static final int WIRE_VERSION_OF_5_0 = 13;

    private ServerSelection() {}

    /**
     * The suitable servers, latency not considered.
     *
     * @param topology what is known
     * @param selector what is needed
     * @param deprioritized servers to leave out, unless nothing is suitable without them
     * @param heartbeatFrequency how often monitors check, for staleness
     * @throws MongoConfigurationException if the read preference demands a staleness that cannot be told
     */
    public static List<ServerDescription> suitable(
            TopologyDescription topology,
            ServerSelector selector,
            Set<ServerAddress> deprioritized,
            Duration heartbeatFrequency) {
        if (!deprioritized.isEmpty()) {
            List<ServerDescription> preferred =
                    new ArrayList<>(topology.servers().values());
            preferred.removeIf(server -> deprioritized.contains(server.address()));
            List<ServerDescription> found = suitable(topology, preferred, selector, heartbeatFrequency);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return suitable(topology, List.copyOf(topology.servers().values()), selector, heartbeatFrequency);
    }

    /**
     * Those within the latency window of the fastest.
     *
     * @param suitable suitable servers
     * @param localThreshold the size of the window
     */
    public static List<ServerDescription> inLatencyWindow(List<ServerDescription> suitable, Duration localThreshold) {
        if (suitable.size() < 2) {
            return suitable;
        }
        Duration fastest = null;
        for (ServerDescription server : suitable) {
            Duration roundTrip = server.roundTripTime();
            if (roundTrip != null && (fastest == null || roundTrip.compareTo(fastest) < 0)) {
                fastest = roundTrip;
            }
        }
        if (fastest == null) {
            return suitable;
        }
        Duration limit = fastest.plus(localThreshold);
        List<ServerDescription> inWindow = new ArrayList<>(suitable.size());
        for (ServerDescription server : suitable) {
            Duration roundTrip = server.roundTripTime();
            if (roundTrip != null && roundTrip.compareTo(limit) <= 0) {
                inWindow.add(server);
            }
        }
        return inWindow;
    }

    private static List<ServerDescription> suitable(
            TopologyDescription topology,
            List<ServerDescription> servers,
            ServerSelector selector,
            Duration heartbeatFrequency) {
        ServerAddress address = selector.address();
        if (address != null) {
            return filter(servers, server -> server.address().equals(address) && isAvailable(server));
        }
        return switch (topology.type()) {
            case UNKNOWN -> List.of();
            case SINGLE, LOAD_BALANCED -> filter(servers, ServerSelection::isAvailable);
            case SHARDED -> filter(servers, server -> server.type() == ServerType.MONGOS);
            case REPLICA_SET_NO_PRIMARY, REPLICA_SET_WITH_PRIMARY ->
                selector.write()
                        ? filter(servers, ServerSelection::isPrimary)
                        : readable(topology, servers, preference(topology, selector), heartbeatFrequency);
        };
    }

    private static ReadPreference preference(TopologyDescription topology, ServerSelector selector) {
        if (selector.primaryIfAnyIsOld()) {
            for (ServerDescription server : topology.servers().values()) {
                if (isAvailable(server) && server.maxWireVersion() < WIRE_VERSION_OF_5_0) {
                    return ReadPreference.PRIMARY;
                }
            }
        }
        return selector.readPreference();
    }

    private static List<ServerDescription> readable(
            TopologyDescription topology,
            List<ServerDescription> servers,
            ReadPreference preference,
            Duration heartbeatFrequency) {
        Duration maxStaleness = preference.maxStaleness();
        if (maxStaleness != null) {
            checkMaxStaleness(maxStaleness, heartbeatFrequency);
        }
        Mode mode = preference.mode();
        if (mode == Mode.PRIMARY) {
            return filter(servers, ServerSelection::isPrimary);
        }
        if (mode == Mode.PRIMARY_PREFERRED) {
            List<ServerDescription> primary = filter(servers, ServerSelection::isPrimary);
            if (!primary.isEmpty()) {
                return primary;
            }
        }
        List<ServerDescription> candidates =
                filter(servers, server -> isSecondary(server) || (mode == Mode.NEAREST && isPrimary(server)));
        if (maxStaleness != null) {
            candidates = freshEnough(topology, candidates, maxStaleness, heartbeatFrequency);
        }
        candidates = tagged(candidates, preference.tagSets());
        if (mode == Mode.SECONDARY_PREFERRED && candidates.isEmpty()) {
            return filter(servers, ServerSelection::isPrimary);
        }
        return candidates;
    }

    private static List<ServerDescription> tagged(List<ServerDescription> candidates, List<TagSet> tagSets) {
        if (tagSets.isEmpty()) {
            return candidates;
        }
        for (TagSet tagSet : tagSets) {
            List<ServerDescription> found =
                    filter(candidates, server -> tagSet.matches(server.tags().tags()));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static void checkMaxStaleness(Duration maxStaleness, Duration heartbeatFrequency) {
        Duration smallest = heartbeatFrequency.plus(IDLE_WRITE_PERIOD);
        if (smallest.compareTo(SMALLEST_MAX_STALENESS) < 0) {
            smallest = SMALLEST_MAX_STALENESS;
        }
        if (maxStaleness.compareTo(smallest) < 0) {
            throw new MongoConfigurationException("maxStaleness of " + maxStaleness.toSeconds()
                    + " s cannot be told apart from normal replication lag: with a heartbeatFrequency of "
                    + heartbeatFrequency.toMillis() + " ms it must be at least " + smallest.toSeconds() + " s");
        }
    }

    private static List<ServerDescription> freshEnough(
            TopologyDescription topology,
            List<ServerDescription> candidates,
            Duration maxStaleness,
            Duration heartbeatFrequency) {
        ServerDescription primary = null;
        Instant newestWrite = null;
        for (ServerDescription server : topology.servers().values()) {
            Instant lastWrite = server.lastWriteDate();
            if (isPrimary(server)) {
                primary = server;
            } else if (isSecondary(server)
                    && lastWrite != null
                    && (newestWrite == null || lastWrite.isAfter(newestWrite))) {
                newestWrite = lastWrite;
            }
        }
        ServerDescription reference = primary;
        Instant newest = newestWrite;
        return filter(candidates, server -> {
            if (!isSecondary(server)) {
                return true;
            }
            Duration staleness = reference != null ? behind(server, reference) : behind(server, newest);
            return staleness != null && staleness.plus(heartbeatFrequency).compareTo(maxStaleness) <= 0;
        });
    }

    private static @Nullable Duration behind(ServerDescription secondary, ServerDescription primary) {
        Instant secondaryWrite = secondary.lastWriteDate();
        Instant primaryWrite = primary.lastWriteDate();
        if (secondaryWrite == null || primaryWrite == null) {
            return null;
        }
        return Duration.between(secondaryWrite, primaryWrite)
                .plusNanos(secondary.lastUpdateTime() - primary.lastUpdateTime());
    }

    private static @Nullable Duration behind(ServerDescription secondary, @Nullable Instant newest) {
        Instant lastWrite = secondary.lastWriteDate();
        return lastWrite == null || newest == null ? null : Duration.between(lastWrite, newest);
    }

    private static boolean isAvailable(ServerDescription server) {
        return server.type() != ServerType.UNKNOWN;
    }

    private static boolean isPrimary(ServerDescription server) {
        return server.type() == ServerType.RS_PRIMARY;
    }

    private static boolean isSecondary(ServerDescription server) {
        return server.type() == ServerType.RS_SECONDARY;
    }

    private interface Filter {
        boolean accepts(ServerDescription server);
    }

    private static List<ServerDescription> filter(List<ServerDescription> servers, Filter filter) {
        List<ServerDescription> accepted = new ArrayList<>(servers.size());
        for (ServerDescription server : servers) {
            if (filter.accepts(server)) {
                accepted.add(server);
            }
        }
        return accepted;
    }
}
