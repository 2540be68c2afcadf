package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The test plan of Server Discovery and Monitoring, in its order. Where the plan, which is older, contradicts the text
 * of the specification about checking a server again at once, the text counts.
 */
class DiscoveryPlanProseTest {

    private static final String RECOVERING = "{ok: 0, code: 11602, errmsg: 'interrupted: the node is recovering'}";
    private static final Duration LONG_AFTER_THE_LAST_CHECK = Duration.ofSeconds(3);

    private final List<ServerDescription> changes = new ArrayList<>();
    private final List<TopologyType> types = new ArrayList<>();

    /** A set whose first member is the primary, known for a while; each failure is the user's. */
    private ClusterRig replicaSet() {
        ClusterRig rig = ClusterRig.replicaSet(2, "&retryReads=false&retryWrites=false");
        rig.settings.addServerListener(new ServerListener() {
            @Override
            public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
                changes.add(event.newDescription());
            }
        });
        rig.settings.addTopologyListener(new TopologyListener() {
            @Override
            public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
                types.add(event.newDescription().type());
            }
        });
        rig.client();
        // From here on, connections for operations are there: who says hello then is a monitor.
        rig.done(rig.collection().insertOne(new Document()));
        rig.done(rig.collection()
                .withReadPreference(ReadPreference.SECONDARY)
                .find()
                .first());
        rig.pass(LONG_AFTER_THE_LAST_CHECK);
        assertThat(rig.client().topologyDescription().type()).isEqualTo(TopologyType.REPLICA_SET_WITH_PRIMARY);
        changes.clear();
        types.clear();
        return rig;
    }

    private static long checks(FakeMember member) {
        return member.said.stream().filter("client hello received"::equals).count();
    }

    private void assertBecameUnknown(FakeMember member, TopologyType then) {
        assertThat(changes).isNotEmpty();
        assertThat(changes.get(0).address()).isEqualTo(member.address);
        assertThat(changes.get(0).type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(types.get(0)).isEqualTo(then);
    }

    @Test
    @DisplayName("SDAM test plan 1: a client can be made though no server is there")
    void allServersUnavailable() {
        ClusterRig rig = ClusterRig.replicaSet(2, "");
        rig.member(0).reachable = false;
        rig.member(1).reachable = false;

        assertThat(rig.client().topologyDescription().type()).isEqualTo(TopologyType.REPLICA_SET_NO_PRIMARY);
    }

    @Test
    @DisplayName("SDAM test plan 2: a network error while writing to the primary")
    void networkErrorWritingToThePrimary() {
        ClusterRig rig = replicaSet();
        FakeMember primary = rig.member(0).fail(1, "insert", FakeMember.BREAK);
        long before = checks(primary);

        rig.failure(rig.collection().insertOne(new Document()));

        assertBecameUnknown(primary, TopologyType.REPLICA_SET_NO_PRIMARY);
        assertThat(rig.client().topologyDescription().type()).isEqualTo(TopologyType.REPLICA_SET_NO_PRIMARY);
        rig.pass(Duration.ofSeconds(1));
        assertThat(checks(primary)).as("it is not checked at once").isEqualTo(before);
    }

    @Test
    @DisplayName("SDAM test plan 3: a server that was taken for the primary refuses a read")
    void notPrimaryWhenReadingFromThePrimary() {
        ClusterRig rig = replicaSet();
        FakeMember primary = rig.member(0).fail(1, "find", "{ok: 0, code: 10107, errmsg: 'not primary'}");

        rig.failure(rig.collection().find().first());

        assertBecameUnknown(primary, TopologyType.REPLICA_SET_NO_PRIMARY);
    }

    @Test
    @DisplayName("SDAM test plan 4: a secondary that recovers refuses a read, and is checked at once")
    void recoveringWhenReadingFromASecondary() {
        ClusterRig rig = replicaSet();
        FakeMember secondary = rig.member(1).fail(1, "find", RECOVERING);
        long before = checks(secondary);

        rig.failure(rig.collection()
                .withReadPreference(ReadPreference.SECONDARY)
                .find()
                .first());
        rig.run();

        assertBecameUnknown(secondary, TopologyType.REPLICA_SET_WITH_PRIMARY);
        assertThat(checks(secondary)).isGreaterThan(before);
    }

    @Test
    @DisplayName("SDAM test plan 5: a write concern error says that the primary shuts down; it is checked at once")
    void recoveringFromAWriteConcernError() {
        ClusterRig rig = replicaSet();
        FakeMember primary = rig.member(0)
                .fail(
                        1,
                        "insert",
                        "{ok: 1, n: 1, writeConcernError: {code: 91, errmsg: 'Replication is being shut" + " down'}}");
        long before = checks(primary);

        rig.failure(rig.collection().insertOne(new Document()));

        assertBecameUnknown(primary, TopologyType.REPLICA_SET_NO_PRIMARY);
        assertThat(checks(primary)).isGreaterThan(before);
    }

    // The plan's replies to queries are those of OP_QUERY, which is not spoken; as replies to commands their words are:

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ok: 0, errmsg: 'not master'}",
                "{errmsg: 'not primary', code: 10107, ok: 0}",
                "{errmsg: 'not master or secondary; cannot currently read from this replSet member', ok: 0}",
                "{code: 13436, ok: 0, errmsg: 'not primary or secondary'}",
                "{ok: 0, errmsg: 'not master and slaveOk=false', code: 13435}",
                "{ok: 0, errmsg: 'node is recovering'}"
            })
    @DisplayName("SDAM test plan 6 to 10: replies that say that a server is no primary, or recovers")
    void repliesThatSayThatAServerIsNoPrimaryOrRecovers(String reply) {
        for (String command : List.of("insert", "find", "count")) {
            ClusterRig rig = replicaSet();
            FakeMember primary = rig.member(0).fail(1, command, reply);

            rig.failure(
                    switch (command) {
                        case "insert" -> rig.collection().insertOne(new Document());
                        case "find" -> rig.collection().find().first();
                        default -> rig.collection().estimatedDocumentCount();
                    });

            assertBecameUnknown(primary, TopologyType.REPLICA_SET_NO_PRIMARY);
            MongoException told = changes.get(0).error();
            assertThat(told).isNotNull();
            assertThat(told).hasMessageContaining(Document.parse(reply).getString("errmsg"));
        }
    }

    // 11 to 13, discovery and direct connections, are with a server in ConnectionModeProseTest.

    @Test
    @DisplayName("SDAM test plan 14: at least minHeartbeatFrequencyMS lies between checks")
    void monitorsSleepBetweenChecks() {
        ClusterRig rig = ClusterRig.standalone("directConnection=true&serverSelectionTimeoutMS=5000");
        rig.member(0).fail(5, "hello", "{ok: 0, code: 1234, errmsg: 'a fail point'}");
        long begun = rig.transport.clock().nanoTime();

        rig.done(rig.client().getDatabase("admin").runCommand(new Document("ping", 1)));

        assertThat(Duration.ofNanos(rig.transport.clock().nanoTime() - begun))
                .isBetween(Duration.ofSeconds(2), Duration.ofMillis(3500));
    }

    @Test
    @DisplayName("SDAM test plan 15: pools are ready and are cleared as the checks of their server end")
    void checksMakePoolsReadyAndClearThem() {
        ClusterRig rig = ClusterRig.standalone("directConnection=true&heartbeatFrequencyMS=500");
        List<String> heard = new ArrayList<>();
        rig.settings.addServerMonitorListener(new ServerMonitorListener() {
            @Override
            public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
                heard.add("heartbeat succeeded");
            }

            @Override
            public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                heard.add("heartbeat failed");
            }
        });
        rig.settings.addConnectionPoolListener(new ConnectionPoolListener() {
            @Override
            public void connectionPoolReady(ConnectionPoolReadyEvent event) {
                heard.add("pool ready");
            }

            @Override
            public void connectionPoolCleared(ConnectionPoolClearedEvent event) {
                heard.add("pool cleared");
            }
        });
        rig.client();
        assertThat(heard).containsExactly("heartbeat succeeded", "pool ready");

        heard.clear();
        rig.member(0).fail(2, "hello", "{ok: 0, code: 1234, errmsg: 'a fail point'}");
        rig.pass(Duration.ofSeconds(5));

        assertThat(heard)
                .startsWith(
                        "heartbeat failed", "pool cleared", "heartbeat failed", "heartbeat succeeded", "pool ready");
        assertThat(heard).containsOnlyOnce("pool cleared").containsOnlyOnce("pool ready");
    }

    @Test
    @DisplayName("SDAM test plan 16: connections that an overloaded server drops do not clear the pool")
    void connectionsThatAreDroppedWhileTheyAreMadeDoNotClearThePool() {
        ClusterRig rig = ClusterRig.standalone("maxConnecting=100&maxPoolSize=100&heartbeatFrequencyMS=600000");
        rig.client();
        rig.member(0).fail(60, "hello", FakeMember.BREAK);
        rig.member(0).delay = Duration.ofSeconds(2);
        List<CompletableFuture<Document>> storm = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            storm.add(rig.collection().find().first().toCompletableFuture());
        }
        rig.pass(Duration.ofSeconds(30));

        assertThat(storm).allMatch(CompletableFuture::isDone);
        assertThat(rig.events.stream()
                        .filter("check out failed: CONNECTION_ERROR"::equals)
                        .count())
                .isGreaterThanOrEqualTo(10);
        assertThat(rig.events).doesNotContain("pool cleared");
    }
}
