package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientBulkWriteException;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.WriteModel;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies to bulk writes that speak of statements which their commands did not have. */
class OddBulkReplyTest {

    private static final MongoNamespace NAMESPACE = new MongoNamespace("db", "coll");
    private static final String TWO_PER_COMMAND =
            "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 2";

    private final ClientRig rig = new ClientRig();

    private static List<WriteModel<Document>> inserts() {
        return List.of(
                new InsertOneModel<>(new Document("_id", 1)),
                new InsertOneModel<>(new Document("_id", 2)),
                new InsertOneModel<>(new Document("_id", 3)));
    }

    // 2 is the index of a model, but not one of a command with two statements.
    @ParameterizedTest
    @CsvSource({"9, false", "2, false", "-1, false", "9, true", "2, true", "-1, true"})
    void aWriteErrorOfNoStatementFailsTheBulkWriteAndBlamesNoModel(int index, boolean insideSend) {
        rig.insideSend = insideSend;
        rig.limits = TWO_PER_COMMAND;
        rig.answer("{ok: 1, n: 0, writeErrors: [{index: " + index + ", code: 11000, errmsg: 'duplicate'}]}");

        Throwable failure = rig.failure(rig.collection().bulkWrite(inserts()));

        assertThat(failure)
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("" + index)
                .hasMessageContaining("db1:27017");
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(MongoBulkWriteException.class, partial -> assertThat(partial.writeErrors())
                        .isEmpty());
        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 1, -1})
    void anUpsertOfNoStatementFailsTheBulkWrite(int index) {
        rig.answer("{ok: 1, n: 1, nModified: 0, upserted: [{index: " + index + ", _id: 7}]}");

        Throwable failure = rig.failure(rig.collection()
                .bulkWrite(List.of(new UpdateOneModel<>(
                        new Document(),
                        new Document("$set", new Document("a", 1)),
                        UpdateOptions.DEFAULT.upsert(true)))));

        assertThat(failure).isInstanceOf(MongoProtocolException.class).hasMessageContaining("" + index);
        rig.assertBalanced();
    }

    @Test
    void anIndexThatIsNoNumberFailsTheBulkWrite() {
        rig.answer("{ok: 1, n: 0, writeErrors: [{index: 'first', code: 11000}]}");

        Throwable failure = rig.failure(rig.collection().bulkWrite(inserts()));

        // No model is blamed.
        assertThat(failure).isNotInstanceOf(MongoBulkWriteException.class);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(MongoBulkWriteException.class, partial -> assertThat(partial.writeErrors())
                        .isEmpty());
        rig.assertBalanced();
    }

    @ParameterizedTest
    @CsvSource({"9, 0", "2, 0", "-1, 0", "9, 1", "2, 1", "-1, 1"})
    void aResultOfNoWriteFailsTheBulkWriteOfAClientAndBlamesNoModel(int index, int ok) {
        rig.wireVersion = 25;
        rig.limits = TWO_PER_COMMAND;
        rig.answer("{ok: 1, nErrors: " + (1 - ok) + ", nInserted: 1, cursor: {id: {$numberLong: '0'}, ns:"
                + " 'admin.$cmd.bulkWrite', firstBatch: [{ok: 1, idx: 0, n: 1}, {ok: " + ok + ", idx: " + index
                + ", n: 1, code: 11000, errmsg: 'E11000'}]}}");
        List<ClientNamespacedWriteModel> models = List.of(
                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 1)),
                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 2)),
                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 3)));

        Throwable failure =
                rig.failure(rig.cluster().bulkWrite(models, ClientBulkWriteOptions.DEFAULT.verboseResults(true)));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
            assertThat(e.error()).isInstanceOf(MongoProtocolException.class).hasMessageContaining("" + index);
            assertThat(e.writeErrors()).isEmpty();
            assertThat(Objects.requireNonNull(
                                    Objects.requireNonNull(e.partialResult()).verboseResults())
                            .insertResults())
                    .containsOnlyKeys(0);
        });
        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }
}
