package dev.rotor.testserver;

import static dev.rotor.testserver.Documents.at;
import static dev.rotor.testserver.Documents.command;
import static dev.rotor.testserver.Documents.firstBatch;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fail points strike as those of a server do. */
class FailPointTest {

    private static final Document METADATA = new Document("driver", new Document("name", "raw").append("version", "1"))
            .append("os", new Document("type", "any"));

    private TestServer server = TestServer.replicaSet(1).start();
    private RawClient client = new RawClient(server.addresses().get(0));

    @BeforeEach
    void collection() {
        client.run("app", command("create", "c"));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Document set(Object mode, Object... data) {
        Document settings = command((String) data[0], data[1]);
        for (int i = 2; i < data.length; i += 2) {
            settings.append((String) data[i], data[i + 1]);
        }
        return client.admin(command("configureFailPoint", "failCommand", "mode", mode, "data", settings));
    }

    private static Document times(int count) {
        return new Document("times", count);
    }

    private Document insert(int id) {
        return client.run("app", command("insert", "c", "documents", List.of(new Document("_id", id))));
    }

    private Document retryableInsert(UUID session, long number, int id) {
        return client.run(
                "app",
                command(
                        "insert",
                        "c",
                        "documents",
                        List.of(new Document("_id", id)),
                        "lsid",
                        new Document("id", session),
                        "txnNumber",
                        number));
    }

    private int count() {
        return firstBatch(client.run("app", command("find", "c"))).size();
    }

    @Test
    void theFirstCommandsThatFitAreStruckAsOftenAsSaid() {
        assertThat(set(times(2), "failCommands", List.of("insert", "find"), "errorCode", 10107)
                        .get("ok"))
                .isEqualTo(1.0);
        assertThat(client.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
        Document failed = insert(1);
        assertThat(failed.get("code")).isEqualTo(10107);
        assertThat(failed.get("codeName")).isEqualTo("NotWritablePrimary");
        assertThat(failed.get("errmsg")).isEqualTo("Failing command via 'failCommand' failpoint");
        // A client would take an error with the present topologyVersion for a stale one.
        assertThat(failed.containsKey("topologyVersion")).isFalse();
        assertThat(client.run("app", command("find", "c")).get("code")).isEqualTo(10107);
        assertThat(insert(1).get("ok")).isEqualTo(1.0);
        assertThat(set("off", "failCommands", List.of("insert")).get("count")).isEqualTo(2L);
    }

    @Test
    void skipLetsTheFirstPass() {
        set(new Document("skip", 1), "failCommands", List.of("ping"), "errorCode", 8);
        assertThat(client.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
        assertThat(client.admin(new Document("ping", 1)).get("code")).isEqualTo(8);
        assertThat(client.admin(new Document("ping", 1)).get("codeName")).isEqualTo("UnknownError");
        set("off", "failCommands", List.of("ping"));
        assertThat(client.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
    }

    @Test
    void theCommandThatSetsFailPointsIsNeverStruck() {
        set("alwaysOn", "failCommands", List.of("configureFailPoint", "ping"), "errorCode", 8);
        assertThat(set("off", "failCommands", List.of()).get("ok")).isEqualTo(1.0);
    }

    @Test
    void allSpellingsOfACommandAreStruck() {
        set(times(1), "failCommands", List.of("isMaster"), "errorCode", 8);
        assertThat(client.admin(new Document("ismaster", 1)).get("code")).isEqualTo(8);
        set(times(1), "failCommands", List.of("isMaster"), "errorCode", 8);
        assertThat(client.admin(new Document("hello", 1)).get("ok")).isEqualTo(1.0);
    }

    @Test
    void aClosedConnectionGivesNoReply() {
        set(times(1), "failCommands", List.of("ping"), "closeConnection", true);
        client.send(0, command("ping", 1, "$db", "admin"));
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aBlockedCommandRunsAfterwards() {
        set(times(1), "failCommands", List.of("insert"), "blockConnection", true, "blockTimeMS", 15);
        long start = System.nanoTime();
        assertThat(insert(1).get("n")).isEqualTo(1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(15_000_000L);
    }

    @Test
    void aBlockedCommandEndsAtItsTimeLimitAndDoesNotRun() {
        set(times(1), "failCommands", List.of("insert"), "blockConnection", true, "blockTimeMS", 60_000);
        Document reply = client.run(
                "app", command("insert", "c", "documents", List.of(new Document("_id", 1)), "maxTimeMS", 10));
        assertThat(reply.get("code")).isEqualTo(50);
        assertThat(reply.get("codeName")).isEqualTo("MaxTimeMSExpired");
        assertThat(count()).isZero();
    }

    @Test
    void blockConnectionNeedsATime() {
        assertThat(set(times(1), "failCommands", List.of("insert"), "blockConnection", true)
                        .get("ok"))
                .isEqualTo(0.0);
    }

    @Test
    void aWriteConcernErrorIsAddedAfterTheCommandHasRun() {
        Document error = command("code", 64, "errmsg", "late", "errInfo", new Document("wtimeout", true));
        set(times(1), "failCommands", List.of("insert"), "writeConcernError", error);
        Document reply = insert(1);
        assertThat(reply.get("ok")).isEqualTo(1.0);
        assertThat(reply.get("n")).isEqualTo(1);
        assertThat(reply.get("writeConcernError")).isEqualTo(error);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aWriteConcernErrorDoesNotConcernReads() {
        set(times(1), "failCommands", List.of("find"), "writeConcernError", new Document("code", 64));
        assertThat(client.run("app", command("find", "c")).containsKey("writeConcernError"))
                .isFalse();
    }

    @Test
    void retryableErrorsOfRetryableWritesAreLabelled() {
        UUID session = UUID.randomUUID();
        set(times(1), "failCommands", List.of("insert"), "errorCode", 91);
        assertThat(retryableInsert(session, 1, 1).get("errorLabels")).isEqualTo(List.of("RetryableWriteError"));
        set(times(1), "failCommands", List.of("insert"), "errorCode", 91);
        assertThat(insert(1).containsKey("errorLabels")).isFalse();
        set(times(1), "failCommands", List.of("insert"), "writeConcernError", new Document("code", 91));
        assertThat(retryableInsert(session, 2, 1).get("errorLabels")).isEqualTo(List.of("RetryableWriteError"));
    }

    @Test
    void labelsThatAreGivenReplaceTheServersOwn() {
        UUID session = UUID.randomUUID();
        set(times(1), "failCommands", List.of("insert"), "errorCode", 91, "errorLabels", List.of());
        assertThat(retryableInsert(session, 1, 1).containsKey("errorLabels")).isFalse();
        set(times(1), "failCommands", List.of("ping"), "errorCode", 8, "errorLabels", List.of("A", "B"));
        assertThat(client.admin(new Document("ping", 1)).get("errorLabels")).isEqualTo(List.of("A", "B"));
    }

    @Test
    void onlyConnectionsOfTheNamedApplicationAreStruck() {
        set("alwaysOn", "failCommands", List.of("hello"), "errorCode", 8, "appName", "monitored");
        assertThat(client.admin(new Document("hello", 1)).get("ok")).isEqualTo(1.0);
        try (RawClient monitored = new RawClient(server.addresses().get(0))) {
            Document metadata = METADATA.clone().append("application", new Document("name", "monitored"));
            assertThat(monitored.admin(command("hello", 1, "client", metadata)).get("code"))
                    .isEqualTo(8);
        }
        set("off", "failCommands", List.of());
    }

    @Test
    void before49TheFirstHelloIsNotKnownByItsApplication() {
        try (TestServer old = TestServer.replicaSet(1).version("4.4").start();
                RawClient monitored = new RawClient(old.addresses().get(0))) {
            monitored.admin(command(
                    "configureFailPoint",
                    "failCommand",
                    "mode",
                    "alwaysOn",
                    "data",
                    command("failCommands", List.of("hello"), "errorCode", 8, "appName", "monitored")));
            Document metadata = METADATA.clone().append("application", new Document("name", "monitored"));
            assertThat(monitored.admin(command("hello", 1, "client", metadata)).get("ok"))
                    .isEqualTo(1.0);
            assertThat(monitored.admin(new Document("hello", 1)).get("code")).isEqualTo(8);
        }
    }

    @Test
    void aRetryableWriteThatLosesItsReplyWasApplied() {
        client.admin(command("configureFailPoint", "onPrimaryTransactionalWrite", "mode", times(1)));
        UUID session = UUID.randomUUID();
        client.send(
                0,
                command(
                        "insert",
                        "c",
                        "documents",
                        List.of(new Document("_id", 1)),
                        "lsid",
                        new Document("id", session),
                        "txnNumber",
                        1L,
                        "$db",
                        "app"));
        assertThat(client.isClosedByServer()).isTrue();
        client = new RawClient(server.addresses().get(0));
        Document retry = retryableInsert(session, 1, 1);
        assertThat(retry.get("n")).isEqualTo(1);
        assertThat(retry.containsKey("writeErrors")).isFalse();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aRetryableWriteThatFailsBeforeTheCommitWasNotApplied() {
        client.admin(command(
                "configureFailPoint",
                "onPrimaryTransactionalWrite",
                "mode",
                times(1),
                "data",
                new Document("failBeforeCommitExceptionCode", 1)));
        UUID session = UUID.randomUUID();
        client.send(
                0,
                command(
                        "insert",
                        "c",
                        "documents",
                        List.of(new Document("_id", 1)),
                        "lsid",
                        new Document("id", session),
                        "txnNumber",
                        1L,
                        "$db",
                        "app"));
        assertThat(client.isClosedByServer()).isTrue();
        client = new RawClient(server.addresses().get(0));
        assertThat(count()).isZero();
        assertThat(retryableInsert(session, 1, 1).get("n")).isEqualTo(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aGetMoreFailsAfterItHasFoundItsCursor() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            documents.add(new Document("_id", i));
        }
        client.run("app", command("insert", "c", "documents", documents));
        Document found = client.run("app", command("find", "c", "batchSize", 2));
        client.admin(command(
                "configureFailPoint",
                "failGetMoreAfterCursorCheckout",
                "mode",
                times(1),
                "data",
                command("errorCode", 6, "closeConnection", false)));
        Document reply = client.run("app", command("getMore", at(found, "cursor", "id"), "collection", "c"));
        assertThat(reply.get("code")).isEqualTo(6);
        assertThat(reply.get("codeName")).isEqualTo("HostUnreachable");
    }

    @Test
    void timeLimitsCanBeOverAtOnceAlsoThatOfACursor() {
        client.run("app", command("insert", "c", "documents", List.of(new Document(), new Document())));
        Document limited = client.run("app", command("find", "c", "batchSize", 1, "maxTimeMS", 60_000));
        Document unlimited = client.run("app", command("find", "c", "batchSize", 1));
        client.admin(command("configureFailPoint", "maxTimeAlwaysTimeOut", "mode", "alwaysOn"));
        assertThat(client.run("app", command("find", "c", "maxTimeMS", 60_000)).get("codeName"))
                .isEqualTo("MaxTimeMSExpired");
        assertThat(client.run("app", command("find", "c", "maxTimeMS", 0)).get("ok"))
                .isEqualTo(1.0);
        assertThat(client.run("app", command("getMore", at(limited, "cursor", "id"), "collection", "c"))
                        .get("codeName"))
                .isEqualTo("MaxTimeMSExpired");
        assertThat(client.run("app", command("getMore", at(unlimited, "cursor", "id"), "collection", "c"))
                        .get("ok"))
                .isEqualTo(1.0);
    }

    @Test
    void aFailPointThatIsNotThereIsRefused() {
        Document reply = client.admin(command("configureFailPoint", "breakEverything", "mode", "alwaysOn"));
        assertThat(reply.get("codeName")).isEqualTo("FailPointSetFailed");
    }

    @Test
    void withoutTestCommandsThereAreNoFailPoints() {
        try (TestServer production = TestServer.standalone()
                        .parameter("enableTestCommands", false)
                        .start();
                RawClient other = new RawClient(production.addresses().get(0))) {
            assertThat(other.admin(command("configureFailPoint", "failCommand", "mode", "off"))
                            .get("codeName"))
                    .isEqualTo("CommandNotFound");
        }
    }

    @Test
    void eachMongosHasItsOwnFailPointsAndLeavesRetryLabelsToTheShards() {
        try (TestServer cluster = TestServer.sharded(2).start();
                RawClient one = new RawClient(cluster.addresses().get(0));
                RawClient two = new RawClient(cluster.addresses().get(1))) {
            one.admin(command(
                    "configureFailPoint",
                    "failCommand",
                    "mode",
                    "alwaysOn",
                    "data",
                    command("failCommands", List.of("insert"), "errorCode", 91)));
            Document insert = command(
                    "insert",
                    "c",
                    "documents",
                    List.of(new Document("_id", 1)),
                    "lsid",
                    new Document("id", UUID.randomUUID()),
                    "txnNumber",
                    1L);
            Document failed = one.run("app", insert);
            assertThat(failed.get("code")).isEqualTo(91);
            assertThat(failed.containsKey("errorLabels")).isFalse();
            assertThat(two.run("app", insert).get("n")).isEqualTo(1);
        }
    }

    @Test
    void anInjectedErrorSaysThatAChangeStreamCanBeResumed() {
        Document open = command(
                "aggregate",
                "c",
                "pipeline",
                List.of(new Document("$changeStream", new Document())),
                "cursor",
                new Document());
        set(times(1), "failCommands", List.of("aggregate"), "errorCode", 10107);
        assertThat(client.run("app", open).get("errorLabels")).isEqualTo(List.of("ResumableChangeStreamError"));
        Document opened = client.run("app", open);
        client.admin(command(
                "configureFailPoint",
                "failGetMoreAfterCursorCheckout",
                "mode",
                times(1),
                "data",
                new Document("errorCode", 6)));
        Document more = client.run("app", command("getMore", at(opened, "cursor", "id"), "collection", "c"));
        assertThat(more.get("errorLabels")).isEqualTo(List.of("ResumableChangeStreamError"));
    }
}
