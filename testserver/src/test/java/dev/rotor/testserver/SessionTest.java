package dev.rotor.testserver;

import static dev.rotor.testserver.Documents.at;
import static dev.rotor.testserver.Documents.command;
import static dev.rotor.testserver.Documents.firstBatch;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions, retryable writes and the frame of transactions, as a replica set member treats them. */
class SessionTest {

    private final TestServer server = TestServer.replicaSet(2).start();
    private final RawClient client = new RawClient(server.addresses().get(0));
    private final Document lsid = new Document("id", UUID.randomUUID());

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Document inserting(long number, int... ids) {
        List<Document> documents =
                Arrays.stream(ids).mapToObj(each -> new Document("_id", each)).toList();
        return command("insert", "c", "documents", documents, "lsid", lsid, "txnNumber", number);
    }

    private int count() {
        return firstBatch(client.run("app", command("find", "c"))).size();
    }

    @Test
    void aRetriedWriteIsAppliedOnceAndAnsweredFromTheRecord() {
        Document first = client.run("app", inserting(1, 1, 2));
        Document second = client.run("app", inserting(1, 1, 2));
        assertThat(first.get("n")).isEqualTo(2);
        assertThat(second.get("n")).isEqualTo(2);
        assertThat(second.containsKey("writeErrors")).isFalse();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aRetryAtTheNextPrimaryFindsTheRecord() {
        assertThat(client.run("app", inserting(1, 1)).get("n")).isEqualTo(1);
        server.member(0).stepDown();
        try (RawClient other = new RawClient(server.primary().address())) {
            Document retry = other.run("app", inserting(1, 1));
            assertThat(retry.get("n")).isEqualTo(1);
            assertThat(retry.containsKey("writeErrors")).isFalse();
        }
    }

    @Test
    void theSameWriteWithoutANumberIsAppliedTwice() {
        Document increment = command("q", new Document("_id", 1), "u", new Document("$inc", new Document("n", 1)));
        client.run("app", command("insert", "c", "documents", List.of(new Document("_id", 1))));
        Document update = command("update", "c", "updates", List.of(increment), "lsid", lsid);
        client.run("app", update);
        client.run("app", update);
        assertThat(firstBatch(client.run("app", command("find", "c"))).get(0).get("n"))
                .isEqualTo(2);
        update.append("txnNumber", 1L);
        client.run("app", update);
        client.run("app", update);
        assertThat(firstBatch(client.run("app", command("find", "c"))).get(0).get("n"))
                .isEqualTo(3);
    }

    @Test
    void aNumberThatWasOvertakenIsTooOld() {
        client.run("app", inserting(5, 1));
        Document reply = client.run("app", inserting(4, 2));
        assertThat(reply.get("code")).isEqualTo(225);
        assertThat(reply.get("codeName")).isEqualTo("TransactionTooOld");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aStandaloneRefusesTransactionNumbers() {
        try (TestServer standalone = TestServer.standalone().start();
                RawClient other = new RawClient(standalone.addresses().get(0))) {
            Document reply = other.run("app", inserting(1, 1));
            assertThat(reply.get("code")).isEqualTo(20);
            assertThat(at(reply, "errmsg"))
                    .isEqualTo("Transaction numbers are only allowed on a replica set member or mongos");
        }
    }

    @Test
    void aNumberNeedsASession() {
        Document command = inserting(1, 1);
        command.remove("lsid");
        assertThat(client.run("app", command).get("codeName")).isEqualTo("InvalidOptions");
    }

    @Test
    void aNumberOutsideOfATransactionIsForWritesOnly() {
        assertThat(client.run("app", command("find", "c", "lsid", lsid, "txnNumber", 1L))
                        .get("code"))
                .isEqualTo(50768);
    }

    @Test
    void whatCannotRunInATransactionIsRefused() {
        Document count =
                command("count", "c", "lsid", lsid, "txnNumber", 1L, "autocommit", false, "startTransaction", true);
        Document reply = client.run("app", count);
        assertThat(reply.get("codeName")).isEqualTo("OperationNotSupportedInTransaction");
        assertThat(reply.get("errmsg")).isEqualTo("Cannot run 'count' in a multi-document transaction.");
    }

    @Test
    void aTransactionTakesItsConcernsAtTheirPlaces() {
        Document first = command(
                "find",
                "c",
                "lsid",
                lsid,
                "txnNumber",
                1L,
                "autocommit",
                false,
                "startTransaction",
                true,
                "writeConcern",
                new Document("w", 1));
        assertThat(client.run("app", first).get("codeName")).isEqualTo("InvalidOptions");
        Document available = command(
                "find",
                "c",
                "lsid",
                lsid,
                "txnNumber",
                2L,
                "autocommit",
                false,
                "startTransaction",
                true,
                "readConcern",
                new Document("level", "available"));
        assertThat(client.run("app", available).get("codeName")).isEqualTo("InvalidOptions");
    }

    @Test
    void autocommitTrueAndStartTransactionFalseAreNotAllowed() {
        assertThat(client.run("app", inserting(1, 1).append("autocommit", true)).get("codeName"))
                .isEqualTo("InvalidOptions");
        assertThat(client.run("app", inserting(1, 1).append("autocommit", false).append("startTransaction", false))
                        .get("codeName"))
                .isEqualTo("InvalidOptions");
        assertThat(client.run("app", inserting(1, 1).append("startTransaction", true))
                        .get("codeName"))
                .isEqualTo("InvalidOptions");
    }

    @Test
    void aSessionIdIsAUuid() {
        assertThat(client.admin(command("ping", 1, "lsid", new Document("id", 5)))
                        .get("codeName"))
                .isEqualTo("TypeMismatch");
    }

    @Test
    void clusterTimeIsGossipedAndNeverGoesBack() {
        Document before = client.admin(new Document("ping", 1));
        BsonTimestamp time = (BsonTimestamp) at(before, "$clusterTime", "clusterTime");
        BsonTimestamp later = new BsonTimestamp(time.getValue() + (100L << 32));
        Document told = command("ping", 1, "$clusterTime", new Document("clusterTime", later));
        assertThat(at(client.admin(told), "$clusterTime", "clusterTime")).isEqualTo(later);
        assertThat(at(client.admin(new Document("ping", 1)), "$clusterTime", "clusterTime"))
                .isEqualTo(later);
        Document absurd =
                command("ping", 1, "$clusterTime", new Document("clusterTime", new BsonTimestamp(Long.MAX_VALUE)));
        assertThat(client.admin(absurd).get("codeName")).isEqualTo("ClusterTimeFailsRateLimiter");
    }

    @Test
    void aReadAfterAClusterTimeSeesAnOperationTimeNotBefore() {
        Document before = client.admin(new Document("ping", 1));
        BsonTimestamp later = new BsonTimestamp(((BsonTimestamp) at(before, "operationTime")).getValue() + (5L << 32));
        client.admin(command("ping", 1, "$clusterTime", new Document("clusterTime", later)));
        Document reply =
                client.run("app", command("find", "c", "readConcern", new Document("afterClusterTime", later)));
        assertThat(((BsonTimestamp) at(reply, "operationTime")).compareTo(later))
                .isNotNegative();
        BsonTimestamp future = new BsonTimestamp(later.getValue() + (1000L << 32));
        assertThat(client.run("app", command("find", "c", "readConcern", new Document("afterClusterTime", future)))
                        .get("codeName"))
                .isEqualTo("InvalidOptions");
    }

    @Test
    void aSecondaryTakesReadsOfWhoAgreesAndNoWrites() {
        try (RawClient secondary = new RawClient(server.addresses().get(1))) {
            secondary.admin(command("hello", 1, "helloOk", true));
            Document refused = secondary.run("app", command("find", "c"));
            assertThat(refused.get("code")).isEqualTo(13435);
            assertThat(refused.get("errmsg")).isEqualTo("not primary and secondaryOk=false");
            assertThat(refused.containsKey("topologyVersion")).isTrue();
            assertThat(secondary
                            .run("app", command("find", "c", "$readPreference", new Document("mode", "secondary")))
                            .get("ok"))
                    .isEqualTo(1.0);
            Document write = secondary.run("app", inserting(1, 1));
            assertThat(write.get("code")).isEqualTo(10107);
            assertThat(write.get("errmsg")).isEqualTo("not primary");
            assertThat(write.get("errorLabels")).isEqualTo(List.of("RetryableWriteError"));
        }
    }

    @Test
    void endedSessionsAreListedNoMore() {
        Document started = client.admin(command("startSession", 1));
        Document id = (Document) at(started, "id");
        assertThat(client.admin(command("endSessions", List.of(id))).get("ok")).isEqualTo(1.0);
        assertThat(client.admin(command("refreshSessions", List.of(id))).get("ok"))
                .isEqualTo(1.0);
        assertThat(client.admin(command("killAllSessions", List.of())).get("ok"))
                .isEqualTo(1.0);
        assertThat(client.admin(command("endSessions", 1)).get("codeName")).isEqualTo("TypeMismatch");
    }

    @Test
    void aMongosTellsTheRecoveryTokenInEachReplyOfATransaction() {
        try (TestServer cluster = TestServer.sharded(1).start();
                RawClient mongos = new RawClient(cluster.addresses().get(0))) {
            Document first = inserting(1, 1).append("autocommit", false).append("startTransaction", true);
            Document reply = mongos.run("app", first);
            assertThat(at(reply, "recoveryToken", "recoveryShardId")).isInstanceOf(String.class);
            Document commit = command("commitTransaction", 1, "lsid", lsid, "txnNumber", 1L, "autocommit", false);
            assertThat(mongos.admin(commit).get("ok")).isEqualTo(1.0);
            assertThat(mongos.run("app", inserting(2, 2)).containsKey("recoveryToken"))
                    .isFalse();
        }
    }

    @Test
    void anotherMongosTellsTheOutcomeOfATransactionAndAbortsWhatIsOpen() {
        try (TestServer cluster = TestServer.sharded(2).start();
                RawClient one = new RawClient(cluster.addresses().get(0));
                RawClient two = new RawClient(cluster.addresses().get(1))) {
            Document commit = command(
                    "commitTransaction",
                    1,
                    "lsid",
                    lsid,
                    "txnNumber",
                    1L,
                    "autocommit",
                    false,
                    "recoveryToken",
                    new Document("recoveryShardId", "shard01"));
            one.run("app", inserting(1, 1).append("autocommit", false).append("startTransaction", true));
            Document lost = two.admin(commit);
            assertThat(lost.get("codeName")).isEqualTo("NoSuchTransaction");
            assertThat(lost.get("errorLabels")).isEqualTo(List.of("TransientTransactionError"));
            one.run("app", inserting(2, 2).append("autocommit", false).append("startTransaction", true));
            commit.put("txnNumber", 2L);
            assertThat(one.admin(commit).get("ok")).isEqualTo(1.0);
            assertThat(two.admin(commit).get("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void oldSpellingsAreTheSameCommand() {
        assertThat(client.run("app", command("dbstats", 1)).get("ok")).isEqualTo(1.0);
        assertThat(client.run("app", command("findandmodify", "c", "query", new Document(), "remove", true))
                        .get("ok"))
                .isEqualTo(1.0);
    }
}
