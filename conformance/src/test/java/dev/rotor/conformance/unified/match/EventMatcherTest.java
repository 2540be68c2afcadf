package dev.rotor.conformance.unified.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.conformance.unified.match.ObservedEvent.Kind;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionId;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventMatcherTest {

    private static final ServerAddress SERVER = new ServerAddress("localhost", 27017);

    private final EventMatcher matcher = new EventMatcher(new Matcher(new FixedValues()));

    @Test
    void theEventMustBeOfTheExpectedType() {
        assertThat(matches("{commandStartedEvent: {}}", started(null))).isTrue();
        assertThat(matches("{commandSucceededEvent: {}}", started(null))).isFalse();
    }

    @Test
    void aCommandIsComparedAsARootDocument() {
        assertThat(matches("{commandStartedEvent: {command: {find: 'c'}}}", started(null)))
                .isTrue();
        assertThat(matches("{commandStartedEvent: {command: {find: 'd'}}}", started(null)))
                .isFalse();
        assertThat(matches("{commandStartedEvent: {command: {limit: {$$exists: false}}}}", started(null)))
                .isFalse();
    }

    @Test
    void namesAreCompared() {
        assertThat(matches("{commandStartedEvent: {commandName: 'find', databaseName: 'db'}}", started(null)))
                .isTrue();
        assertThat(matches("{commandStartedEvent: {commandName: 'insert'}}", started(null)))
                .isFalse();
        assertThat(matches("{commandStartedEvent: {databaseName: 'admin'}}", started(null)))
                .isFalse();
        assertThat(matches("{commandFailedEvent: {commandName: 'find', databaseName: 'db'}}", failed()))
                .isTrue();
        assertThat(matches("{commandFailedEvent: {commandName: 'insert'}}", failed()))
                .isFalse();
    }

    @Test
    void aReplyIsComparedAsARootDocument() {
        assertThat(matches("{commandSucceededEvent: {reply: {ok: 1}}}", succeeded()))
                .isTrue();
        assertThat(matches("{commandSucceededEvent: {reply: {ok: 0}}}", succeeded()))
                .isFalse();
    }

    @Test
    void aServiceIdIsThereWhenItIsNotEmpty() {
        assertThat(matches("{commandStartedEvent: {hasServiceId: true}}", started(new ObjectId())))
                .isTrue();
        assertThat(matches("{commandStartedEvent: {hasServiceId: false}}", started(new ObjectId())))
                .isFalse();
        assertThat(matches("{commandStartedEvent: {hasServiceId: true}}", started(null)))
                .isFalse();
        assertThat(matches("{commandStartedEvent: {hasServiceId: true}}", started(new ObjectId(new byte[12]))))
                .isFalse();
        assertThat(matches("{commandStartedEvent: {hasServiceId: false}}", started(null)))
                .isTrue();
    }

    @Test
    void aServerConnectionIdIsThereWhenItIsPositive() {
        assertThat(matches("{commandStartedEvent: {hasServerConnectionId: true}}", started(null)))
                .isTrue();
        assertThat(matches("{commandStartedEvent: {hasServerConnectionId: false}}", started(null)))
                .isFalse();
        assertThat(matches("{commandFailedEvent: {hasServerConnectionId: true}}", failed()))
                .isFalse();
    }

    @Test
    void poolEventsAreCompared() {
        ObservedEvent cleared = cmap("poolClearedEvent", new ConnectionPoolClearedEvent(SERVER, null, true));
        ObservedEvent closed = cmap(
                "connectionClosedEvent",
                new ConnectionClosedEvent(SERVER, 1, ConnectionClosedEvent.Reason.POOL_CLOSED, null));

        assertThat(matches("{poolClearedEvent: {interruptInUseConnections: true}}", cleared))
                .isTrue();
        assertThat(matches("{poolClearedEvent: {interruptInUseConnections: false}}", cleared))
                .isFalse();
        assertThat(matches("{connectionClosedEvent: {reason: 'poolClosed'}}", closed))
                .isTrue();
        assertThat(matches("{connectionClosedEvent: {reason: 'stale'}}", closed))
                .isFalse();
    }

    @Test
    void descriptionsAreComparedByType() {
        ServerDescription unknown = ServerDescription.unknown(SERVER);
        ServerDescription standalone =
                ServerDescription.builder(SERVER).type(ServerType.STANDALONE).build();
        ObservedEvent server = new ObservedEvent(
                Kind.SDAM,
                "serverDescriptionChangedEvent",
                new ServerDescriptionChangedEvent(SERVER, new ObjectId(), unknown, standalone),
                0);
        ObservedEvent topology = new ObservedEvent(
                Kind.SDAM,
                "topologyDescriptionChangedEvent",
                new TopologyDescriptionChangedEvent(
                        new ObjectId(), TopologyDescription.EMPTY, TopologyDescription.EMPTY),
                0);

        assertThat(matches(
                        "{serverDescriptionChangedEvent: {previousDescription: {type: 'Unknown'},"
                                + " newDescription: {type: 'Standalone'}}}",
                        server))
                .isTrue();
        assertThat(matches("{serverDescriptionChangedEvent: {newDescription: {type: 'Unknown'}}}", server))
                .isFalse();
        assertThat(matches("{topologyDescriptionChangedEvent: {newDescription: {type: 'Unknown'}}}", topology))
                .isTrue();
        assertThat(matches("{topologyDescriptionChangedEvent: {newDescription: {type: 'Single'}}}", topology))
                .isFalse();
    }

    @Test
    void heartbeatsAreComparedByWhetherTheyWereAwaited() {
        ObservedEvent heartbeat = new ObservedEvent(
                Kind.SDAM, "serverHeartbeatStartedEvent", new ServerHeartbeatStartedEvent(SERVER, 1, true), 0);

        assertThat(matches("{serverHeartbeatStartedEvent: {awaited: true}}", heartbeat))
                .isTrue();
        assertThat(matches("{serverHeartbeatStartedEvent: {awaited: false}}", heartbeat))
                .isFalse();
    }

    @Test
    void aFieldThatIsNotKnownIsRefused() {
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{commandStartedEvent: {requestId: 1}}", started(null)));
        assertThatExceptionOfType(RunnerException.class)
                .isThrownBy(() -> matches("{commandStartedEvent: {reply: {}}}", started(null)));
    }

    @Test
    void allEventsMustBeThoseExpectedInOrder() {
        List<ObservedEvent> events = List.of(started(null), succeeded());

        assertThatCode(() -> matcher.assertEvents(
                        array("[{commandStartedEvent: {}}, {commandSucceededEvent: {}}]"), false, events, "client0"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> matcher.assertEvents(
                        array("[{commandSucceededEvent: {}}, {commandStartedEvent: {}}]"), false, events, "client0"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> matcher.assertEvents(array("[{commandStartedEvent: {}}]"), false, events, "client0"))
                .hasMessageContaining("expected 1 events of client0 but there are 2");
        assertThatThrownBy(() -> matcher.assertEvents(
                        array("[{commandStartedEvent: {}}, {commandSucceededEvent: {}}, {commandStartedEvent: {}}]"),
                        true,
                        events,
                        "client0"))
                .hasMessageContaining("expected 3 events");
        assertThatThrownBy(() -> matcher.assertEvents(new BsonArray(), false, events, "client0"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void moreEventsMayFollowWhereTheCaseIgnoresThem() {
        assertThatCode(() -> matcher.assertEvents(
                        array("[{commandStartedEvent: {}}]"), true, List.of(started(null), succeeded()), "client0"))
                .doesNotThrowAnyException();
    }

    @Test
    void anEventWithoutFieldsHasNothingToCompare() {
        assertThat(matches("{poolReadyEvent: {}}", cmap("poolReadyEvent", new ConnectionPoolReadyEvent(SERVER))))
                .isTrue();
    }

    private boolean matches(String expected, ObservedEvent event) {
        return matcher.matches(BsonDocument.parse(expected), event);
    }

    private static BsonArray array(String text) {
        return BsonArray.parse(text);
    }

    private static ObservedEvent cmap(String name, Object event) {
        return new ObservedEvent(Kind.CMAP, name, event, 0);
    }

    private static ObservedEvent started(@Nullable ObjectId serviceId) {
        return new ObservedEvent(
                Kind.COMMAND,
                "commandStartedEvent",
                new CommandStartedEvent(
                        1,
                        1,
                        new ConnectionId(SERVER, 1, 7),
                        "db",
                        "find",
                        BsonDocument.parse("{find: 'c', limit: 1}"),
                        serviceId),
                0);
    }

    private static ObservedEvent succeeded() {
        return new ObservedEvent(
                Kind.COMMAND,
                "commandSucceededEvent",
                new CommandSucceededEvent(
                        1,
                        1,
                        new ConnectionId(SERVER, 1, 7),
                        "db",
                        "find",
                        Duration.ZERO,
                        BsonDocument.parse("{ok: 1, more: 1}"),
                        null),
                0);
    }

    private static ObservedEvent failed() {
        return new ObservedEvent(
                Kind.COMMAND,
                "commandFailedEvent",
                new CommandFailedEvent(
                        1,
                        1,
                        new ConnectionId(SERVER, 1, -1),
                        "db",
                        "find",
                        Duration.ZERO,
                        new IllegalStateException("x"),
                        null),
                0);
    }
}
