package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static dev.rotor.driver.core.topology.TopologyFixture.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the JSON tests of server selection leave open. */
class ServerSelectionTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final ServerSelector FRESH =
            ServerSelector.forReads(ReadPreference.SECONDARY.withMaxStaleness(Duration.ofSeconds(100)));

    @Test
    void stalenessAllowsForTheTimeBetweenTheChecksOfSecondaryAndPrimary() {
        // Wrote 80 s before the primary did; with the 10 s of a heartbeat 90 s stale, if both were asked at once.
        assertThat(secondaryIsFreshEnough(80, 0)).isTrue();
        // Asked 10 s after the primary, so that the primary may have written 10 s more: 100 s.
        assertThat(secondaryIsFreshEnough(80, 10)).isTrue();
        assertThat(secondaryIsFreshEnough(80, 11)).isFalse();
        // Asked before the primary, which has had time to write what the secondary could not have yet.
        assertThat(secondaryIsFreshEnough(100, -10)).isTrue();
        assertThat(secondaryIsFreshEnough(100, -9)).isFalse();
    }

    @Test
    void aSecondaryThatDoesNotSayWhenItLastWroteIsNotKnownToBeFreshEnough() {
        ServerDescription primary = server(ServerType.RS_PRIMARY).build();
        ServerDescription secondary =
                server(ServerType.RS_SECONDARY).lastWriteDate(null).build();
        assertThat(select(primary, secondary, FRESH)).isEmpty();
    }

    @Test
    void aServerWhoseRoundTripIsNotKnownIsOutsideOfTheWindowOfOneThatIs() {
        ServerDescription measured = server(ServerType.RS_PRIMARY)
                .roundTripTime(Duration.ofMillis(5))
                .build();
        ServerDescription unmeasured = server(ServerType.RS_SECONDARY).build();
        List<ServerDescription> both = List.of(measured, unmeasured);
        assertThat(ServerSelection.inLatencyWindow(both, Duration.ofMillis(15))).containsExactly(measured);
        assertThat(ServerSelection.inLatencyWindow(List.of(unmeasured, unmeasured), Duration.ofMillis(15)))
                .hasSize(2);
    }

    @Test
    void theWindowIncludesItsUpperEnd() {
        ServerDescription fast = server(ServerType.RS_PRIMARY)
                .roundTripTime(Duration.ofMillis(5))
                .build();
        ServerDescription edge = server(ServerType.RS_SECONDARY)
                .roundTripTime(Duration.ofMillis(20))
                .build();
        ServerDescription beyond = edge.toBuilder()
                .roundTripTime(Duration.ofMillis(20).plusNanos(1))
                .build();
        assertThat(ServerSelection.inLatencyWindow(List.of(fast, edge, beyond), Duration.ofMillis(15)))
                .hasSize(2)
                .contains(fast, edge);
    }

    private static boolean secondaryIsFreshEnough(int secondsBehind, int askedSecondsLater) {
        Instant written = Instant.parse("2026-11-21T00:00:00Z");
        ServerDescription primary =
                server(ServerType.RS_PRIMARY).lastWriteDate(written).build();
        ServerDescription secondary = server(ServerType.RS_SECONDARY)
                .lastWriteDate(written.minusSeconds(secondsBehind))
                .lastUpdateTime(primary.lastUpdateTime()
                        + Duration.ofSeconds(askedSecondsLater).toNanos())
                .build();
        return !select(primary, secondary, FRESH).isEmpty();
    }

    private static List<ServerDescription> select(
            ServerDescription primary, ServerDescription secondary, ServerSelector selector) {
        Map<ServerAddress, ServerDescription> servers = new LinkedHashMap<>();
        servers.put(primary.address(), primary);
        servers.put(secondary.address(), secondary);
        TopologyDescription topology =
                new TopologyDescription(TopologyType.REPLICA_SET_WITH_PRIMARY, "rs", null, null, servers, null, null);
        return ServerSelection.suitable(topology, selector, Set.of(), HEARTBEAT);
    }

    private static ServerDescription.Builder server(ServerType type) {
        return ServerDescription.builder(type == ServerType.RS_PRIMARY ? A : B)
                .type(type)
                .lastWriteDate(Instant.EPOCH)
                // Close to the overflow, as the monotonic clock may be.
                .lastUpdateTime(Long.MAX_VALUE - 1);
    }
}
