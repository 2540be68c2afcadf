package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerMonitoringMode;
import dev.rotor.driver.core.topology.ScriptedMonitorConnections.Kind;
import dev.rotor.driver.core.topology.ScriptedMonitorConnections.Scripted;
import dev.rotor.driver.core.topology.TopologyFixture.Selection;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyVersion;
import java.time.Duration;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ServerMonitorTest {

    private static final ServerAddress A = ServerAddress.parse("localhost");
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration ALMOST_HEARTBEAT = HEARTBEAT.minusNanos(1);
    private static final Duration MINIMUM = Duration.ofMillis(500);
    private static final Duration ALMOST_MINIMUM = MINIMUM.minusNanos(1);
    private static final long MILLISECOND = 1_000_000;

    private final TopologyFixture polling =
            new TopologyFixture(settings -> settings.serverMonitoringMode(ServerMonitoringMode.POLL));
    private final TopologyFixture streaming = new TopologyFixture(settings -> {});

    @Test
    void theFirstCheckIsTheHandshakeOfANewConnectionWithinTheConnectTimeout() {
        polling.start();
        Scripted connection = polling.connections.only(A);
        assertThat(connection.requests).containsExactly(Kind.OPEN);
        assertThat(connection.timeoutNanos).isEqualTo(Duration.ofSeconds(10).toNanos());
        answer(polling, TopologyFixture.standalone());
        assertThat(description(polling).type()).isEqualTo(ServerType.STANDALONE);
        assertThat(description(polling).roundTripTime()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void pollingAsksOnTheSameConnectionOneHeartbeatAfterTheLastReply() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(connection(polling).isAsked()).isFalse();
        polling.advance(Duration.ofNanos(1));
        assertThat(connection(polling).requests).containsExactly(Kind.OPEN, Kind.HELLO);
        polling.advance(Duration.ofSeconds(3));
        answer(polling, TopologyFixture.standalone());
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(connection(polling).isAsked()).isFalse();
        polling.advance(Duration.ofNanos(1));
        assertThat(connection(polling).isAsked()).isTrue();
    }

    @Test
    void pollingNeverStreamsAndNeverHasASecondConnection() {
        polling.start();
        answer(polling, versioned(1));
        polling.advance(HEARTBEAT.multipliedBy(2));
        assertThat(polling.connections.made).hasSize(1);
        assertThat(connection(polling).requests).doesNotContain(Kind.AWAIT);
    }

    @Test
    void aRequestedCheckComesNotBeforeHalfASecondAfterTheLastAndManyRequestsAreOne() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.server(A).requestCheck();
        polling.server(A).requestCheck();
        polling.advance(ALMOST_MINIMUM);
        assertThat(connection(polling).isAsked()).isFalse();
        polling.advance(Duration.ofNanos(1));
        assertThat(connection(polling).isAsked()).isTrue();
        answer(polling, TopologyFixture.standalone());
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(connection(polling).requests).containsExactly(Kind.OPEN, Kind.HELLO);
    }

    @Test
    void aRequestLongAfterTheLastCheckIsMetAtOnce() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.advance(Duration.ofSeconds(3));
        polling.server(A).requestCheck();
        polling.settle();
        assertThat(connection(polling).isAsked()).isTrue();
    }

    @Test
    void aRequestDuringACheckIsIgnored() {
        polling.start();
        polling.server(A).requestCheck();
        polling.settle();
        answer(polling, TopologyFixture.standalone());
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(connection(polling).isAsked()).isFalse();
        polling.advance(Duration.ofNanos(1));
        assertThat(connection(polling).isAsked()).isTrue();
    }

    @Test
    void anOperationThatStillWaitsAfterACheckAsksForTheNext() {
        polling.start();
        Selection selection = polling.select(ServerSelector.WRITABLE);
        answer(polling, "{ok: 1, isreplicaset: true, maxWireVersion: 21}");
        assertThat(selection.waits()).isTrue();
        polling.advance(ALMOST_MINIMUM);
        assertThat(connection(polling).isAsked()).isFalse();
        polling.advance(Duration.ofNanos(1));
        assertThat(connection(polling).isAsked()).isTrue();
    }

    @Test
    void aFailedFirstCheckIsRepeatedAfterAHeartbeatOnANewConnection() {
        polling.start();
        Scripted first = connection(polling);
        first.breakDown();
        assertThat(first.closed).isTrue();
        assertThat(description(polling).type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(Objects.requireNonNull(description(polling).error()).getMessage())
                .contains("refused");
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(polling.connections.made).hasSize(1);
        polling.advance(Duration.ofNanos(1));
        assertThat(polling.connections.made).hasSize(2);
        assertThat(connection(polling).requests).containsExactly(Kind.OPEN);
    }

    @Test
    void aNetworkErrorOnAKnownServerIsFollowedByOneCheckAtOnceAndThenByWaiting() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.advance(HEARTBEAT);
        connection(polling).breakDown();
        assertThat(polling.connections.made).hasSize(2);
        assertThat(connection(polling).requests).containsExactly(Kind.OPEN);
        connection(polling).breakDown();
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(polling.connections.made).hasSize(2);
        polling.advance(Duration.ofNanos(1));
        assertThat(polling.connections.made).hasSize(3);
    }

    @Test
    void aCommandErrorOnAKnownServerClosesTheConnectionAndIsNotRepeatedAtOnce() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.advance(HEARTBEAT);
        Scripted first = connection(polling);
        first.fail(refused());
        assertThat(first.closed).isTrue();
        assertThat(polling.pool(A).generation).isEqualTo(1);
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(polling.connections.made).hasSize(1);
    }

    @Test
    void aTimeoutOfACheckInterruptsTheConnectionsInUse() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.advance(HEARTBEAT);
        connection(polling).fail(new MongoConnectionException("timed out", null, A, true));
        assertThat(polling.poolLog).containsExactly("ready " + A, "clear " + A + " and interrupt");
    }

    @Test
    void aReplyThatNamesAServerWithoutAValidAddressIsAFailedCheck() {
        polling.start();
        answer(polling, "{ok: 1, setName: 'rs', secondary: true, hosts: ['a:b:c'], maxWireVersion: 21}");
        assertThat(description(polling).type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(Objects.requireNonNull(description(polling).error()).getMessage())
                .contains("a:b:c");
        assertThat(polling.events.names()).contains("ServerHeartbeatFailedEvent");
    }

    @Test
    void streamingAwaitsTheNextChangeFromTheVersionThatIsKnownAndForOneHeartbeat() {
        streaming.start();
        answer(streaming, versioned(7));
        Scripted monitor = streaming.connections.made.get(0);
        assertThat(monitor.requests).containsExactly(Kind.OPEN, Kind.AWAIT);
        assertThat(monitor.awaited).isEqualTo(new TopologyVersion(PROCESS, 7));
        assertThat(monitor.maxAwaitTimeMillis).isEqualTo(10_000);
        assertThat(monitor.timeoutNanos).isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void streamedRepliesAreReadWithoutAnotherRequestUntilOneIsTheLast() {
        streaming.start();
        answer(streaming, versioned(1));
        Scripted monitor = streaming.connections.made.get(0);
        monitor.answer(BsonDocument.parse(versioned(2)), 0, true);
        monitor.answer(BsonDocument.parse(versioned(3)), 0, true);
        assertThat(monitor.requests).containsExactly(Kind.OPEN, Kind.AWAIT);
        assertThat(description(streaming).topologyVersion()).isEqualTo(new TopologyVersion(PROCESS, 3));
        monitor.answer(BsonDocument.parse(versioned(4)), 0, false);
        assertThat(monitor.requests).containsExactly(Kind.OPEN, Kind.AWAIT, Kind.AWAIT);
        assertThat(monitor.awaited).isEqualTo(new TopologyVersion(PROCESS, 4));
    }

    @Test
    void aServerWithoutTopologyVersionIsPolledThoughStreamingIsAllowed() {
        streaming.start();
        answer(streaming, TopologyFixture.standalone());
        streaming.advance(HEARTBEAT);
        assertThat(streaming.connections.made).hasSize(1);
        assertThat(connection(streaming).requests).containsExactly(Kind.OPEN, Kind.HELLO);
    }

    @Test
    void whileStreamingRoundTripsAreMeasuredOnAConnectionOfTheirOwnEachHeartbeat() {
        streaming.start();
        answer(streaming, versioned(1));
        assertThat(streaming.connections.made).hasSize(2);
        Scripted monitor = streaming.connections.made.get(0);
        Scripted pings = streaming.connections.made.get(1);
        assertThat(pings.requests).containsExactly(Kind.OPEN);
        pings.answer(BsonDocument.parse(versioned(1)), 6 * MILLISECOND);
        streaming.advance(HEARTBEAT);
        assertThat(pings.requests).containsExactly(Kind.OPEN, Kind.HELLO);
        pings.answer(BsonDocument.parse(versioned(1)), 3 * MILLISECOND);
        monitor.answer(BsonDocument.parse(versioned(2)), 9_000 * MILLISECOND, true);
        // 1 ms, then 0.2 * 6 + 0.8 * 1, then 0.2 * 3 + 0.8 * 2: what the stream took counts for nothing.
        assertThat(description(streaming).roundTripTime()).isEqualTo(Duration.ofNanos(2_200_000));
        assertThat(description(streaming).minRoundTripTime()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void aFailedPingSaysNothingOfTheServerAndIsRepeatedOnANewConnection() {
        streaming.start();
        answer(streaming, versioned(1));
        Scripted pings = streaming.connections.made.get(1);
        int events = streaming.events.all.size();
        pings.breakDown();
        assertThat(description(streaming).type()).isEqualTo(ServerType.STANDALONE);
        assertThat(streaming.events.all).hasSize(events);
        streaming.advance(HEARTBEAT);
        assertThat(streaming.connections.made).hasSize(3);
        assertThat(streaming.connections.made.get(2).requests).containsExactly(Kind.OPEN);
    }

    @Test
    void whenAStreamBreaksTheRoundTripsAreForgottenAndTheNextCheckIsAtOnce() {
        streaming.start();
        answer(streaming, versioned(1));
        Scripted monitor = streaming.connections.made.get(0);
        Scripted pings = streaming.connections.made.get(1);
        monitor.breakDown();
        assertThat(pings.closed).isTrue();
        assertThat(description(streaming).roundTripTime()).isNull();
        assertThat(connection(streaming).requests).containsExactly(Kind.OPEN);
        connection(streaming).answer(BsonDocument.parse(versioned(1)), 8 * MILLISECOND);
        assertThat(description(streaming).roundTripTime()).isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void aCancelledCheckClosesTheConnectionAndTheNextComesAfterAHeartbeat() {
        streaming.start();
        answer(streaming, versioned(1));
        MongoException reason = new MongoConnectionException("broken", null, A, false);
        streaming.manager.onApplicationError(streaming.server(A), ApplicationError.of(reason, true, 0, null));
        streaming.settle();
        assertThat(streaming.connections.open(A)).isEmpty();
        assertThat(description(streaming).type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(streaming.pool(A).generation).isEqualTo(1);
        streaming.advance(ALMOST_HEARTBEAT);
        assertThat(streaming.connections.open(A)).isEmpty();
        streaming.advance(Duration.ofNanos(1));
        assertThat(streaming.connections.open(A)).hasSize(1);
    }

    @Test
    void aCancelledCheckIsFollowedSoonWhenAnOperationWaits() {
        streaming.start();
        answer(streaming, versioned(1));
        streaming.manager.onApplicationError(
                streaming.server(A),
                ApplicationError.of(new MongoConnectionException("broken", null, A, false), true, 0, null));
        streaming.settle();
        assertThat(streaming.select(ServerSelector.WRITABLE).waits()).isTrue();
        streaming.advance(MINIMUM);
        assertThat(connection(streaming).requests).containsExactly(Kind.OPEN);
    }

    @Test
    void everyHeartbeatThatStartsAlsoEndsAndSaysWhetherItWasAwaited() {
        streaming.start();
        answer(streaming, versioned(1));
        Scripted monitor = streaming.connections.made.get(0);
        streaming.advance(Duration.ofSeconds(4));
        monitor.answer(BsonDocument.parse(versioned(2)), 0, true);
        monitor.breakDown();
        var heartbeats = streaming.events.all.stream()
                .filter(event -> event.getClass().getSimpleName().contains("Heartbeat"))
                .toList();
        assertThat(heartbeats.subList(0, 6).stream()
                        .map(ServerMonitorTest::summary)
                        .toList())
                .containsExactly(
                        "started 1 false",
                        "succeeded 1 false PT0.001S",
                        "started 1 true",
                        "succeeded 1 true PT4S",
                        "started 1 true",
                        "failed 1 true PT0S");
        assertThat(heartbeats.subList(6, heartbeats.size()).stream()
                        .map(ServerMonitorTest::summary)
                        .toList())
                .containsExactly("started 2 false");
    }

    @Test
    void closingEndsTheHeartbeatUnderWayBeforeTheServerIsReportedClosed() {
        streaming.start();
        answer(streaming, versioned(1));
        streaming.manager.close();
        streaming.settle();
        assertThat(streaming.connections.open(A)).isEmpty();
        assertThat(streaming
                        .events
                        .names()
                        .subList(
                                streaming.events.names().size() - 4,
                                streaming.events.names().size()))
                .containsExactly(
                        "ServerHeartbeatFailedEvent",
                        "ServerClosedEvent",
                        "TopologyDescriptionChangedEvent",
                        "TopologyClosedEvent");
        assertThat(streaming.loop.armedTimers()).isZero();
    }

    // ---- what should not be thrown

    @Test
    void aConnectionThatCannotBeMadeIsAFailedCheckAndTheNextComesAfterAHeartbeat() {
        polling.connections.unmakable = absent;
        polling.start();
        failedByAnError(polling);
        polling.advance(ALMOST_HEARTBEAT);
        assertThat(polling.connections.made).isEmpty();
        polling.advance(Duration.ofNanos(1));
        answer(polling, TopologyFixture.standalone());
        assertThat(description(polling).type()).isEqualTo(ServerType.STANDALONE);
    }

    @Test
    void aCheckWhoseConnectionThrowsHasFailedAndTheNextComesAfterAHeartbeatOnANewConnection() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.connections.unaskable = absent;
        polling.advance(HEARTBEAT);
        failedByAnError(polling);
        assertThat(polling.connections.made.get(0).closed).isTrue();
        polling.advance(HEARTBEAT);
        answer(polling, TopologyFixture.standalone());
        assertThat(description(polling).type()).isEqualTo(ServerType.STANDALONE);
    }

    @Test
    void aCheckThatNobodyCouldHearOfHasFailedAndTheNextComes() {
        polling.start();
        polling.pool(A).probe = () -> {
            polling.pool(A).probe = () -> {};
            throw absent;
        };
        answer(polling, TopologyFixture.standalone());
        failedByAnError(polling);
        polling.advance(HEARTBEAT);
        answer(polling, TopologyFixture.standalone());
        assertThat(description(polling).type()).isEqualTo(ServerType.STANDALONE);
    }

    @Test
    void afterAFailedCheckThatNobodyCouldHearOfTheNextComesAllTheSame() {
        polling.logged.level = Level.WARN;
        polling.start();
        polling.pool(A).probe = () -> {
            polling.pool(A).probe = () -> {};
            throw absent;
        };
        connection(polling).breakDown();
        told(polling);
        polling.advance(HEARTBEAT);
        answer(polling, TopologyFixture.standalone());
        assertThat(description(polling).type()).isEqualTo(ServerType.STANDALONE);
    }

    @Test
    void aStreamThatCannotBeAskedForIsAFailedCheckAndTheNextComesAfterAHeartbeat() {
        streaming.start();
        streaming.connections.only(A).answer(BsonDocument.parse(versioned(1)), MILLISECOND, true);
        streaming.connections.unaskable = absent;
        streaming.connections.made.get(0).answer(BsonDocument.parse(versioned(2)), MILLISECOND, false);
        failedByAnError(streaming);
        assertThat(streaming.connections.open(A)).isEmpty();
        streaming.advance(HEARTBEAT);
        assertThat(connection(streaming).requests).containsExactly(Kind.OPEN);
    }

    @Test
    void aPingThatThrowsSaysNothingOfTheServerAndIsRepeated() {
        streaming.logged.level = Level.WARN;
        streaming.start();
        Scripted monitor = streaming.connections.only(A);
        streaming.connections.unmakable = absent;
        monitor.answer(BsonDocument.parse(versioned(1)), MILLISECOND, true);
        told(streaming);
        assertThat(description(streaming).type()).isEqualTo(ServerType.STANDALONE);
        assertThat(monitor.closed).isFalse();
        streaming.advance(HEARTBEAT);
        assertThat(streaming.connections.made).hasSize(2);
        assertThat(streaming.connections.made.get(1).isAsked()).isTrue();
    }

    @Test
    void aConnectionThatCannotBeClosedKeepsTheMonitorFromNothing() {
        streaming.logged.level = Level.WARN;
        streaming.start();
        answer(streaming, versioned(1));
        streaming.connections.unclosable = absent;
        MongoException reason = new MongoConnectionException("broken", null, A, false);
        streaming.manager.onApplicationError(streaming.server(A), ApplicationError.of(reason, true, 0, null));
        streaming.settle();
        told(streaming);
        assertThat(streaming.connections.open(A)).isEmpty();
        streaming.advance(HEARTBEAT);
        assertThat(connection(streaming).requests).containsExactly(Kind.OPEN);
    }

    private final NoClassDefFoundError absent = new NoClassDefFoundError("org/example/Absent");

    private void failedByAnError(TopologyFixture fixture) {
        assertThat(description(fixture).type()).isEqualTo(ServerType.UNKNOWN);
        assertThat(description(fixture).error())
                .hasMessageContaining(A.toString())
                .hasMessageContaining("org/example/Absent")
                .hasCause(absent);
    }

    private void told(TopologyFixture fixture) {
        assertThat(fixture.logged.entries())
                .anySatisfy(entry -> assertThat(entry.thrown()).isSameAs(absent));
    }

    @Test
    void nothingHappensAfterTheLoopHasBeenClosed() {
        polling.start();
        answer(polling, TopologyFixture.standalone());
        polling.loop.close();
        polling.server(A).requestCheck();
        polling.manager.close();
        assertThat(polling.loop.failures()).isEmpty();
    }

    // ----

    private static final ObjectId PROCESS = new ObjectId("000000000000000000000001");

    private static String versioned(long counter) {
        return "{ok: 1, isWritablePrimary: true, maxWireVersion: 21, topologyVersion: {processId: ObjectId('" + PROCESS
                + "'), counter: NumberLong(" + counter + ")}}";
    }

    private static Scripted connection(TopologyFixture fixture) {
        return fixture.connections.only(A);
    }

    private static void answer(TopologyFixture fixture, String reply) {
        fixture.answer(A, reply);
    }

    private static ServerDescription description(TopologyFixture fixture) {
        return Objects.requireNonNull(fixture.manager.description().servers().get(A));
    }

    private static MongoException refused() {
        return new MongoCommandException("refused", 91, "ShutdownInProgress", "shutting down", new BsonDocument(), A);
    }

    private static String summary(Object event) {
        if (event instanceof ServerHeartbeatStartedEvent started) {
            return "started " + started.connectionId() + " " + started.awaited();
        }
        if (event instanceof ServerHeartbeatSucceededEvent succeeded) {
            return "succeeded " + succeeded.connectionId() + " " + succeeded.awaited() + " " + succeeded.duration();
        }
        ServerHeartbeatFailedEvent failed = (ServerHeartbeatFailedEvent) event;
        return "failed " + failed.connectionId() + " " + failed.awaited() + " " + failed.duration();
    }
}
