package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Whether a command of a bulk write is retryable depends on what is in that command, not on what follows it. */
class BulkRetryabilityTest {

    private static final MongoNamespace NAMESPACE = new MongoNamespace("app", "things");
    private static final Document UPDATE = new Document("$set", new Document("a", 1));

    private final ClientRig rig = new ClientRig();

    private static List<BsonDocument> statements(FakeMessage message) {
        String sequence = message.commandName().equals("bulkWrite") ? "ops" : "updates";
        return Objects.requireNonNull(message.sequences().get(sequence));
    }

    private static String applied(FakeMessage message) {
        int count = statements(message).size();
        return message.commandName().equals("bulkWrite")
                ? "{ok: 1, nErrors: 0, nMatched: " + count + ", nModified: " + count
                        + ", cursor: {id: {$numberLong: '0'}, ns: 'admin.$cmd.bulkWrite', firstBatch: []}}"
                : "{ok: 1, n: " + count + ", nModified: " + count + "}";
    }

    /** So many updates of one document each, then one of many. */
    private static List<WriteModel<Document>> updates(int ones, int padding) {
        List<WriteModel<Document>> models = new ArrayList<>();
        for (int i = 0; i < ones; i++) {
            models.add(new UpdateOneModel<>(new Document("i", i).append("x", "y".repeat(padding)), UPDATE));
        }
        models.add(new UpdateManyModel<>(new Document("i", ones), UPDATE));
        return models;
    }

    private static List<ClientNamespacedWriteModel> clientUpdates(int ones, int padding) {
        List<ClientNamespacedWriteModel> models = new ArrayList<>();
        for (int i = 0; i < ones; i++) {
            models.add(ClientNamespacedWriteModel.updateOne(
                    NAMESPACE, new Document("i", i).append("x", "y".repeat(padding)), UPDATE));
        }
        models.add(ClientNamespacedWriteModel.updateMany(NAMESPACE, new Document("i", ones), UPDATE));
        return models;
    }

    private void limit(int document, int message, int count) {
        rig.limits = "maxBsonObjectSize: " + document + ", maxMessageSizeBytes: " + message + ", maxWriteBatchSize: "
                + count;
    }

    private static boolean touchesMany(FakeMessage message) {
        return statements(message).stream()
                .anyMatch(statement -> statement.containsKey("multi")
                        && statement.getBoolean("multi").getValue());
    }

    private void assertEachCommandIsJudgedByItself(int statements) {
        assertThat(rig.sent.size()).isGreaterThan(1);
        assertThat(rig.sent).allSatisfy(message -> assertThat(message.body().containsKey("txnNumber"))
                .isEqualTo(!touchesMany(message)));
        assertThat(rig.sent.stream()
                        .flatMap(message -> statements(message).stream())
                        .map(statement -> statement
                                .getDocument(statement.containsKey("q") ? "q" : "filter")
                                .getInt32("i")
                                .getValue()))
                .isEqualTo(IntStream.range(0, statements).boxed().toList());
        rig.assertBalanced();
    }

    @Test
    void aCommandThatIsFullBeforeTheFirstUpdateOfManyCanBeRetried() {
        limit(16_777_216, 48_000_000, 2);
        rig.script = BulkRetryabilityTest::applied;

        BulkWriteResult result = rig.done(rig.collection().bulkWrite(updates(2, 1)));

        assertThat(result.matchedCount()).isEqualTo(3);
        assertThat(rig.sent.stream().map(message -> statements(message).size())).containsExactly(2, 1);
        assertEachCommandIsJudgedByItself(3);
    }

    @Test
    void aMessageThatIsFullBeforeTheFirstUpdateOfManyCanBeRetried() {
        limit(16_777_216, 5_000, 100_000);
        rig.script = BulkRetryabilityTest::applied;

        BulkWriteResult result = rig.done(rig.collection().bulkWrite(updates(10, 900)));

        assertThat(result.matchedCount()).isEqualTo(11);
        assertEachCommandIsJudgedByItself(11);
        assertThat(rig.sent.stream().filter(BulkRetryabilityTest::touchesMany)).hasSize(1);
        assertThat(rig.transport.lastAttempt().wire().sent())
                .allSatisfy(message -> assertThat(message.length).isLessThanOrEqualTo(5_000));
    }

    @Test
    void suchAMessageIsSentAgainAsItWas() {
        limit(16_777_216, 5_000, 100_000);
        rig.answer(ClientRig.BREAK);
        rig.script = BulkRetryabilityTest::applied;

        rig.done(rig.collection().bulkWrite(updates(10, 900)));

        assertThat(rig.body(1).getInt64("txnNumber")).isEqualTo(rig.body(0).getInt64("txnNumber"));
        assertThat(statements(rig.sent.get(1))).isEqualTo(statements(rig.sent.get(0)));
        rig.sent.remove(0);
        assertEachCommandIsJudgedByItself(11);
    }

    @Test
    void withoutRetriesTheMessagesAreTheSame() {
        limit(16_777_216, 5_000, 100_000);
        rig.script = BulkRetryabilityTest::applied;
        rig.done(rig.collection().bulkWrite(updates(10, 900)));
        ClientRig without = new ClientRig();
        without.retryWrites = false;
        without.limits = rig.limits;
        without.script = BulkRetryabilityTest::applied;

        BulkWriteResult result = without.done(without.collection().bulkWrite(updates(10, 900)));

        assertThat(result.matchedCount()).isEqualTo(11);
        assertThat(without.sent.stream().map(BulkRetryabilityTest::statements).toList())
                .isEqualTo(
                        rig.sent.stream().map(BulkRetryabilityTest::statements).toList());
        assertThat(without.sent)
                .allSatisfy(message -> assertThat(message.body()).doesNotContainKey("txnNumber"));
    }

    @Test
    void ofAClientsBulkWriteACommandThatIsFullBeforeTheFirstUpdateOfManyCanBeRetried() {
        rig.wireVersion = 25;
        limit(16_777_216, 48_000_000, 2);
        rig.script = BulkRetryabilityTest::applied;

        ClientBulkWriteResult result = rig.done(rig.cluster().bulkWrite(clientUpdates(2, 1)));

        assertThat(result.matchedCount()).isEqualTo(3);
        assertEachCommandIsJudgedByItself(3);
    }

    @Test
    void ofAClientsBulkWriteAMessageThatIsFullBeforeTheFirstUpdateOfManyCanBeRetried() {
        rig.wireVersion = 25;
        limit(16_384, 48_000, 100_000);
        rig.answer(ClientRig.BREAK);
        rig.script = BulkRetryabilityTest::applied;

        ClientBulkWriteResult result = rig.done(rig.cluster().bulkWrite(clientUpdates(9, 10_000)));

        assertThat(result.matchedCount()).isEqualTo(10);
        assertThat(rig.body(1).getInt64("txnNumber")).isEqualTo(rig.body(0).getInt64("txnNumber"));
        assertThat(statements(rig.sent.get(1))).isEqualTo(statements(rig.sent.get(0)));
        rig.sent.remove(0);
        assertEachCommandIsJudgedByItself(10);
    }
}
