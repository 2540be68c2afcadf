package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The prose tests of Driver Sessions that need a whole client; 1, 2 and 21 to 23 are with the sessions' own tests. */
class SessionProseTest {

    private static final String TIME = ", $clusterTime: {clusterTime: {$timestamp: {t: %d, i: 1}}}, operationTime:"
            + " {$timestamp: {t: %d, i: 1}}";
    private static final Document EMPTY = new Document();
    private static final Document SET = new Document("$set", new Document("a", 1));

    private final ClusterRig rig = ClusterRig.replicaSet(1, "");

    private BsonDocument body(int index) {
        return rig.member(0).received.get(index).body();
    }

    private BsonDocument last() {
        return body(rig.member(0).received.size() - 1);
    }

    /** Everything that a collection bound to a session or not can be asked. */
    private static Map<String, Function<MongoCollection<Document>, CompletionStage<?>>> operations() {
        Map<String, Function<MongoCollection<Document>, CompletionStage<?>>> all = new LinkedHashMap<>();
        all.put("insertOne", things -> things.insertOne(new Document()));
        all.put("insertMany", things -> things.insertMany(List.of(new Document())));
        all.put("deleteOne", things -> things.deleteOne(EMPTY));
        all.put("deleteMany", things -> things.deleteMany(EMPTY));
        all.put("updateOne", things -> things.updateOne(EMPTY, SET));
        all.put("updateMany", things -> things.updateMany(EMPTY, SET));
        all.put("replaceOne", things -> things.replaceOne(EMPTY, new Document("a", 1)));
        all.put("bulkWrite", things -> things.bulkWrite(List.of(new InsertOneModel<>(new Document()))));
        all.put("findOneAndDelete", things -> things.findOneAndDelete(EMPTY));
        all.put("findOneAndUpdate", things -> things.findOneAndUpdate(EMPTY, SET));
        all.put("findOneAndReplace", things -> things.findOneAndReplace(EMPTY, new Document("a", 1)));
        all.put("find", things -> things.find().toList());
        all.put("first", things -> things.find().first());
        all.put("aggregate", things -> things.aggregate(List.of()).toList());
        all.put("distinct", things -> things.distinct("a", Integer.class).toList());
        all.put("countDocuments", things -> things.countDocuments());
        all.put("createIndex", things -> things.createIndex(new Document("a", 1)));
        all.put("dropIndex", things -> things.dropIndex("a_1"));
        all.put("listIndexes", things -> things.listIndexes().toList());
        all.put("drop", things -> things.drop());
        return all;
    }

    private static Map<String, Function<MongoDatabase, CompletionStage<?>>> databaseOperations() {
        Map<String, Function<MongoDatabase, CompletionStage<?>>> all = new LinkedHashMap<>();
        all.put("runCommand", app -> app.runCommand(new Document("ping", 1)));
        all.put("createCollection", app -> app.createCollection("things"));
        all.put("listCollections", app -> app.listCollections().toList());
        all.put("aggregate", app -> app.aggregate(List.of()).toList());
        all.put("drop", app -> app.drop());
        return all;
    }

    private void answerAll() {
        rig.client();
        rig.member(0).script = message -> switch (message.commandName()) {
            case "find", "aggregate", "listIndexes", "listCollections" ->
                "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: [{_id: 1, n: 1, name: 'x'}]}}";
            case "distinct" -> "{ok: 1, values: []}";
            default -> "{ok: 1, n: 1, value: null}";
        };
    }

    @Test
    void prose3TheClusterTimeOfTheLastReplyGoesAlongWithTheNextCommand() {
        rig.client();
        int[] time = {0};
        rig.member(0).script = message -> {
            time[0]++;
            String reply = message.commandName().equals("insert")
                            || message.commandName().equals("ping")
                    ? "{ok: 1, n: 1"
                    : "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: []}";
            return reply + String.format(TIME, time[0], time[0]) + "}";
        };
        MongoDatabase app = rig.client().getDatabase("app");
        List<Supplier<CompletionStage<?>>> kinds = List.of(
                () -> app.runCommand(new Document("ping", 1)),
                () -> rig.collection().aggregate(List.of()).toList(),
                () -> rig.collection().find().toList(),
                () -> rig.collection().insertOne(new Document()));
        for (Supplier<CompletionStage<?>> kind : kinds) {
            rig.done(kind.get());
            int seen = time[0];

            rig.done(kind.get());

            assertThat(last().getDocument("$clusterTime").getTimestamp("clusterTime"))
                    .isEqualTo(new BsonTimestamp(seen, 1));
        }
    }

    @Test
    void prose4ExplicitAndImplicitSessionsAreSent() {
        answerAll();
        ClientSession session = rig.client().startSession();
        operations().forEach((name, operation) -> {
            rig.done(operation.apply(rig.collection().withSession(session)));
            assertThat(last().getDocument("lsid")).as(name).isEqualTo(session.sessionId());
            rig.done(operation.apply(rig.collection()));
            assertThat(last().getDocument("lsid"))
                    .as(name + " without a session")
                    .isNotEqualTo(session.sessionId());
        });
        databaseOperations().forEach((name, operation) -> {
            rig.done(operation.apply(rig.client().getDatabase("app").withSession(session)));
            assertThat(last().getDocument("lsid")).as(name).isEqualTo(session.sessionId());
        });
        rig.member(0).script = message -> "{ok: 1, databases: []}";
        rig.done(rig.client().withSession(session).listDatabaseNames());
        assertThat(last().getDocument("lsid")).isEqualTo(session.sessionId());
    }

    @Test
    void prose5ASessionOfAnotherClientIsRefused() {
        ClientSession foreign = ClusterRig.replicaSet(1, "").client().startSession();

        assertThatThrownBy(() -> rig.collection().withSession(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.client().withSession(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.client().getDatabase("app").withSession(foreign))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prose6NothingCanBeDoneWithASessionThatHasEnded() {
        answerAll();
        ClientSession session = rig.client().startSession();
        session.close();
        session.close();

        operations().forEach((name, operation) -> assertThat(
                        rig.failure(operation.apply(rig.collection().withSession(session))))
                .as(name)
                .isInstanceOf(IllegalStateException.class));
        databaseOperations().forEach((name, operation) -> assertThat(rig.failure(
                        operation.apply(rig.client().getDatabase("app").withSession(session))))
                .as(name)
                .isInstanceOf(IllegalStateException.class));
        assertThat(rig.member(0).received).isEmpty();
    }

    /** Takes another session for the next operation, unless the one that was used is back in the pool. */
    private BsonValue sessionOfAnotherOperation() {
        rig.done(rig.client().getDatabase("app").runCommand(new Document("ping", 1)));
        return last().getDocument("lsid");
    }

    @Test
    void prose8ACursorThatIsExhaustedByItsFirstBatchHasGivenItsSessionBack() {
        rig.client();
        rig.member(0).fail(1, "find", ClientRig.batch("firstBatch", 0, 1, 2));

        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        rig.done(cursor.next());

        assertThat(sessionOfAnotherOperation()).isNotNull().isEqualTo(body(0).get("lsid"));
        assertThat(rig.done(cursor.next())).isEqualTo(new Document("_id", 2));
    }

    @Test
    void prose9ACursorThatIsExhaustedByAGetMoreHasGivenItsSessionBack() {
        rig.client();
        rig.member(0).fail(1, "find", ClientRig.batch("firstBatch", 7, 1, 3));
        rig.member(0).fail(1, "getMore", ClientRig.batch("nextBatch", 0, 4, 2));

        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().batchSize(3).open());
        for (int i = 1; i <= 4; i++) {
            assertThat(rig.done(cursor.next())).isEqualTo(new Document("_id", i));
        }

        assertThat(rig.member(0).count("getMore")).isEqualTo(1);
        assertThat(sessionOfAnotherOperation()).isNotNull().isEqualTo(body(0).get("lsid"));
        assertThat(rig.done(cursor.next())).isEqualTo(new Document("_id", 5));
    }

    /** A client ends, when it is closed, what lies in its pool; so that is where all that were used have to be. */
    @Test
    void prose10AfterEveryKindOfOperationNoSessionIsCheckedOut() {
        answerAll();
        operations().values().forEach(operation -> rig.done(operation.apply(rig.collection())));
        databaseOperations()
                .values()
                .forEach(operation -> rig.done(operation.apply(rig.client().getDatabase("app"))));
        Set<BsonValue> used = new HashSet<>();
        rig.member(0).received.forEach(message -> used.add(message.body().getDocument("lsid")));

        rig.done(rig.client().closeAsync());

        Set<BsonValue> ended = new HashSet<>();
        rig.member(0).received.stream()
                .filter(message -> message.commandName().equals("endSessions"))
                .forEach(message -> ended.addAll(message.body().getArray("endSessions")));
        assertThat(used).isNotEmpty();
        assertThat(ended).isEqualTo(used);
    }

    @Test
    void prose11AGetMoreHasTheSessionOfItsFindOnEveryTopologyWithEveryReadPreference() {
        Map<String, Supplier<ClusterRig>> topologies = Map.of(
                "standalone", () -> ClusterRig.standalone(""),
                "replica set", () -> ClusterRig.replicaSet(1, ""),
                "sharded", () -> ClusterRig.sharded(1, ""),
                "load balanced", () -> ClusterRig.loadBalanced(""));
        topologies.forEach((name, topology) -> {
            for (ReadPreference preference : List.of(
                    ReadPreference.PRIMARY,
                    ReadPreference.PRIMARY_PREFERRED,
                    ReadPreference.SECONDARY_PREFERRED,
                    ReadPreference.NEAREST)) {
                ClusterRig other = topology.get();
                other.client();
                FakeMember member = other.member(0).fail(1, "find", ClientRig.batch("firstBatch", 7, 1, 2));

                other.done(other.collection()
                        .withReadPreference(preference)
                        .find()
                        .batchSize(2)
                        .toList());

                BsonDocument find = member.received.get(0).body();
                BsonDocument getMore = member.received.get(1).body();
                assertThat(getMore.getInt64("getMore").getValue()).isEqualTo(7);
                assertThat(getMore.get("lsid"))
                        .as(name + " " + preference)
                        .isNotNull()
                        .isEqualTo(find.get("lsid"));
            }
        });
    }

    @Test
    void prose11AGetMoreOfASecondaryHasTheSessionOfItsFind() {
        ClusterRig set = ClusterRig.replicaSet(2, "&readPreference=secondary");
        set.client();
        FakeMember secondary = set.member(1).fail(1, "find", ClientRig.batch("firstBatch", 7, 1, 2));

        set.done(set.collection().find().batchSize(2).toList());

        assertThat(secondary.received.get(1).body().get("lsid"))
                .isNotNull()
                .isEqualTo(secondary.received.get(0).body().get("lsid"));
    }

    @Test
    void prose14ImplicitSessionsTakeAServerSessionOnlyOnceTheyHaveAConnection() {
        ClusterRig one = ClusterRig.replicaSet(1, "&maxPoolSize=1&retryWrites=true");
        one.client();
        MongoCollection<Document> things = one.collection();
        List<CompletionStage<?>> all = new ArrayList<>();
        all.add(things.insertOne(new Document()));
        all.add(things.deleteOne(EMPTY));
        all.add(things.updateOne(EMPTY, SET));
        all.add(things.bulkWrite(List.of(new UpdateOneModel<>(EMPTY, SET))));
        all.add(things.findOneAndDelete(EMPTY));
        all.add(things.findOneAndUpdate(EMPTY, SET));
        all.add(things.findOneAndReplace(EMPTY, new Document("a", 1)));
        all.add(things.find().toList());
        for (CompletionStage<?> operation : all) {
            one.done(operation);
        }

        Set<BsonValue> sessions = new HashSet<>();
        one.member(0).received.forEach(message -> sessions.add(message.body().getDocument("lsid")));
        assertThat(one.member(0).received).hasSize(8);
        assertThat(sessions).hasSize(1);
    }

    @Test
    void prose18AnImplicitSessionIsPassedOverWhereTheServerHasNone() {
        withoutSessions();

        rig.done(rig.collection().find().first());
        rig.done(rig.collection().insertOne(new Document()));

        assertThat(body(0).containsKey("lsid")).isFalse();
        assertThat(body(1).containsKey("lsid")).isFalse();
    }

    @Test
    void prose19AnExplicitSessionIsAnErrorWhereTheServerHasNone() {
        withoutSessions();
        ClientSession session = rig.client().startSession();
        MongoCollection<Document> things = rig.collection().withSession(session);

        for (CompletionStage<?> operation : List.of(things.find().first(), things.insertOne(new Document()))) {
            assertThat(rig.failure(operation))
                    .isInstanceOf(MongoException.class)
                    .hasMessageContaining("Sessions are not supported");
        }
        assertThat(rig.member(0).received).isEmpty();
    }

    private void withoutSessions() {
        rig.member(0).hello = "setName: 'rs', hosts: ['db0:27017'], isWritablePrimary: true";
    }

    @Test
    void prose20MonitorsNeitherSendNorTakeNoteOfClusterTimes() {
        rig.client();
        rig.member(0).hello += String.format(TIME, 90, 90);
        rig.member(0).script = message -> "{ok: 1" + String.format(TIME, 5, 5) + "}";
        MongoDatabase admin = rig.client().getDatabase("admin");
        rig.done(admin.runCommand(new Document("ping", 1)));

        rig.pass(Duration.ofSeconds(30));
        rig.done(admin.runCommand(new Document("ping", 1)));

        assertThat(last().getDocument("$clusterTime").getTimestamp("clusterTime"))
                .isEqualTo(new BsonTimestamp(5, 1));
    }

    @Test
    void closingTheClientEndsTheSessionsOfItsPoolTenThousandAtATime() {
        rig.client();
        List<ClientSession> open = new ArrayList<>();
        for (int i = 0; i < 10_001; i++) {
            ClientSession session = rig.client().startSession();
            session.sessionId();
            open.add(session);
        }
        open.forEach(ClientSession::close);

        CompletableFuture<Void> closed = rig.client().closeAsync().toCompletableFuture();
        rig.run();
        rig.pass(Duration.ofSeconds(1));

        assertThat(closed).isDone();
        assertThat(rig.member(0).received.stream()
                        .map(message -> message.body().getArray("endSessions").size()))
                .containsExactlyInAnyOrder(10_000, 1);
        assertThat(body(0).getString("$db").getValue()).isEqualTo("admin");
        assertThatThrownBy(() -> rig.client().startSession()).isInstanceOf(MongoClientClosedException.class);
    }

    @Test
    void aDeploymentThatDoesNotAnswerDoesNotHoldTheClientsEndUp() {
        rig.done(rig.collection().insertOne(new Document()));
        rig.member(0).script = message -> null;

        CompletableFuture<Void> closed = rig.client().closeAsync().toCompletableFuture();
        rig.run();
        rig.pass(Duration.ofSeconds(5));

        assertThat(rig.member(0).count("endSessions")).isEqualTo(1);
        assertThat(closed).isDone();
    }
}
