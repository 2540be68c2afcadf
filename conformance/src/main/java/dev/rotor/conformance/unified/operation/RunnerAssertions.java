package dev.rotor.conformance.unified.operation;

import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.ClientEntity;
import dev.rotor.conformance.unified.entity.SessionEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.CourseError;
import dev.rotor.conformance.unified.match.EventMatcher;
import dev.rotor.conformance.unified.match.EventText;
import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.topology.TopologyDescription;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Special operations that assert something. */
final class RunnerAssertions {

    private static final int NAMESPACE_NOT_FOUND = 26;
    /** How long what a pool tells may be on its way. */
    private static final Duration TOLD = Duration.ofSeconds(3);

    private RunnerAssertions() {}

    static Map<String, Handler<CaseContext>> table() {
        return Map.ofEntries(
                Map.entry("assertSessionTransactionState", RunnerAssertions::transactionState),
                Map.entry("assertSessionPinned", (self, arguments, context) -> pinned(arguments, context, true)),
                Map.entry("assertSessionUnpinned", (self, arguments, context) -> pinned(arguments, context, false)),
                Map.entry("assertSessionDirty", (self, arguments, context) -> dirty(arguments, context, true)),
                Map.entry("assertSessionNotDirty", (self, arguments, context) -> dirty(arguments, context, false)),
                Map.entry(
                        "assertSameLsidOnLastTwoCommands",
                        (self, arguments, context) -> lsids(arguments, context, true)),
                Map.entry(
                        "assertDifferentLsidOnLastTwoCommands",
                        (self, arguments, context) -> lsids(arguments, context, false)),
                Map.entry("assertCollectionExists", (self, arguments, context) -> collection(arguments, context, true)),
                Map.entry(
                        "assertCollectionNotExists",
                        (self, arguments, context) -> collection(arguments, context, false)),
                Map.entry("assertIndexExists", (self, arguments, context) -> index(arguments, context, true)),
                Map.entry("assertIndexNotExists", (self, arguments, context) -> index(arguments, context, false)),
                Map.entry("assertNumberConnectionsCheckedOut", RunnerAssertions::connectionsCheckedOut),
                Map.entry("assertEventCount", RunnerAssertions::eventCount),
                Map.entry("assertTopologyType", RunnerAssertions::topologyType));
    }

    private static SessionEntity session(Arguments arguments, CaseContext context) {
        return context.entities().get(arguments.required("session", Values::string), SessionEntity.class);
    }

    private static Handler.Action transactionState(CaseContext self, Arguments arguments, CaseContext context) {
        SessionEntity session = session(arguments, context);
        String expected = arguments.required("state", Values::string);
        return () -> {
            String state = session.session().transactionState().name().toLowerCase(Locale.ROOT);
            check(state.equals(expected), "the transaction is " + state + ", not " + expected);
            return Result.NONE;
        };
    }

    private static Handler.Action pinned(Arguments arguments, CaseContext context, boolean expected) {
        SessionEntity session = session(arguments, context);
        return () -> {
            boolean pinned = Sessions.isPinned(session.session());
            check(pinned == expected, "the session is " + (pinned ? "" : "not ") + "pinned");
            return Result.NONE;
        };
    }

    private static Handler.Action dirty(Arguments arguments, CaseContext context, boolean expected) {
        SessionEntity session = session(arguments, context);
        return () -> {
            boolean dirty = Sessions.isDirty(session.session());
            check(dirty == expected, "the session is " + (dirty ? "" : "not ") + "dirty");
            return Result.NONE;
        };
    }

    private static Handler.Action lsids(Arguments arguments, CaseContext context, boolean same) {
        ClientEntity client = RunnerOperations.client(arguments, context);
        return () -> {
            List<BsonDocument> commands = client.events(ObservedEvent.Kind.COMMAND).stream()
                    .map(ObservedEvent::event)
                    .filter(CommandStartedEvent.class::isInstance)
                    .map(event -> ((CommandStartedEvent) event).command())
                    .toList();
            check(commands.size() >= 2, "there were fewer than two commands: " + commands.size());
            BsonDocument last = lsid(commands.get(commands.size() - 1));
            BsonDocument before = lsid(commands.get(commands.size() - 2));
            check(last.equals(before) == same, "the last two commands had the lsids " + before + " and " + last);
            return Result.NONE;
        };
    }

    private static BsonDocument lsid(BsonDocument command) {
        check(command.containsKey("lsid"), "a command has no lsid: " + Matcher.text(command));
        return command.getDocument("lsid");
    }

    private static Handler.Action collection(Arguments arguments, CaseContext context, boolean expected) {
        MongoDatabase database =
                context.internal().main().getDatabase(arguments.required("databaseName", Values::string));
        String name = arguments.required("collectionName", Values::string);
        return () -> {
            boolean exists = Await.result(database.listCollectionNames(new BsonDocument("name", new BsonString(name))))
                    .contains(name);
            check(exists == expected, "the collection " + name + (exists ? " exists" : " does not exist"));
            return Result.NONE;
        };
    }

    private static Handler.Action index(Arguments arguments, CaseContext context, boolean expected) {
        MongoDatabase database =
                context.internal().main().getDatabase(arguments.required("databaseName", Values::string));
        String collection = arguments.required("collectionName", Values::string);
        String name = arguments.required("indexName", Values::string);
        return () -> {
            boolean exists = indexNames(database, collection).contains(name);
            check(exists == expected, "the index " + name + (exists ? " exists" : " does not exist"));
            return Result.NONE;
        };
    }

    private static List<String> indexNames(MongoDatabase database, String collection) throws Exception {
        try {
            return Await.result(database.getCollection(collection)
                            .listIndexes(BsonDocument.class)
                            .toList())
                    .stream()
                    .map(index -> index.getString("name").getValue())
                    .toList();
        } catch (MongoCommandException failure) {
            if (failure.code() == NAMESPACE_NOT_FOUND) {
                return List.of();
            }
            throw failure;
        }
    }

    private static Handler.Action connectionsCheckedOut(CaseContext self, Arguments arguments, CaseContext context) {
        ClientEntity client = RunnerOperations.client(arguments, context);
        int expected = arguments.required("connections", Values::int32);
        return () -> {
            // A pool's events may be told by another thread than the one whose operation is over.
            client.events().await(() -> client.connectionsCheckedOut() == expected, TOLD);
            int actual = client.connectionsCheckedOut();
            check(actual == expected, actual + " connections are checked out, not " + expected);
            return Result.NONE;
        };
    }

    private static Handler.Action eventCount(CaseContext self, Arguments arguments, CaseContext context) {
        ClientEntity client = RunnerOperations.client(arguments, context);
        BsonDocument expected = arguments.required("event", Values::document);
        int count = arguments.required("count", Values::int32);
        EventMatcher matcher = new EventMatcher(new Matcher(context.entities()));
        return () -> {
            long actual = client.events().count(event -> matcher.matches(expected, event));
            if (actual != count) {
                throw new CourseError("there were " + actual + " and not " + count + " of " + Matcher.text(expected)
                        + ": " + EventText.of(client.events().all()));
            }
            return Result.NONE;
        };
    }

    private static Handler.Action topologyType(CaseContext self, Arguments arguments, CaseContext context) {
        TopologyDescription topology = context.entities()
                .get(arguments.required("topologyDescription", Values::string), TopologyDescription.class);
        String expected = arguments.required("topologyType", Values::string);
        return () -> {
            String actual = topology.type().specificationName();
            check(actual.equals(expected), "the topology is " + actual + ", not " + expected);
            return Result.NONE;
        };
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
