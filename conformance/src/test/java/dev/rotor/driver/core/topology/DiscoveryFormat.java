package dev.rotor.driver.core.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.conformance.CaseGroup;
import dev.rotor.conformance.Format;
import dev.rotor.conformance.Options;
import dev.rotor.conformance.SpecificationCases;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ServerClosedEvent;
import dev.rotor.driver.event.ServerDescriptionChangedEvent;
import dev.rotor.driver.event.ServerOpeningEvent;
import dev.rotor.driver.event.TopologyClosedEvent;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyOpeningEvent;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.TopologyDescription;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/** The JSON tests of the Server Discovery and Monitoring specification, on the whole manager with its events. */
public final class DiscoveryFormat implements Format {

    /** For the service loader. */
    public DiscoveryFormat() {}

    @Override
    public String name() {
        return "server discovery and monitoring";
    }

    @Override
    public List<CaseGroup> groups(Options options) {
        return SpecificationCases.files(
                options, "server-discovery-and-monitoring/tests", file -> file.containsKey("phases"), test -> {
                    run(test);
                    if (ReducerRun.expectsNoEvents(test)) {
                        ReducerRun.run(test);
                    }
                });
    }

    private static void run(BsonDocument test) {
        TopologyFixture fixture =
                TopologyFixture.of(test.getString("uri").getValue()).start();
        int seen = 0;
        for (BsonValue value : test.getArray("phases")) {
            BsonDocument phase = value.asDocument();
            for (BsonValue response : phase.getArray("responses", new BsonArray())) {
                hello(
                        fixture,
                        ServerAddress.parse(response.asArray().get(0).asString().getValue()),
                        response.asArray().get(1).asDocument());
            }
            for (BsonValue error : phase.getArray("applicationErrors", new BsonArray())) {
                ServerAddress address = ServerAddress.parse(
                        error.asDocument().getString("address").getValue());
                fixture.manager.onApplicationError(
                        fixture.server(address),
                        SpecificationErrors.parse(error.asDocument(), fixture.pool(address).generation));
            }
            BsonDocument outcome = phase.getDocument("outcome");
            if (outcome.containsKey("events")) {
                List<Object> events = fixture.events.withoutHeartbeats();
                check(events.subList(seen, events.size()), outcome.getArray("events"), fixture.manager.id());
                seen = events.size();
            } else {
                SpecificationOutcome.check(
                        fixture.manager.description(), address -> fixture.pool(address).generation, outcome);
            }
        }
    }

    private static void hello(TopologyFixture fixture, ServerAddress address, BsonDocument reply) {
        if (!fixture.pools.containsKey(address)) {
            // A server that was never part of the topology has no monitor that could hear of it.
            return;
        }
        ServerHandle server = fixture.server(address);
        if (reply.isEmpty()) {
            fixture.manager.onCheckFailed(server, new MongoConnectionException("broken", null, address, false));
        } else {
            fixture.manager.onChecked(
                    server, HelloParser.parse(address, reply, 0).build());
        }
    }

    private static void check(List<Object> actual, BsonArray expected, ObjectId topologyId) {
        assertThat(actual.stream().map(DiscoveryFormat::name).toList())
                .isEqualTo(expected.stream()
                        .map(event -> event.asDocument().getFirstKey())
                        .toList());
        for (int i = 0; i < actual.size(); i++) {
            BsonDocument event =
                    expected.get(i).asDocument().values().iterator().next().asDocument();
            check(actual.get(i), event, topologyId);
        }
    }

    private static String name(Object event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    private static void check(Object event, BsonDocument expected, ObjectId topologyId) {
        ObjectId id;
        if (event instanceof TopologyOpeningEvent opening) {
            id = opening.topologyId();
        } else if (event instanceof TopologyClosedEvent closed) {
            id = closed.topologyId();
        } else if (event instanceof TopologyDescriptionChangedEvent changed) {
            id = changed.topologyId();
            check(changed.previousDescription(), expected.getDocument("previousDescription"));
            check(changed.newDescription(), expected.getDocument("newDescription"));
        } else if (event instanceof ServerOpeningEvent opening) {
            id = opening.topologyId();
            assertAddress(opening.address(), expected);
        } else if (event instanceof ServerClosedEvent closed) {
            id = closed.topologyId();
            assertAddress(closed.address(), expected);
        } else if (event instanceof ServerDescriptionChangedEvent changed) {
            id = changed.topologyId();
            assertAddress(changed.address(), expected);
            check(changed.previousDescription(), expected.getDocument("previousDescription"));
            check(changed.newDescription(), expected.getDocument("newDescription"));
        } else {
            throw new AssertionError("unexpected event " + event);
        }
        assertThat(id).isEqualTo(topologyId);
    }

    private static void assertAddress(ServerAddress address, BsonDocument expected) {
        assertThat(address.toString()).isEqualTo(expected.getString("address").getValue());
    }

    private static void check(TopologyDescription topology, BsonDocument expected) {
        assertThat(topology.type().specificationName())
                .isEqualTo(expected.getString("topologyType").getValue());
        if (expected.containsKey("setName")) {
            assertThat(topology.setName())
                    .isEqualTo(expected.getString("setName").getValue());
        }
        List<ServerDescription> servers = List.copyOf(topology.servers().values());
        BsonArray expectedServers = expected.getArray("servers");
        assertThat(servers).hasSameSizeAs(expectedServers);
        for (int i = 0; i < servers.size(); i++) {
            check(servers.get(i), expectedServers.get(i).asDocument());
        }
    }

    private static void check(ServerDescription server, BsonDocument expected) {
        assertAddress(server.address(), expected);
        assertThat(server.type().specificationName())
                .isEqualTo(expected.getString("type").getValue());
        assertThat(server.setName())
                .isEqualTo(
                        expected.containsKey("setName")
                                ? expected.getString("setName").getValue()
                                : null);
        assertThat(server.primary() == null ? null : server.primary().toString())
                .isEqualTo(
                        expected.containsKey("primary")
                                ? expected.getString("primary").getValue()
                                : null);
        assertThat(strings(server.hosts())).isEqualTo(expected.getArray("hosts"));
        assertThat(strings(server.passives())).isEqualTo(expected.getArray("passives"));
        assertThat(strings(server.arbiters())).isEqualTo(expected.getArray("arbiters"));
    }

    private static BsonArray strings(Set<ServerAddress> addresses) {
        BsonArray strings = new BsonArray();
        addresses.forEach(address -> strings.add(new BsonString(address.toString())));
        return strings;
    }
}
