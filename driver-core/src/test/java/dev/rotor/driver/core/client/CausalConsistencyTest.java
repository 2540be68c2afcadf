package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.model.SearchIndexModel;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The prose tests of Causal Consistency, and of the gossip of cluster times. */
class CausalConsistencyTest {

    private static final String TIMES =
            "operationTime: {$timestamp: {t: 5, i: 1}}, $clusterTime: {clusterTime: {$timestamp: {t: 5, i: 2}}}";
    private static final String FOUND =
            "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: [{_id: 1}]}, " + TIMES + "}";
    private static final BsonTimestamp FIVE_ONE = new BsonTimestamp(5, 1);

    private final ClientRig rig = new ClientRig();

    private void findOne(ClientSession session) {
        rig.done(rig.collection(session).find().first());
    }

    @Test
    void prose1ANewSessionHasNoOperationTime() {
        assertThat(rig.session().operationTime()).isNull();
    }

    @Test
    void prose2TheFirstReadSendsNoAfterClusterTime() {
        rig.answer(FOUND);

        findOne(rig.session());

        assertThat(rig.body(0).containsKey("readConcern")).isFalse();
    }

    @Test
    void prose3TheFirstOperationSetsTheOperationTimeEvenWhenItFails() {
        rig.answer("{ok: 0, code: 59, errmsg: 'no', " + TIMES + "}");
        ClientSession session = rig.session();

        rig.failure(rig.collection(session).find().first());

        assertThat(session.operationTime()).isEqualTo(FIVE_ONE);
    }

    @Test
    void prose4AnyReadAfterAFindHasItsOperationTime() {
        rig.script = message -> FOUND;
        ClientSession session = rig.session();
        findOne(session);
        var things = rig.collection(session);

        rig.done(things.find().first());
        rig.done(things.find().toList());
        rig.done(things.aggregate(List.of()).toList());
        rig.answer("{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: [{n: 1}]}, " + TIMES + "}");
        rig.done(things.countDocuments());
        rig.answer("{ok: 1, values: [1], " + TIMES + "}", "{ok: 1, n: 3, " + TIMES + "}");
        rig.done(things.distinct("x", Integer.class).toList());
        rig.done(things.estimatedDocumentCount());

        for (int i = 1; i < rig.sent.size(); i++) {
            assertThat(rig.body(i).getDocument("readConcern"))
                    .as(rig.sentNames().get(i))
                    .isEqualTo(new BsonDocument("afterClusterTime", FIVE_ONE));
        }
        assertThat(rig.sent).hasSize(7);
    }

    @Test
    void prose5AnyWriteBeforeAFindGivesItItsOperationTime() {
        rig.answer("{ok: 1, n: 1, " + TIMES + "}", FOUND);
        ClientSession session = rig.session();

        rig.done(rig.collection(session).insertOne(new Document()));
        findOne(session);

        assertThat(rig.body(1).getDocument("readConcern")).isEqualTo(new BsonDocument("afterClusterTime", FIVE_ONE));
    }

    @Test
    void writesAfterAnOperationHaveItsTimeButNoLevel() {
        rig.readConcern = ReadConcern.MAJORITY;
        ClientSession session = rig.session();
        session.advanceOperationTime(FIVE_ONE);
        rig.script = message -> "{ok: 1, n: 1}";
        var things = rig.collection(session);

        rig.done(things.insertOne(new Document()));
        rig.done(things.updateOne(new Document(), new Document("$set", new Document("a", 1))));
        rig.done(things.deleteOne(new Document()));
        rig.done(things.findOneAndDelete(new Document()));
        rig.done(things.createIndex(new Document("a", 1)));
        rig.done(things.dropIndex("a_1"));
        rig.done(things.drop());
        rig.done(rig.database().withSession(session).createCollection("things"));
        rig.done(rig.database().withSession(session).drop());

        assertThat(rig.sentNames())
                .containsExactly(
                        "insert",
                        "update",
                        "delete",
                        "findAndModify",
                        "createIndexes",
                        "dropIndexes",
                        "drop",
                        "create",
                        "dropDatabase");
        for (int i = 0; i < rig.sent.size(); i++) {
            assertThat(rig.body(i).getDocument("readConcern"))
                    .as(rig.sentNames().get(i))
                    .isEqualTo(new BsonDocument("afterClusterTime", FIVE_ONE));
        }
    }

    @Test
    void runCommandIsSentAsItIs() {
        rig.answer("{ok: 1}");
        ClientSession session = rig.session();
        session.advanceOperationTime(FIVE_ONE);

        rig.done(rig.database().withSession(session).runCommand(new Document("find", "things")));

        assertThat(rig.body(0).containsKey("readConcern")).isFalse();
    }

    @Test
    void prose6WithoutCausalConsistencyThereIsNoAfterClusterTime() {
        rig.script = message -> FOUND;
        ClientSession session = rig.session(ClientSessionOptions.DEFAULT.causalConsistency(false));
        findOne(session);

        findOne(session);

        assertThat(session.operationTime()).isEqualTo(FIVE_ONE);
        assertThat(rig.body(1).containsKey("readConcern")).isFalse();
    }

    @Test
    void prose7AStandaloneGetsNoAfterClusterTime() {
        rig.kind = ClientRig.STANDALONE;
        rig.script = message -> ClientRig.batch("firstBatch", 0, 1, 1);
        ClientSession session = rig.session();
        session.advanceOperationTime(FIVE_ONE);

        findOne(session);

        assertThat(rig.body(0).containsKey("readConcern")).isFalse();
        assertThat(rig.body(0).containsKey("$clusterTime")).isFalse();
    }

    @Test
    void prose8And9TheReadConcernIsMergedWithTheTime() {
        rig.script = message -> FOUND;
        ClientSession session = rig.session();
        findOne(session);

        findOne(session);
        rig.done(rig.collection(session)
                .withReadConcern(ReadConcern.MAJORITY)
                .find()
                .first());

        assertThat(rig.body(1).getDocument("readConcern").keySet()).containsExactly("afterClusterTime");
        assertThat(rig.body(2).getDocument("readConcern"))
                .isEqualTo(BsonDocument.parse("{level: 'majority', afterClusterTime: {$timestamp: {t: 5, i: 1}}}"));
    }

    @Test
    void prose11NoClusterTimeIsSentToADeploymentWithoutAny() {
        rig.kind = ClientRig.STANDALONE;
        rig.script = message -> ClientRig.batch("firstBatch", 0, 1, 1);

        rig.done(rig.collection().find().first());
        rig.done(rig.collection().find().first());

        assertThat(rig.body(0).containsKey("$clusterTime")).isFalse();
        assertThat(rig.body(1).containsKey("$clusterTime")).isFalse();
    }

    @Test
    void prose12TheClusterTimeOfTheLastReplyIsSentToReplicaSets() {
        rig.script = message -> FOUND;

        rig.done(rig.collection().find().first());
        rig.done(rig.collection().find().first());

        assertThat(rig.body(0).containsKey("$clusterTime")).isFalse();
        assertThat(rig.body(1).getDocument("$clusterTime"))
                .isEqualTo(new BsonDocument("clusterTime", new BsonTimestamp(5, 2)));
    }

    @Test
    void theLaterOfTheClientsAndTheSessionsClusterTimeIsSent() {
        rig.script = message -> FOUND;
        ClientSession ahead = rig.session();
        BsonDocument later = new BsonDocument("clusterTime", new BsonTimestamp(9, 1))
                .append("signature", new BsonDocument("keyId", new BsonInt32(1)));
        ahead.advanceClusterTime(later);
        ahead.advanceClusterTime(new BsonDocument("clusterTime", new BsonTimestamp(8, 1)));
        assertThat(ahead.clusterTime()).isEqualTo(later);
        ClientSession behind = rig.session();
        behind.advanceClusterTime(new BsonDocument("clusterTime", new BsonTimestamp(1, 1)));

        findOne(ahead);
        findOne(behind);

        assertThat(rig.body(0).getDocument("$clusterTime")).isEqualTo(later);
        // What a user brings is never the client's.
        assertThat(rig.body(1).getDocument("$clusterTime").getTimestamp("clusterTime"))
                .isEqualTo(new BsonTimestamp(5, 2));
        assertThat(behind.clusterTime()).isEqualTo(new BsonDocument("clusterTime", new BsonTimestamp(5, 2)));
    }

    @Test
    void aClusterTimeWithoutATimestampIsRefused() {
        assertThatThrownBy(() -> rig.session().advanceClusterTime(new BsonDocument("clusterTime", new BsonInt32(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void operationTimesOnlyMoveForward() {
        ClientSession session = rig.session();

        session.advanceOperationTime(FIVE_ONE);
        session.advanceOperationTime(new BsonTimestamp(4, 9));

        assertThat(session.operationTime()).isEqualTo(FIVE_ONE);
    }

    @Test
    void commandsAboutSearchIndexesHaveNoReadConcern() {
        ClientSession session = rig.session();
        session.advanceOperationTime(FIVE_ONE);
        rig.answer(FOUND, "{ok: 1, indexesCreated: []}", "{ok: 1}", "{ok: 1}");
        var things = rig.collection(session).withReadConcern(ReadConcern.MAJORITY);

        rig.done(things.listSearchIndexes().toList());
        rig.done(things.createSearchIndex(new SearchIndexModel("s", new Document())));
        rig.done(things.updateSearchIndex("s", new Document()));
        rig.done(things.dropSearchIndex("s"));

        assertThat(rig.sent).hasSize(4).allSatisfy(message -> assertThat(message.body())
                .doesNotContainKeys("readConcern", "writeConcern"));
        assertThat(session.operationTime()).isEqualTo(FIVE_ONE);
    }
}
