package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The prose tests of Server Discovery and Monitoring, of Server Selection, and those of Client Side Operations Timeout
 * that are about finding a server.
 */
class DiscoveryProseTest {

    @Test
    @DisplayName("SDAM, streaming protocol, prose test 1: heartbeatFrequencyMS says how often")
    void heartbeatsComeAsOftenAsTheSettingsSay() {
        ClusterRig rig = ClusterRig.standalone("heartbeatFrequencyMS=500");
        List<Long> at = new ArrayList<>();
        rig.settings.addServerMonitorListener(new ServerMonitorListener() {
            @Override
            public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
                at.add(rig.transport.clock().nanoTime());
            }
        });
        rig.client();
        rig.pass(Duration.ofMillis(2600));

        assertThat(at).hasSize(6);
        for (int i = 1; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 1)).isEqualTo(500_000_000);
        }
    }

    @Test
    @DisplayName("SDAM, RTT, prose test 1: the round trip time is continuously updated")
    void theRoundTripTimeFollowsTheServer() {
        ClusterRig rig = ClusterRig.standalone("heartbeatFrequencyMS=500");
        rig.member(0).helloDelay = Duration.ofMillis(1);
        rig.client();
        rig.pass(Duration.ofSeconds(2));
        assertThat(description(rig).roundTripTime()).isEqualTo(Duration.ofMillis(1));

        rig.member(0).helloDelay = Duration.ofMillis(500);
        rig.pass(Duration.ofSeconds(10));

        assertThat(description(rig).roundTripTime()).isGreaterThan(Duration.ofMillis(250));
    }

    private static ServerDescription description(ClusterRig rig) {
        return Objects.requireNonNull(
                rig.client().topologyDescription().servers().get(rig.member(0).address));
    }

    @Test
    @DisplayName("SDAM, heartbeats, prose test 1: ServerHeartbeatStartedEvent comes before the socket")
    void aHeartbeatStartsBeforeItsConnection() {
        ClusterRig rig = ClusterRig.standalone("serverSelectionTimeoutMS=500");
        FakeMember member = rig.member(0);
        member.fail(100, "hello", FakeMember.BREAK);
        rig.settings.addServerMonitorListener(new ServerMonitorListener() {
            @Override
            public void serverHeartbeatStarted(ServerHeartbeatStartedEvent event) {
                member.said.add("serverHeartbeatStartedEvent");
            }

            @Override
            public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
                member.said.add("serverHeartbeatFailedEvent");
            }
        });

        rig.failure(rig.collection().find().first());

        assertThat(member.said.subList(0, 4))
                .containsExactly(
                        "serverHeartbeatStartedEvent",
                        "client connected",
                        "client hello received",
                        "serverHeartbeatFailedEvent");
    }

    // ---- Server Selection

    /** Ten callers make ten finds each; how many of them the first mongos got, in hundredths. */
    private static int shareOfTheFirst(Duration itsDelay) {
        ClusterRig rig = ClusterRig.sharded(2, "localThresholdMS=30000&minPoolSize=10&maxPoolSize=100");
        rig.settings.applyToTopologySettings(topology -> topology.heartbeatFrequency(Duration.ofMinutes(10)));
        rig.client();
        rig.member(0).delay = itsDelay;
        rig.member(1).delay = Duration.ofMillis(1);
        List<CompletionStage<?>> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CompletionStage<?> chain = rig.collection().find().first();
            for (int j = 1; j < 10; j++) {
                chain = chain.thenCompose(found -> rig.collection().find().first());
            }
            callers.add(chain);
        }
        callers.forEach(rig::done);
        long first = rig.member(0).count("find");
        assertThat(first + rig.member(1).count("find")).isEqualTo(100);
        return (int) first;
    }

    @Test
    @DisplayName("Server Selection, prose test: operationCount-based selection within the latency window")
    void aSlowMongosGetsLess() {
        assertThat(shareOfTheFirst(Duration.ofMillis(500))).isLessThan(25);
        assertThat(shareOfTheFirst(Duration.ofMillis(1))).isBetween(40, 60);
    }

    // ---- Client Side Operations Timeout

    private static void assertFailsWithin(String options, Duration limit, Duration notBefore) {
        ClusterRig rig = ClusterRig.standalone(options);
        rig.member(0).reachable = false;
        rig.client();
        CompletionStage<Document> pinged = rig.client().getDatabase("admin").runCommand(new Document("ping", 1));
        rig.pass(notBefore);
        assertThat(pinged.toCompletableFuture()).isNotDone();
        rig.pass(limit.minus(notBefore));

        assertThat(pinged.toCompletableFuture()).isCompletedExceptionally();
        assertThat(rig.failure(pinged))
                .isInstanceOf(MongoTimeoutException.class)
                .hasMessageContaining("ping");
    }

    @Test
    @DisplayName("CSOT, prose test 8: serverSelectionTimeoutMS and timeoutMS bound the selection, whichever is lower")
    void theLowerOfBothBoundsServerSelection() {
        Duration limit = Duration.ofMillis(15);
        Duration notBefore = Duration.ofMillis(9);

        assertFailsWithin("serverSelectionTimeoutMS=10", limit, notBefore);
        assertFailsWithin("timeoutMS=10&serverSelectionTimeoutMS=20", limit, notBefore);
        assertFailsWithin("timeoutMS=20&serverSelectionTimeoutMS=10", limit, notBefore);
        assertFailsWithin("timeoutMS=0&serverSelectionTimeoutMS=10", limit, notBefore);
    }

    private static void assertHandshakeBounded(String options) {
        ClusterRig rig = ClusterRig.replicaSet(1, options);
        rig.client();
        rig.member(0).helloDelay = Duration.ofMillis(500);
        CompletionStage<?> inserted = rig.collection().insertOne(new Document("x", 1));
        rig.pass(Duration.ofMillis(9));
        assertThat(inserted.toCompletableFuture()).isNotDone();
        rig.pass(Duration.ofMillis(6));

        assertThat(inserted.toCompletableFuture()).isCompletedExceptionally();
        assertThat(rig.failure(inserted)).isInstanceOf(MongoTimeoutException.class);
    }

    @Test
    @DisplayName("CSOT, prose test 8: timeoutMS and serverSelectionTimeoutMS bound the handshake, whichever is lower")
    void theLowerOfBothBoundsTheHandshake() {
        assertHandshakeBounded("&timeoutMS=10&serverSelectionTimeoutMS=20");
        assertHandshakeBounded("&timeoutMS=20&serverSelectionTimeoutMS=10");
    }

    @Test
    @DisplayName("CSOT, unit test: minPoolSize maintenance connects within connectTimeoutMS")
    void fillingThePoolIsBoundedByConnectTimeout() {
        ClusterRig rig = ClusterRig.standalone("timeoutMS=10&minPoolSize=1&connectTimeoutMS=300");
        rig.member(0).connectDelay = Duration.ofMillis(100);
        rig.member(0).helloDelay = Duration.ofMillis(100);
        rig.client();
        rig.pass(Duration.ofMillis(450));

        assertThat(rig.done(rig.collection()
                        .withTimeout(Duration.ofSeconds(5))
                        .find()
                        .first()))
                .isEqualTo(new Document("_id", 1));
        assertThat(rig.member(0).said.stream().filter("client connected"::equals))
                .as("the monitor's connection, and one of the pool")
                .hasSize(2);
    }

    @Test
    void aMonitorIsNotBoundByTheTimeoutOfOperations() {
        ClusterRig rig = ClusterRig.standalone("timeoutMS=10&socketTimeoutMS=5&connectTimeoutMS=300");
        rig.member(0).helloDelay = Duration.ofMillis(200);
        rig.client();
        rig.pass(Duration.ofMillis(250));

        assertThat(rig.client().topologyDescription().servers().values())
                .singleElement()
                .satisfies(server -> assertThat(server.type()).isEqualTo(ServerType.STANDALONE));
    }
}
