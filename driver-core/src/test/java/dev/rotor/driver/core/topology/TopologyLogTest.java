package dev.rotor.driver.core.topology;

import static dev.rotor.driver.core.topology.TopologyFixture.A;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.LogCapture.Entry;
import dev.rotor.driver.core.topology.ScriptedMonitorConnections.Kind;
import dev.rotor.driver.core.topology.TopologyFixture.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class TopologyLogTest {

    private static final String HELLO = "{ok: 1, helloOk: true, isWritablePrimary: true, minWireVersion: 0,"
            + " maxWireVersion: 21, connectionId: 77}";

    private final TopologyFixture fixture =
            new TopologyFixture(builder -> builder.hosts(List.of(A)).serverSelectionTimeout(Duration.ofSeconds(30)));

    private List<Entry> topology() {
        return fixture.logged.entries(ClientLog.TOPOLOGY);
    }

    private List<Entry> selection() {
        return fixture.logged.entries(ClientLog.SERVER_SELECTION);
    }

    private static List<String> withoutHeartbeats(List<Entry> entries) {
        return entries.stream()
                .map(Entry::message)
                .filter(message -> !message.contains("heartbeat"))
                .toList();
    }

    // ---- discovery

    @Test
    void theLifeOfATopologyIsLoggedInItsOrder() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();
        fixture.answer(A, HELLO);
        fixture.manager.close();

        assertThat(withoutHeartbeats(topology()))
                .containsExactly(
                        "Starting topology monitoring",
                        "Topology description changed",
                        "Starting server monitoring",
                        "Topology description changed",
                        "Stopped server monitoring",
                        "Topology description changed",
                        "Stopped topology monitoring");
        String id = fixture.manager.id().toHexString();
        assertThat(topology()).allSatisfy(entry -> {
            assertThat(entry.level()).isEqualTo(Level.DEBUG);
            assertThat(entry.value("topologyId")).isEqualTo(id);
        });
        Entry opening = topology().get(2);
        assertThat(opening.values()).containsEntry("serverHost", A.host()).containsEntry("serverPort", A.port());
        assertThat(opening.text()).isEqualTo("Starting monitoring for server " + A + " in topology with ID " + id);
        assertThat((String) topology().get(1).value("newDescription")).contains(A.host());
        assertThat(topology().get(1).values()).containsKey("previousDescription");
    }

    @Test
    void aHeartbeatIsLoggedWithBothNumbersOfItsConnectionAsSoonAsTheyAreKnown() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();
        fixture.answer(A, HELLO);
        fixture.advance(Duration.ofSeconds(10));

        List<Entry> heartbeats = topology().stream()
                .filter(entry -> entry.message().contains("heartbeat"))
                .toList();
        assertThat(heartbeats)
                .extracting(Entry::message)
                .containsExactly("Server heartbeat started", "Server heartbeat succeeded", "Server heartbeat started");
        assertThat(heartbeats).allSatisfy(entry -> assertThat(entry.values())
                .containsEntry("driverConnectionId", 1L)
                .containsEntry("awaited", false)
                .containsEntry("serverHost", A.host()));
        assertThat(heartbeats.get(0).values()).doesNotContainKey("serverConnectionId");
        assertThat(heartbeats.get(1).values())
                .containsEntry("serverConnectionId", 77L)
                .containsEntry("durationMS", 1.0);
        assertThat((String) heartbeats.get(1).value("reply")).contains("\"connectionId\": 77");
        assertThat(heartbeats.get(2).value("serverConnectionId")).isEqualTo(77L);
        assertThat(heartbeats.get(2).text()).contains("driver-generated ID 1 and server-generated ID 77");
    }

    @Test
    void aHeartbeatThatFailsIsLoggedWithTheFailureAndTheNextConnectionHasAnotherNumber() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();
        fixture.answer(A, HELLO);
        fixture.advance(Duration.ofSeconds(10));
        fixture.connections.only(A).breakDown();
        fixture.settle();

        Entry failed = topology().stream()
                .filter(entry -> entry.message().equals("Server heartbeat failed"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.values())
                .containsEntry("serverConnectionId", 77L)
                .containsEntry("awaited", false)
                .containsKeys("failure", "durationMS");
        Entry next = topology().get(topology().size() - 1);
        assertThat(next.message()).isEqualTo("Server heartbeat started");
        assertThat(next.values()).containsEntry("driverConnectionId", 2L).doesNotContainKey("serverConnectionId");
    }

    @Test
    void nothingIsLoggedWhenNobodyWantsIt() {
        fixture.logged.level = Level.INFO;
        fixture.start();
        fixture.answer(A, HELLO);
        fixture.select(ServerSelector.WRITABLE);
        fixture.manager.close();

        assertThat(fixture.logged.entries()).isEmpty();
    }

    // ---- selection

    @Test
    void aSelectionThatNeedNotWaitIsLoggedWithItsBeginningAndEnd() {
        fixture.start();
        fixture.answer(A, HELLO);
        fixture.logged.level = Level.DEBUG;

        fixture.select(ServerSelector.WRITABLE);

        assertThat(selection())
                .extracting(Entry::message)
                .containsExactly("Server selection started", "Server selection succeeded");
        assertThat(selection()).allSatisfy(entry -> {
            assertThat(entry.level()).isEqualTo(Level.DEBUG);
            assertThat(entry.values())
                    .containsEntry("operation", "find")
                    .containsKeys("selector", "topologyDescription", "topologyId")
                    .doesNotContainKey("operationId");
        });
        assertThat(selection().get(1).values())
                .containsEntry("serverHost", A.host())
                .containsEntry("serverPort", A.port());
        assertThat(selection().get(1).text())
                .startsWith("Server selection succeeded for operation find. Selected server: " + A + ". Selector: ");
    }

    @Test
    void aSelectionThatWaitsSaysSoOnceAtInfoBeforeItsOutcome() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();
        Selection waits = fixture.select(ServerSelector.WRITABLE);
        fixture.answer(A, HELLO);

        assertThat(waits.server().address()).isEqualTo(A);
        assertThat(selection())
                .extracting(Entry::message)
                .containsExactly(
                        "Server selection started",
                        "Waiting for suitable server to become available",
                        "Server selection succeeded");
        Entry waiting = selection().get(1);
        assertThat(waiting.level()).isEqualTo(Level.INFO);
        assertThat(waiting.value("remainingTimeMS")).isEqualTo(30_000L);
        assertThat(waiting.text()).contains("Remaining time: 30000 ms.");
    }

    @Test
    void aSelectionThatFailsSaysWhyWithoutTellingTheTopologyTwice() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();
        Selection waits = fixture.select(ServerSelector.WRITABLE);
        fixture.advance(Duration.ofSeconds(30));

        assertThat(waits.failure()).hasMessageContaining("Topology:");
        Entry failed = selection().get(2);
        assertThat(failed.message()).isEqualTo("Server selection failed");
        assertThat(failed.level()).isEqualTo(Level.DEBUG);
        assertThat((String) failed.value("failure"))
                .contains("MongoTimeoutException", A.toString())
                .doesNotContain("Topology:", (String) failed.value("topologyDescription"));
    }

    @Test
    void aLogThatThrowsLosesNoOperationAndNoMonitor() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();
        Selection first = fixture.select(ServerSelector.WRITABLE);
        Selection second = fixture.select(ServerSelector.WRITABLE);
        fixture.logged.broken = true;
        fixture.answer(A, HELLO);

        assertThat(first.server().address()).isEqualTo(A);
        assertThat(second.server().address()).isEqualTo(A);
        assertThat(fixture.select(ServerSelector.WRITABLE).server().address()).isEqualTo(A);
        assertThat(fixture.server(A).operationCount()).isEqualTo(3);
        fixture.advance(Duration.ofSeconds(10));
        assertThat(fixture.connections.only(A).requests).containsExactly(Kind.OPEN, Kind.HELLO);
    }

    @Test
    void aLogThatThrowsKeepsNoOperationFromHearingThatItHasWaitedInVain() {
        fixture.logged.level = Level.DEBUG;
        fixture.logged.broken = true;
        fixture.start();
        Selection timedOut = fixture.select(ServerSelector.WRITABLE);
        fixture.advance(Duration.ofSeconds(30));
        assertThat(timedOut.failure()).hasMessageContaining("Topology:");

        Selection first = fixture.select(ServerSelector.WRITABLE);
        Selection second = fixture.select(ServerSelector.WRITABLE);
        fixture.manager.close();
        assertThat(first.failure()).isInstanceOf(MongoClientClosedException.class);
        assertThat(second.failure()).isInstanceOf(MongoClientClosedException.class);
    }

    @Test
    void aReadPreferenceIsShownWithAllItsParts() {
        fixture.logged.level = Level.DEBUG;
        fixture.start();

        fixture.select(ServerSelector.forReads(ReadPreference.SECONDARY
                .withTagSets(List.of(new TagSet(Map.of("dc", "ny"))))
                .withMaxStaleness(Duration.ofMinutes(2))));

        assertThat((String) selection().get(0).value("selector")).contains("secondary", "dc", "ny", "120");
    }

    @Test
    void theOperationsNumberIsAskedForOnlyWhenItIsLogged() {
        fixture.start();
        fixture.answer(A, HELLO);
        int[] asked = {0};
        SelectionListener listener = new SelectionListener() {
            @Override
            public void onSelected(Server server) {}

            @Override
            public void onSelectionFailed(dev.rotor.driver.MongoException cause) {}

            @Override
            public long operationId() {
                asked[0]++;
                return 5;
            }
        };
        fixture.manager.select(
                ServerSelector.WRITABLE, Set.of(), "find", dev.rotor.driver.core.time.Deadline.NONE, listener);
        assertThat(asked[0]).isZero();

        fixture.logged.level = Level.DEBUG;
        fixture.manager.select(
                ServerSelector.WRITABLE, Set.of(), "find", dev.rotor.driver.core.time.Deadline.NONE, listener);
        assertThat(selection()).hasSize(2).allMatch(entry -> entry.value("operationId")
                .equals(5L));
        assertThat(selection().get(0).text()).startsWith("Server selection started for operation find with ID 5.");
    }
}
