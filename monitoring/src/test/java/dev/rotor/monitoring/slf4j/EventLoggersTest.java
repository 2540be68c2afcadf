package dev.rotor.monitoring.slf4j;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolClosedEvent;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import dev.rotor.driver.event.ServerClosedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerOpeningEvent;
import dev.rotor.driver.event.TopologyClosedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyOpeningEvent;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.topology.TopologyType;
import dev.rotor.monitoring.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listeners that have no documents to show. */
class EventLoggersTest {

    private static final ServerAddress SERVER = new ServerAddress("db1", 27017);
    private static final ObjectId TOPOLOGY = new ObjectId();
    private static final ServerDescription UNKNOWN = ServerDescription.unknown(SERVER);
    private static final ServerDescription PRIMARY =
            ServerDescription.builder(SERVER).type(ServerType.RS_PRIMARY).build();
    private static final ServerDescription LOST =
            ServerDescription.builder(SERVER).error(broken()).build();

    private Lines lines = new Lines("dev.rotor.monitoring", Level.DEBUG);

    @AfterEach
    void close() {
        assertThat(lines.texts()).noneMatch(text -> text.indexOf('\n') >= 0);
        lines.close();
    }

    private void only(Level level) {
        lines.close();
        lines = new Lines("dev.rotor.monitoring", level);
    }

    private static MongoConnectionException broken() {
        return new MongoConnectionException("db1:27017 closed the connection\nforged", null, SERVER, false);
    }

    private List<String> levels() {
        return lines.all().stream().map(line -> line.getLevel().toString()).toList();
    }

    private static TopologyDescription topology(
            TopologyType type, ServerDescription server, @Nullable String incompatible) {
        return new TopologyDescription(type, "rs", null, null, Map.of(SERVER, server), incompatible, null);
    }

    private static void tell(ServerLogger logger) {
        logger.serverOpening(new ServerOpeningEvent(SERVER, TOPOLOGY));
        logger.serverDescriptionChanged(new ServerDescriptionChangedEvent(SERVER, TOPOLOGY, UNKNOWN, PRIMARY));
        logger.serverDescriptionChanged(new ServerDescriptionChangedEvent(SERVER, TOPOLOGY, PRIMARY, LOST));
        logger.serverClosed(new ServerClosedEvent(SERVER, TOPOLOGY));
    }

    private static void tell(TopologyLogger logger) {
        TopologyDescription primary = topology(TopologyType.REPLICA_SET_WITH_PRIMARY, PRIMARY, null);
        TopologyDescription none = topology(TopologyType.REPLICA_SET_NO_PRIMARY, LOST, null);
        TopologyDescription tooOld = topology(TopologyType.REPLICA_SET_NO_PRIMARY, LOST, "server too old");
        logger.topologyOpening(new TopologyOpeningEvent(TOPOLOGY));
        logger.topologyDescriptionChanged(
                new TopologyDescriptionChangedEvent(TOPOLOGY, TopologyDescription.EMPTY, primary));
        logger.topologyDescriptionChanged(new TopologyDescriptionChangedEvent(TOPOLOGY, primary, none));
        logger.topologyDescriptionChanged(new TopologyDescriptionChangedEvent(TOPOLOGY, none, tooOld));
        logger.topologyClosed(new TopologyClosedEvent(TOPOLOGY));
    }

    private static void tell(HeartbeatLogger logger) {
        Duration duration = Duration.ofNanos(412_345);
        logger.serverHeartbeatStarted(new ServerHeartbeatStartedEvent(SERVER, 1, true));
        logger.serverHeartbeatSucceeded(
                new ServerHeartbeatSucceededEvent(SERVER, 1, duration, new BsonDocument(), true));
        logger.serverHeartbeatFailed(new ServerHeartbeatFailedEvent(SERVER, 1, duration, broken(), false));
    }

    private static void tell(ConnectionPoolLogger logger) {
        Duration duration = Duration.ofMillis(2);
        ConnectionPoolSettings pool = new ConnectionPoolSettings(100, 5, 2, Duration.ofSeconds(9), Duration.ZERO);
        logger.connectionPoolCreated(new ConnectionPoolCreatedEvent(SERVER, pool));
        logger.connectionPoolReady(new ConnectionPoolReadyEvent(SERVER));
        logger.connectionCheckOutStarted(new ConnectionCheckOutStartedEvent(SERVER));
        logger.connectionCreated(new ConnectionCreatedEvent(SERVER, 3));
        logger.connectionReady(new ConnectionReadyEvent(SERVER, 3, duration));
        logger.connectionCheckedOut(new ConnectionCheckedOutEvent(SERVER, 3, duration));
        logger.connectionCheckedIn(new ConnectionCheckedInEvent(SERVER, 3));
        logger.connectionPoolCleared(new ConnectionPoolClearedEvent(SERVER, null, true));
        logger.connectionClosed(new ConnectionClosedEvent(SERVER, 3, ConnectionClosedEvent.Reason.ERROR, broken()));
        logger.connectionClosed(new ConnectionClosedEvent(SERVER, 4, ConnectionClosedEvent.Reason.IDLE, null));
        logger.connectionCheckOutFailed(new ConnectionCheckOutFailedEvent(
                SERVER, ConnectionCheckOutFailedEvent.Reason.CONNECTION_ERROR, duration, broken()));
        logger.connectionPoolClosed(new ConnectionPoolClosedEvent(SERVER));
    }

    @Test
    void serversThatComeChangeAreLostAndGoAreALineEach() {
        tell(new ServerLogger());

        assertThat(levels()).containsExactly("INFO", "INFO", "WARN", "INFO");
        assertThat(lines.texts().get(0)).isEqualTo("Server db1:27017 added to topology " + TOPOLOGY);
        assertThat(lines.texts().get(1)).startsWith("Server db1:27017 changed from Unknown to RSPrimary: {");
        assertThat(lines.texts().get(2)).contains("RSPrimary to Unknown", "closed the connection\\nforged");
        assertThat(lines.texts().get(3)).isEqualTo("Server db1:27017 removed from topology " + TOPOLOGY);
        ILoggingEvent lost = lines.all().get(2);
        assertThat(Lines.value(lost, "previousType")).isEqualTo("RSPrimary");
        assertThat(Lines.value(lost, "newType")).isEqualTo("Unknown");
        assertThat(Lines.value(lost, "failure")).isEqualTo("db1:27017 closed the connection\\nforged");
        assertThat(Lines.value(lost, "serverHost")).isEqualTo("db1");
        assertThat(Lines.value(lost, "topologyId")).isEqualTo(TOPOLOGY.toHexString());
    }

    @Test
    void aTopologyThatCannotBeWrittenToAnyMoreOrIsIncompatibleIsAFailure() {
        tell(new TopologyLogger());

        assertThat(levels()).containsExactly("INFO", "INFO", "WARN", "WARN", "INFO");
        assertThat(lines.texts().get(1))
                .startsWith("Topology " + TOPOLOGY + " changed from Unknown to ReplicaSetWithPrimary: {");
        assertThat(lines.texts().get(2)).startsWith("Topology " + TOPOLOGY + " has no server to write to any more: {");
        assertThat(Lines.value(lines.all().get(1), "writable")).isEqualTo(true);
        assertThat(Lines.value(lines.all().get(2), "writable")).isEqualTo(false);
        assertThat(Lines.value(lines.all().get(3), "failure")).isEqualTo("server too old");
    }

    @Test
    void heartbeatsAreALineEach() {
        tell(new HeartbeatLogger());

        assertThat(levels()).containsExactly("DEBUG", "DEBUG", "WARN");
        assertThat(lines.texts())
                .containsExactly(
                        "Heartbeat of db1:27017 on connection 1 started",
                        "Heartbeat of db1:27017 on connection 1 succeeded in 0.412 ms",
                        "Heartbeat of db1:27017 on connection 1 failed in 0.412 ms: MongoConnectionException:"
                                + " db1:27017 closed the connection\\nforged");
        assertThat(Lines.value(lines.all().get(0), "awaited")).isEqualTo(true);
        assertThat(Lines.value(lines.all().get(1), "durationMS")).isEqualTo(0.412);
    }

    @Test
    void whatPoolsDoIsALineEach() {
        tell(new ConnectionPoolLogger());

        assertThat(levels())
                .containsExactly(
                        "DEBUG", "DEBUG", "DEBUG", "DEBUG", "DEBUG", "DEBUG", "DEBUG", "WARN", "WARN", "DEBUG", "WARN",
                        "DEBUG");
        assertThat(lines.texts())
                .containsExactly(
                        "Connection pool of db1:27017 created for 5 to 100 connections",
                        "Connection pool of db1:27017 is ready",
                        "A connection to db1:27017 is asked for",
                        "Connection 3 to db1:27017 created",
                        "Connection 3 to db1:27017 is ready after 2.0 ms",
                        "Connection 3 to db1:27017 checked out after 2.0 ms",
                        "Connection 3 to db1:27017 checked in",
                        "Connection pool of db1:27017 cleared, connections in use included",
                        "Connection 3 to db1:27017 closed: error, MongoConnectionException: db1:27017 closed the"
                                + " connection\\nforged",
                        "Connection 4 to db1:27017 closed: idle",
                        "No connection to db1:27017 after 2.0 ms: connectionError, MongoConnectionException: db1:27017"
                                + " closed the connection\\nforged",
                        "Connection pool of db1:27017 closed");
        assertThat(lines.all())
                .allSatisfy(line -> assertThat(Lines.value(line, "serverPort")).isEqualTo(27017));
        assertThat(Lines.value(lines.all().get(0), "maxIdleTimeMS")).isEqualTo(9000L);
        assertThat(Lines.value(lines.all().get(10), "reason")).isEqualTo("connectionError");
    }

    @Test
    void withFailuresAloneOnNothingElseIsWritten() {
        only(Level.WARN);
        tell(new ServerLogger());
        tell(new TopologyLogger());
        tell(new HeartbeatLogger());
        tell(new ConnectionPoolLogger());

        assertThat(lines.all()).hasSize(1 + 2 + 1 + 3);
        only(Level.ERROR);
        tell(new ServerLogger());
        tell(new TopologyLogger());
        tell(new HeartbeatLogger());
        tell(new ConnectionPoolLogger());
        assertThat(lines.all()).isEmpty();
    }

    @Test
    void namesAndLevelsAreTheUsersChoice() {
        EventLogOptions mine = ServerLogger.DEFAULT
                .loggerName("my.app")
                .level(org.slf4j.event.Level.TRACE)
                .failureLevel(org.slf4j.event.Level.ERROR);
        try (Lines own = new Lines("my.app", Level.TRACE)) {
            tell(new ServerLogger(mine));
            tell(new TopologyLogger(mine));
            tell(new HeartbeatLogger(mine));
            tell(new ConnectionPoolLogger(mine));

            assertThat(own.all()).hasSize(4 + 5 + 3 + 12);
            assertThat(own.all()).extracting(line -> line.getLevel().toString()).containsOnly("TRACE", "ERROR");
        }
        assertThat(lines.all()).isEmpty();
    }
}
