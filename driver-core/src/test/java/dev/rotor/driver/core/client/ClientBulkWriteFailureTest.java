package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientBulkWriteException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.List;
import java.util.Objects;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client's bulk write claims of its commands when it does not get to hear all about them. */
class ClientBulkWriteFailureTest {

    private static final MongoNamespace NAMESPACE = new MongoNamespace("db", "coll");
    private static final List<ClientNamespacedWriteModel> THREE = List.of(
            ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 1)),
            ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 2)),
            ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 3)));

    private final ClientRig rig = new ClientRig();

    @BeforeEach
    void aServerThatHasTheCommand() {
        rig.wireVersion = 25;
    }

    /** The last of three inserts has failed, which is told by a getMore at the earliest. */
    private static String twoOfThree(String results) {
        return "{ok: 1, nErrors: 1, nInserted: 2, cursor: {id: {$numberLong: '7'}, ns: 'admin.$cmd.bulkWrite',"
                + " firstBatch: [" + results + "]}}";
    }

    @Test
    void resultsThatCameBeforeAGetMoreFailedAreTold() {
        rig.answer(
                twoOfThree("{ok: 1, idx: 0, n: 1}, {ok: 1, idx: 1, n: 1}"),
                "{ok: 0, code: 8, errmsg: 'broken'}",
                "{ok: 1}");

        Throwable failure =
                rig.failure(rig.cluster().bulkWrite(THREE, ClientBulkWriteOptions.DEFAULT.verboseResults(true)));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
            assertThat(e.error()).isInstanceOf(MongoCommandException.class);
            ClientBulkWriteResult partial = Objects.requireNonNull(e.partialResult());
            assertThat(partial.insertedCount()).isEqualTo(2);
            assertThat(Objects.requireNonNull(partial.verboseResults()).insertResults())
                    .containsOnlyKeys(0, 1);
        });
        assertThat(rig.sentNames()).containsExactly("bulkWrite", "getMore", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void countsThatCameBeforeAGetMoreFailedAreTold() {
        rig.answer(twoOfThree(""), "{ok: 0, code: 8, errmsg: 'broken'}", "{ok: 1}");

        Throwable failure = rig.failure(rig.cluster().bulkWrite(THREE));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> assertThat(
                        Objects.requireNonNull(e.partialResult()).insertedCount())
                .isEqualTo(2));
    }

    @Test
    void anUnacknowledgedBulkWriteThatFailsClaimsNothing() {
        rig.limits = "maxBsonObjectSize: 16384, maxMessageSizeBytes: 48000, maxWriteBatchSize: 1";

        Throwable failure = rig.failure(rig.cluster()
                .bulkWrite(
                        List.of(
                                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("a", 1)),
                                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("a", "b".repeat(50_000)))),
                        ClientBulkWriteOptions.DEFAULT.ordered(false).writeConcern(WriteConcern.UNACKNOWLEDGED)));

        assertThat(failure).isInstanceOf(BsonMaximumSizeExceededException.class);
    }
}
