package dev.rotor.testserver.operations;

import static dev.rotor.testserver.operations.EngineRig.batch;
import static dev.rotor.testserver.operations.EngineRig.doc;
import static dev.rotor.testserver.operations.EngineRig.id;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.SessionKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private final EngineRig rig = EngineRig.replicaSet();
    private final Session one = new Session();
    private final Session two = new Session();

    /** A session with at most one transaction at a time. */
    private final class Session {
        final UUID id = UUID.randomUUID();
        private long number;
        private boolean first;

        void begin() {
            number++;
            first = true;
        }

        Document run(Object... pairs) {
            return run("db", doc(pairs));
        }

        Document run(String database, Document command) {
            command.append("lsid", doc("id", id)).append("txnNumber", number).append("autocommit", false);
            if (first) {
                command.append("startTransaction", true);
                first = false;
            }
            return rig.run(database, command, null);
        }

        void insert(Document document) {
            assertThat(run("insert", "c", "documents", List.of(document))).isEqualTo(doc("n", 1));
        }

        Document commit() {
            return run("admin", doc("commitTransaction", 1));
        }

        int code(Object... pairs) {
            return EngineRig.error(() -> run(pairs)).code();
        }
    }

    @Test
    void writesAreSeenOutsideOnlyAfterTheCommit() {
        rig.insert("c", doc("_id", 1));
        one.begin();
        one.insert(doc("_id", 2));
        assertThat(batch(one.run("find", "c"))).hasSize(2);
        assertThat(rig.all("c")).hasSize(1);
        one.commit();
        assertThat(rig.all("c")).hasSize(2);
        one.commit();
        assertThat(rig.all("c")).hasSize(2);
    }

    @Test
    void anAbortLeavesNothingBehind() {
        rig.insert("c", doc("_id", 1, "x", 1));
        one.begin();
        one.insert(doc("_id", 2));
        one.run("update", "c", "updates", List.of(doc("q", doc("_id", 1), "u", doc("$inc", doc("x", 1)))));
        one.run("admin", doc("abortTransaction", 1));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "x", 1));
        assertThat(one.code("find", "c")).isEqualTo(251);
        rig.insert("c", doc("_id", 2));
        assertThat(rig.all("c")).hasSize(2);
    }

    @Test
    void aTransactionReadsTheDataOfItsBeginning() {
        rig.insert("c", doc("_id", 1, "x", 1));
        one.begin();
        assertThat(batch(one.run("find", "c"))).containsExactly(doc("_id", 1, "x", 1));
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$set", doc("x", 2)))));
        rig.insert("c", doc("_id", 2));
        assertThat(batch(one.run("find", "c", "filter", doc("_id", 1)))).containsExactly(doc("_id", 1, "x", 1));
        assertThat(batch(one.run("find", "c"))).hasSize(1);
        assertThat(one.code("update", "c", "updates", List.of(doc("q", doc("_id", 1), "u", doc("$set", doc("x", 3))))))
                .isEqualTo(112);
        assertThat(one.code("find", "c")).isEqualTo(251);
    }

    @Test
    void twoTransactionsThatWriteTheSameConflict() {
        rig.run("create", "c");
        one.begin();
        two.begin();
        one.insert(doc("_id", 4));
        assertThat(two.code("insert", "c", "documents", List.of(doc("_id", 4)))).isEqualTo(112);
        one.commit();
        assertThat(rig.all("c")).containsExactly(doc("_id", 4));
    }

    @Test
    void aPlainWriteWaitsForATransactionThatIsInTheWay() {
        rig.insert("c", doc("_id", 1, "x", 1));
        one.begin();
        one.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$inc", doc("x", 1)))));
        rig.whileWaiting.add(one::commit);
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$inc", doc("x", 1)))));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "x", 3));
    }

    @Test
    void aDuplicateKeyAbortsTheTransaction() {
        rig.insert("c", doc("_id", 1));
        one.begin();
        one.insert(doc("_id", 2));
        assertThat(one.run("insert", "c", "documents", List.of(doc("_id", 1))).toString())
                .contains("E11000");
        assertThat(EngineRig.error(one::commit).code()).isEqualTo(251);
        assertThat(rig.all("c")).hasSize(1);
    }

    @Test
    void whatATransactionDeletesItMayInsertAgain() {
        rig.insert("c", doc("_id", 1, "x", 1));
        one.begin();
        one.run("delete", "c", "deletes", List.of(doc("q", doc(), "limit", 1)));
        one.insert(doc("_id", 1, "x", 2));
        one.commit();
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "x", 2));
        assertThat(batch(rig.run("find", "c", "filter", doc("_id", 1)))).containsExactly(doc("_id", 1, "x", 2));
    }

    @Test
    void collectionsAndIndexesAreCreatedWithTheCommit() {
        one.begin();
        one.run("create", "c");
        one.run("createIndexes", "c", "indexes", List.of(doc("key", doc("x", 1), "name", "x_1", "unique", true)));
        one.insert(doc("_id", 1, "x", 1));
        assertThat(batch(rig.run("listCollections", 1))).isEmpty();
        one.commit();
        assertThat(batch(rig.run("listCollections", 1))).hasSize(1);
        assertThat(batch(rig.run("listIndexes", "c"))).hasSize(2);
        assertThat(rig.run("insert", "c", "documents", List.of(doc("_id", 2, "x", 1)))
                        .toString())
                .contains("E11000");
    }

    @Test
    void indexesAreNotForCollectionsThatTheTransactionHasNotCreated() {
        rig.run("create", "c");
        Document index = doc("key", doc("x", 1), "name", "x_1");
        one.begin();
        assertThat(one.code("createIndexes", "c", "indexes", List.of(index))).isEqualTo(263);
        assertThat(batch(rig.run("listIndexes", "c"))).hasSize(1);
        rig.run("createIndexes", "c", "indexes", List.of(index));
        two.begin();
        assertThat(two.run("createIndexes", "c", "indexes", List.of(index)).get("note"))
                .isEqualTo("all indexes already exist");
    }

    @Test
    void aTransactionThatIsOpenForTooLongIsAborted() {
        one.begin();
        one.insert(doc("_id", 1));
        rig.engine.abortTransactionsBegunBefore(Instant.parse("2024-05-01T09:59:59Z"));
        one.insert(doc("_id", 2));
        rig.engine.abortTransactionsBegunBefore(Instant.parse("2024-05-01T10:00:01Z"));
        assertThat(one.code("find", "c")).isEqualTo(251);
        assertThat(rig.all("c")).isEmpty();
    }

    @Test
    void whatIsNotForTransactionsIsRefused() {
        one.begin();
        assertThat(one.code("count", "c")).isEqualTo(263);
        assertThat(one.code("find", "c")).isEqualTo(251);
        two.begin();
        two.run("find", "c");
        assertThat(two.code("find", "c", "readConcern", doc("level", "local"))).isEqualTo(72);
    }

    @Test
    void theEndOfASessionAndAStepDownAbort() {
        rig.run("create", "c");
        one.begin();
        one.insert(doc("_id", 1));
        rig.engine.sessionEnded(new SessionKey(one.id, ""));
        assertThat(EngineRig.error(one::commit).code()).isEqualTo(251);
        two.begin();
        two.insert(doc("_id", 1));
        rig.engine.primaryLeft();
        assertThat(EngineRig.error(two::commit).code()).isEqualTo(251);
        assertThat(rig.all("c")).isEmpty();
    }

    @Test
    void theEventsOfATransactionComeWithItsCommitAtOneTime() {
        rig.run("create", "c");
        Document stream = rig.run("aggregate", "c", "pipeline", List.of(doc("$changeStream", doc())), "cursor", doc());
        one.begin();
        one.insert(doc("_id", 1));
        one.insert(doc("_id", 2));
        assertThat(batch(rig.run("getMore", id(stream), "collection", "c"))).isEmpty();
        one.commit();
        List<Document> events = batch(rig.run("getMore", id(stream), "collection", "c"));
        assertThat(events).hasSize(2);
        assertThat(events.get(0).get("clusterTime")).isEqualTo(events.get(1).get("clusterTime"));
        assertThat(events.get(0).get("_id")).isNotEqualTo(events.get(1).get("_id"));
        assertThat(events.get(0).get("txnNumber")).isEqualTo(1L);
    }

    @Test
    void aSnapshotReadSeesTheDataOfItsTime() {
        rig.insert("c", doc("_id", 1, "x", 1));
        Document first = rig.run("find", "c", "readConcern", doc("level", "snapshot"));
        Object time = EngineRig.sub(first, "cursor").get("atClusterTime");
        assertThat(time).isInstanceOf(BsonTimestamp.class);
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$set", doc("x", 2)))));
        rig.insert("c", doc("_id", 2));
        Document snapshot = doc("level", "snapshot", "atClusterTime", time);
        assertThat(batch(rig.run("find", "c", "readConcern", snapshot))).containsExactly(doc("_id", 1, "x", 1));
        assertThat(rig.run("distinct", "c", "key", "x", "readConcern", snapshot))
                .isEqualTo(doc("values", List.of(1), "atClusterTime", time));
        assertThat(batch(rig.run("aggregate", "c", "pipeline", List.of(), "cursor", doc(), "readConcern", snapshot)))
                .hasSize(1);
        assertThat(rig.error("count", "c", "readConcern", snapshot).code()).isEqualTo(72);
    }
}
