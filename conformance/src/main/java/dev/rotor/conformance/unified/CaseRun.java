package dev.rotor.conformance.unified;

import dev.rotor.conformance.unified.deployment.RunningDeployment;
import dev.rotor.conformance.unified.deployment.TopologyKind;
import dev.rotor.conformance.unified.entity.Arguments;
import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.CaseContext;
import dev.rotor.conformance.unified.entity.ClientEntity;
import dev.rotor.conformance.unified.entity.CollectionEntity;
import dev.rotor.conformance.unified.entity.CursorEntity;
import dev.rotor.conformance.unified.entity.InternalClients;
import dev.rotor.conformance.unified.entity.LogCollector;
import dev.rotor.conformance.unified.entity.SessionEntity;
import dev.rotor.conformance.unified.entity.ThreadEntity;
import dev.rotor.conformance.unified.entity.Values;
import dev.rotor.conformance.unified.match.EventMatcher;
import dev.rotor.conformance.unified.match.LogMatcher;
import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.ObservedEvent;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.conformance.unified.operation.OperationRunner;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoNamespace;
import java.time.Duration;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Executes one case on a running deployment, as the format's section "Executing a Test" says. */
final class CaseRun {

    private static final Duration THREAD_LIMIT = Duration.ofSeconds(10);
    /** How long to wait for events and log messages that have not come when the operations are over. */
    private static final Duration EVENT_LIMIT = Duration.ofSeconds(3);

    private final BsonDocument file;
    private final BsonDocument test;
    private final Usage usage;
    private final RunningDeployment running;
    private final InternalClients internal;
    private final OperationRunner operations;

    CaseRun(
            BsonDocument file,
            BsonDocument test,
            RunningDeployment running,
            InternalClients internal,
            OperationRunner operations) {
        this.file = file;
        this.test = test;
        this.usage = Usage.of(test);
        this.running = running;
        this.internal = internal;
        this.operations = operations;
    }

    /** Returns when the case passes; throws what it fails with. What it leaves behind is cleaned up in any case. */
    void run() throws Exception {
        setUpData();
        CaseContext context = CaseContext.of(running, internal, usage.failPoints(), clusterTime());
        Throwable failure = null;
        try {
            context.factory().create(documents(file, "createEntities"));
            warmUpDistinct(context);
            operations.runAll(documents(test, "operations"), context);
            for (ThreadEntity thread : context.entities().all(ThreadEntity.class)) {
                thread.await(THREAD_LIMIT);
            }
            awaitEvents(context);
        } catch (Throwable broken) {
            failure = broken;
        }
        context.entities().all(ClientEntity.class).forEach(ClientEntity::stopObserving);
        failure = attempt(failure, () -> context.failPoints().turnOff());
        if (failure == null) {
            failure = attempt(null, () -> assertEvents(context));
        }
        if (failure == null) {
            failure = attempt(null, () -> assertLogs(context));
        }
        if (failure == null) {
            failure = attempt(null, this::assertOutcome);
        }
        boolean failed = failure != null;
        failure = attempt(failure, () -> cleanUp(context, failed));
        raise(failure);
    }

    /** Files that bring no data count on finding none of other files in the collections that they name. */
    private void setUpData() throws Exception {
        for (BsonDocument data : documents(file, "initialData")) {
            CollectionData.of(data).setUp(internal.main());
        }
        if (!file.containsKey("initialData")) {
            for (MongoNamespace namespace : Usage.namespaces(documents(file, "createEntities"))) {
                Await.result(internal.main()
                        .getDatabase(namespace.databaseName())
                        .getCollection(namespace.collectionName())
                        .drop());
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** The first failure is told; a later one that follows from it is not. */
    private static @Nullable Throwable attempt(@Nullable Throwable before, Step step) {
        try {
            step.run();
            return before;
        } catch (Throwable failure) {
            return before == null ? failure : before;
        }
    }

    private static void raise(@Nullable Throwable failure) throws Exception {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
    }

    private static List<BsonDocument> documents(BsonDocument owner, String name) {
        return owner.containsKey(name) ? Values.documents(owner.get(name)) : List.of();
    }

    /** Sharded clusters must know of the data before a transaction begins on another mongos. */
    private @Nullable BsonDocument clusterTime() throws Exception {
        boolean sharded = running.deployment().topology() == TopologyKind.SHARDED
                || running.deployment().topology() == TopologyKind.LOAD_BALANCED;
        if (!sharded || !usage.transactions()) {
            return null;
        }
        BsonDocument reply = Await.result(internal.main()
                .getDatabase("admin")
                .runCommand(new BsonDocument("ping", new BsonInt32(1)), BsonDocument.class));
        return reply.isDocument("$clusterTime") ? reply.getDocument("$clusterTime") : null;
    }

    /** A mongos that has not seen the database yet refuses distinct in a transaction. */
    private void warmUpDistinct(CaseContext context) throws Exception {
        if (!usage.distinct() || !usage.transactions()) {
            return;
        }
        for (CollectionEntity entity : context.entities().all(CollectionEntity.class)) {
            MongoNamespace namespace = entity.collection().namespace();
            for (MongoClient mongos : internal.everyMongos()) {
                Await.result(mongos.getDatabase(namespace.databaseName())
                        .getCollection(namespace.collectionName())
                        .distinct("_id", BsonValue.class)
                        .toList());
            }
        }
    }

    /** Cursors are killed in the background: what an operation has set going may be told after its end. */
    private void awaitEvents(CaseContext context) throws InterruptedException {
        for (BsonDocument expected : documents(test, "expectEvents")) {
            ClientEntity client =
                    context.entities().get(expected.getString("client").getValue(), ClientEntity.class);
            ObservedEvent.Kind kind = ObservedEvent.Kind.of(
                    expected.getString("eventType", new BsonString("command")).getValue());
            int count = expected.getArray("events").size();
            client.events().await(() -> client.events(kind).size() >= count, EVENT_LIMIT);
        }
        LogMatcher matcher = new LogMatcher(new Matcher(context.entities()));
        for (BsonDocument expected : documents(test, "expectLogMessages")) {
            ClientEntity client =
                    context.entities().get(expected.getString("client").getValue(), ClientEntity.class);
            LogCollector logs = client.logs();
            if (logs != null) {
                // A message is written before its event is told, which wakes who waits here.
                client.events().await(() -> matcher.isComplete(expected, logs.entries()), EVENT_LIMIT);
            }
        }
    }

    private void assertEvents(CaseContext context) {
        EventMatcher matcher = new EventMatcher(new Matcher(context.entities()));
        for (BsonDocument expected : documents(test, "expectEvents")) {
            Arguments fields = new Arguments("expectEvents", expected);
            ClientEntity client = context.entities().get(fields.required("client", Values::string), ClientEntity.class);
            ObservedEvent.Kind kind = ObservedEvent.Kind.of(fields.orElse("eventType", Values::string, "command"));
            BsonArray events = fields.required("events", BsonValue::asArray);
            boolean ignoreExtra = fields.orElse("ignoreExtraEvents", Values::bool, false);
            fields.assertAllUsed();
            matcher.assertEvents(events, ignoreExtra, client.events(kind), client.name());
        }
    }

    private void assertLogs(CaseContext context) {
        LogMatcher matcher = new LogMatcher(new Matcher(context.entities()));
        for (BsonDocument expected : documents(test, "expectLogMessages")) {
            String name = expected.getString("client").getValue();
            LogCollector logs = context.entities().get(name, ClientEntity.class).logs();
            if (logs == null) {
                throw new RunnerException("the log messages of " + name + " were not observed");
            }
            matcher.assertMessages(expected, logs.entries());
        }
    }

    private void assertOutcome() throws Exception {
        for (BsonDocument data : documents(test, "outcome")) {
            CollectionData.of(data).assertIsThere(internal.main());
        }
    }

    private void cleanUp(CaseContext context, boolean failed) throws Exception {
        context.entities().all(ThreadEntity.class).forEach(ThreadEntity::close);
        // A transaction that a failed case left open would hold up whatever comes next, the ending of sessions too.
        if (failed) {
            ServerSessions.killAll(internal);
        }
        context.entities().all(SessionEntity.class).forEach(session -> session.session()
                .close());
        context.entities().all(CursorEntity.class).forEach(cursor -> cursor.cursor()
                .close());
        context.entities().all(ClientEntity.class).forEach(ClientEntity::release);
        if (usage.transactions() && !failed) {
            ServerSessions.killAll(internal);
        }
    }
}
