package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.deployment.TopologyKind;
import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.ClientEntity;
import dev.rotor.conformance.unified.entity.SessionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.CourseError;
import dev.rotor.conformance.unified.match.EventMatcher;
import dev.rotor.conformance.unified.match.EventText;
import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Special operations that set something up or wait for something. */
final class RunnerOperations {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private RunnerOperations() {}

    static Map<String, Handler<CaseContext>> table() {
        return Map.of(
                "failPoint", RunnerOperations::failPoint,
                "targetedFailPoint", RunnerOperations::targetedFailPoint,
                "createEntities", RunnerOperations::createEntities,
                "waitForEvent", RunnerOperations::waitForEvent,
                "recordTopologyDescription", RunnerOperations::recordTopologyDescription,
                "waitForPrimaryChange", RunnerOperations::waitForPrimaryChange,
                "wait", RunnerOperations::sleep);
    }

    private static Handler.Action failPoint(CaseContext self, Arguments arguments, CaseContext context) {
        ClientEntity client = client(arguments, context);
        BsonDocument command = arguments.required("failPoint", Values::document);
        // Two cases name a session as well, which the format does not know; the fail point is set without it.
        arguments.optional("session", Values::string);
        return () -> {
            context.failPoints().configure(client.client(), target(client.client(), context), command);
            return Result.NONE;
        };
    }

    /** The server that the client will send the fail point to, where it is not the only one. */
    private static @Nullable ServerAddress target(MongoClient client, CaseContext context) {
        List<ServerAddress> hosts = client.settings().topologySettings().hosts();
        if (context.running().deployment().topology() != TopologyKind.REPLICA_SET) {
            return hosts.size() == 1 ? hosts.get(0) : null;
        }
        return primary(client.topologyDescription());
    }

    private static Handler.Action targetedFailPoint(CaseContext self, Arguments arguments, CaseContext context) {
        SessionEntity session =
                context.entities().get(arguments.required("session", Values::string), SessionEntity.class);
        BsonDocument command = arguments.required("failPoint", Values::document);
        return () -> {
            ServerAddress server = session.session().pinnedServer();
            if (server == null) {
                throw new RunnerException("targetedFailPoint needs a session that is pinned to a mongos");
            }
            context.failPoints().configure(context.internal().at(server), server, command);
            return Result.NONE;
        };
    }

    private static Handler.Action createEntities(CaseContext self, Arguments arguments, CaseContext context) {
        List<BsonDocument> entities = arguments.required("entities", Values::documents);
        return () -> {
            context.factory().create(entities);
            return Result.NONE;
        };
    }

    private static Handler.Action waitForEvent(CaseContext self, Arguments arguments, CaseContext context) {
        ClientEntity client = client(arguments, context);
        BsonDocument expected = arguments.required("event", Values::document);
        int count = arguments.required("count", Values::int32);
        EventMatcher matcher = new EventMatcher(new Matcher(context.entities()));
        return () -> {
            if (!client.events().await(event -> matcher.matches(expected, event), count, LIMIT)) {
                throw new CourseError("did not see " + Matcher.text(expected) + " " + count + " times within " + LIMIT
                        + ", but " + EventText.of(client.events().all()));
            }
            return Result.NONE;
        };
    }

    private static Handler.Action recordTopologyDescription(
            CaseContext self, Arguments arguments, CaseContext context) {
        ClientEntity client = client(arguments, context);
        String id = arguments.required("id", Values::string);
        return () -> {
            context.entities().add(id, client.client().topologyDescription());
            return Result.NONE;
        };
    }

    private static Handler.Action waitForPrimaryChange(CaseContext self, Arguments arguments, CaseContext context) {
        ClientEntity client = client(arguments, context);
        TopologyDescription prior = context.entities()
                .get(arguments.required("priorTopologyDescription", Values::string), TopologyDescription.class);
        Duration limit = arguments.orElse("timeoutMS", Values::millis, LIMIT);
        return () -> {
            ServerAddress before = primary(prior);
            boolean changed = client.events()
                    .await(
                            () -> {
                                ServerAddress now = primary(client.client().topologyDescription());
                                return now != null && !now.equals(before);
                            },
                            limit);
            if (!changed) {
                throw new CourseError("the primary is still " + before + " after " + limit + ": "
                        + client.client().topologyDescription());
            }
            return Result.NONE;
        };
    }

    private static @Nullable ServerAddress primary(TopologyDescription topology) {
        return topology.servers().values().stream()
                .filter(server -> server.type() == ServerType.RS_PRIMARY)
                .map(ServerDescription::address)
                .findFirst()
                .orElse(null);
    }

    /** The only operation that sleeps: the case asks for it. */
    private static Handler.Action sleep(CaseContext self, Arguments arguments, CaseContext context) {
        Duration time = arguments.required("ms", Values::millis);
        return () -> {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return Result.NONE;
        };
    }

    static ClientEntity client(Arguments arguments, CaseContext context) {
        return context.entities().get(arguments.required("client", Values::string), ClientEntity.class);
    }
}
