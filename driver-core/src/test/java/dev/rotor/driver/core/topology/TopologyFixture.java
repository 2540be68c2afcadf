package dev.rotor.driver.core.topology;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerMonitoringMode;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.fake.ManualLoop;
import dev.rotor.driver.core.log.LogCapture;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.ServerClosedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerHeartbeatFailedEvent;
import dev.rotor.driver.event.ServerHeartbeatStartedEvent;
import dev.rotor.driver.event.ServerHeartbeatSucceededEvent;
import dev.rotor.driver.event.ServerListener;
import dev.rotor.driver.event.ServerMonitorListener;
import dev.rotor.driver.event.ServerOpeningEvent;
import dev.rotor.driver.event.TopologyClosedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.event.TopologyOpeningEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A topology on virtual time, with pools and monitor connections that a test holds in its hands. */
final class TopologyFixture {

    static final ServerAddress A = ServerAddress.parse("a:27017");
    static final ServerAddress B = ServerAddress.parse("b:27017");
    static final ServerAddress C = ServerAddress.parse("c:27017");

    final ManualLoop loop = new ManualLoop();
    final ScriptedMonitorConnections connections = new ScriptedMonitorConnections(loop);
    final Map<ServerAddress, FakePool> pools = new HashMap<>();
    /** What comes before the pool of a server is made. */
    Consumer<ServerAddress> beforePool = server -> {};

    final List<String> poolLog = new ArrayList<>();
    final Events events = new Events();
    /** Hears what is logged. */
    final LogCapture logged = new LogCapture();

    final TopologyManager manager;

    TopologyFixture(Consumer<TopologySettings.Builder> options) {
        this(options, List.of(), true);
    }

    TopologyFixture(Consumer<TopologySettings.Builder> options, List<TopologyListener> more, boolean observed) {
        TopologySettings.Builder builder = TopologySettings.builder().serverMonitoringMode(ServerMonitoringMode.STREAM);
        options.accept(builder);
        List<TopologyListener> topologyListeners = new ArrayList<>(more);
        if (observed) {
            topologyListeners.add(events);
        }
        manager = new TopologyManager(new TopologyParts(
                builder.build(),
                Duration.ofSeconds(10).toNanos(),
                loop.clock(),
                () -> loop,
                connections,
                server -> {
                    beforePool.accept(server.address());
                    FakePool pool = new FakePool(server, poolLog);
                    pools.put(server.address(), pool);
                    return pool;
                },
                bound -> 0,
                topologyListeners,
                observed ? List.of(events) : List.of(),
                observed ? List.of(events) : List.of(),
                logged.log()));
    }

    static TopologyFixture of(String uri) {
        SpecificationUri parsed = SpecificationUri.parse(uri);
        return new TopologyFixture(parsed::applyTo);
    }

    TopologyFixture start() {
        manager.start();
        settle();
        return this;
    }

    void settle() {
        loop.run();
        assertThat(loop.failures()).isEmpty();
    }

    void advance(Duration by) {
        loop.advance(by);
        assertThat(loop.failures()).isEmpty();
    }

    ServerHandle server(ServerAddress address) {
        return pool(address).server;
    }

    FakePool pool(ServerAddress address) {
        return requireNonNull(pools.get(address), () -> "no pool of " + address);
    }

    /** The server answers what its monitor is asking, after one millisecond. */
    void answer(ServerAddress address, String hello) {
        connections.only(address).answer(BsonDocument.parse(hello), 1_000_000);
    }

    Selection select(ServerSelector selector) {
        return select(selector, Deadline.NONE);
    }

    Selection select(ServerSelector selector, long deadline) {
        Selection selection = new Selection();
        Server server = manager.select(selector, Set.of(), "find", deadline, selection);
        if (server != null) {
            selection.onSelected(server);
        }
        return selection;
    }

    static String standalone() {
        return "{ok: 1, helloOk: true, isWritablePrimary: true, minWireVersion: 0, maxWireVersion: 21}";
    }

    static String primary(String me, String... members) {
        return "{ok: 1, isWritablePrimary: true, setName: 'rs', me: '" + me + ":27017', hosts: " + hosts(members)
                + ", minWireVersion: 0, maxWireVersion: 21}";
    }

    static String secondary(String me, String... members) {
        return "{ok: 1, isWritablePrimary: false, secondary: true, setName: 'rs', me: '" + me + ":27017', hosts: "
                + hosts(members) + ", minWireVersion: 0, maxWireVersion: 21}";
    }

    private static String hosts(String... members) {
        StringBuilder hosts = new StringBuilder("[");
        for (String member : members) {
            hosts.append(hosts.length() == 1 ? "" : ", ")
                    .append('\'')
                    .append(member)
                    .append(":27017'");
        }
        return hosts.append(']').toString();
    }

    /** How a selection ended. */
    static final class Selection implements SelectionListener {
        @Nullable
        Server server;

        @Nullable
        MongoException failure;

        boolean waits() {
            return server == null && failure == null;
        }

        @Override
        public void onSelected(Server selected) {
            assertThat(waits()).as("told once").isTrue();
            server = selected;
        }

        @Override
        public void onSelectionFailed(MongoException cause) {
            assertThat(waits()).as("told once").isTrue();
            failure = cause;
        }

        MongoException failure() {
            return requireNonNull(failure, "the failure");
        }

        Server server() {
            return requireNonNull(server, "the server");
        }
    }

    /** Every event, in order. */
    static final class Events implements TopologyListener, ServerListener, ServerMonitorListener {
        final List<Object> all = new ArrayList<>();

        List<Object> withoutHeartbeats() {
            return all.stream()
                    .filter(event -> !event.getClass().getSimpleName().contains("Heartbeat"))
                    .toList();
        }

        List<String> names() {
            return all.stream().map(event -> event.getClass().getSimpleName()).toList();
        }

        @Override
        public void topologyOpening(TopologyOpeningEvent event) {
            all.add(event);
        }

        @Override
        public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
            all.add(event);
        }

        @Override
        public void topologyClosed(TopologyClosedEvent event) {
            all.add(event);
        }

        @Override
        public void serverOpening(ServerOpeningEvent event) {
            all.add(event);
        }

        @Override
        public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
            all.add(event);
        }

        @Override
        public void serverClosed(ServerClosedEvent event) {
            all.add(event);
        }

        @Override
        public void serverHeartbeatStarted(ServerHeartbeatStartedEvent event) {
            all.add(event);
        }

        @Override
        public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
            all.add(event);
        }

        @Override
        public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
            all.add(event);
        }
    }
}
