package dev.rotor.testserver;

import static dev.rotor.testserver.Documents.at;
import static dev.rotor.testserver.Documents.command;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Read and write concerns, the Stable API and parameters. */
class ConcernsTest {

    private final TestServer server = TestServer.replicaSet(3).start();
    private final RawClient client = new RawClient(server.addresses().get(0));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Document insert(Document writeConcern) {
        return client.run(
                "app", command("insert", "c", "documents", List.of(new Document()), "writeConcern", writeConcern));
    }

    @Test
    void aWriteConcernThatCannotBeSatisfiedIsToldBesideTheResult() {
        Document reply = insert(command("w", 4));
        assertThat(reply.get("n")).isEqualTo(1);
        assertThat(at(reply, "writeConcernError", "code")).isEqualTo(100);
        assertThat(at(reply, "writeConcernError", "codeName")).isEqualTo("UnsatisfiableWriteConcern");
        assertThat(at(insert(command("w", "nowhere")), "writeConcernError", "code"))
                .isEqualTo(79);
        assertThat(insert(command("w", "majority", "wtimeout", 1000)).containsKey("writeConcernError"))
                .isFalse();
    }

    @Test
    void aWriteConcernWaitsForMembersUntilItsTimeIsOver() {
        server.member(2).kill();
        Document reply = insert(command("w", 3, "wtimeout", 5));
        assertThat(reply.get("n")).isEqualTo(1);
        assertThat(at(reply, "writeConcernError", "code")).isEqualTo(64);
        assertThat(at(reply, "writeConcernError", "errInfo", "wtimeout")).isEqualTo(true);
    }

    @Test
    void aCommandThatFailsTellsWhatBecameOfItsWriteConcernAsWell() {
        client.run("app", command("create", "c"));
        Document reply =
                client.run("app", command("create", "c", "capped", true, "size", 10, "writeConcern", command("w", 4)));
        assertThat(reply.get("codeName")).isEqualTo("NamespaceExists");
        assertThat(at(reply, "writeConcernError", "code")).isEqualTo(100);
    }

    @Test
    void aMemberWhoseReplicationIsStoppedAcknowledgesNothing() {
        try (RawClient secondary = new RawClient(server.addresses().get(1))) {
            secondary.admin(command("configureFailPoint", "stopReplProducer", "mode", "alwaysOn"));
            assertThat(at(insert(command("w", 3, "wtimeout", 5)), "writeConcernError", "code"))
                    .isEqualTo(64);
            assertThat(insert(command("w", 2, "wtimeout", 5)).containsKey("writeConcernError"))
                    .isFalse();
            secondary.admin(command("configureFailPoint", "stopReplProducer", "mode", "off"));
            assertThat(insert(command("w", 3)).containsKey("writeConcernError")).isFalse();
            assertThat(secondary
                            .admin(command("configureFailPoint", "stopReplProducer", "mode", command("times", 1)))
                            .get("codeName"))
                    .isEqualTo("BadValue");
        }
    }

    @Test
    void aStepDownEndsTheWaitForMembers() {
        server.member(2).kill();
        try (RawClient waiting = new RawClient(server.addresses().get(0))) {
            waiting.send(
                    0,
                    command(
                            "insert",
                            "c",
                            "documents",
                            List.of(new Document("_id", 1)),
                            "writeConcern",
                            command("w", 3),
                            "$db",
                            "app"));
            // The write is there before its wait begins.
            while (at(client.run("app", command("count", "c")), "n").equals(0)) {
                Thread.onSpinWait();
            }
            server.member(0).stepDown(Duration.ofSeconds(60));
            assertThat(at(waiting.receive().body(), "writeConcernError", "code"))
                    .isEqualTo(189);
        }
    }

    @Test
    void impossibleWriteConcernsAreRefused() {
        assertThat(insert(command("w", 51)).get("codeName")).isEqualTo("FailedToParse");
        assertThat(insert(command("w", -1)).get("codeName")).isEqualTo("FailedToParse");
        assertThat(insert(command("x", 1)).get("code")).isEqualTo(40415);
        assertThat(client.run("app", command("find", "c", "writeConcern", command("w", 1)))
                        .get("codeName"))
                .isEqualTo("InvalidOptions");
        try (TestServer standalone = TestServer.standalone().start();
                RawClient other = new RawClient(standalone.addresses().get(0))) {
            Document reply = other.run(
                    "app",
                    command("insert", "c", "documents", List.of(new Document()), "writeConcern", command("w", 2)));
            assertThat(reply.get("errmsg")).isEqualTo("cannot use 'w' > 1 when a host is not replicated");
        }
    }

    @Test
    void readConcernsGoWithTheCommandsThatTakeThem() {
        assertThat(client.run("app", command("find", "c", "readConcern", command("level", "majority")))
                        .get("ok"))
                .isEqualTo(1.0);
        assertThat(insert(command("w", 1)).get("ok")).isEqualTo(1.0);
        assertThat(client.run(
                                "app",
                                command(
                                        "insert",
                                        "c",
                                        "documents",
                                        List.of(new Document()),
                                        "readConcern",
                                        command("level", "majority")))
                        .get("codeName"))
                .isEqualTo("InvalidOptions");
        assertThat(client.run("app", command("find", "c", "readConcern", command("level", "psychic")))
                        .get("codeName"))
                .isEqualTo("BadValue");
        assertThat(client.run("app", command("listCollections", 1, "readConcern", command("level", "snapshot")))
                        .get("codeName"))
                .isEqualTo("InvalidOptions");
    }

    @Test
    void aPipelineThatWritesIsNotLinearizable() {
        Document reply = client.run(
                "app",
                command(
                        "aggregate",
                        "c",
                        "pipeline",
                        List.of(new Document("$out", "d")),
                        "cursor",
                        new Document(),
                        "readConcern",
                        command("level", "linearizable")));
        assertThat(reply.get("codeName")).isEqualTo("InvalidOptions");
    }

    @Test
    void snapshotReadsOutsideOfTransactionsCameWith50() {
        try (TestServer old = TestServer.replicaSet(1).version("4.4").start();
                RawClient other = new RawClient(old.addresses().get(0))) {
            assertThat(other.run("app", command("find", "c", "readConcern", command("level", "snapshot")))
                            .get("codeName"))
                    .isEqualTo("InvalidOptions");
        }
    }

    @Test
    void theStableApiIsHeldTo() {
        assertThat(client.admin(command("ping", 1, "apiVersion", "1", "apiStrict", true))
                        .get("ok"))
                .isEqualTo(1.0);
        Document strict = client.run("app", command("distinct", "c", "key", "x", "apiVersion", "1", "apiStrict", true));
        assertThat(strict.get("code")).isEqualTo(323);
        assertThat(strict.get("codeName")).isEqualTo("APIStrictError");
        assertThat((String) at(strict, "errmsg")).contains("command distinct is not in API Version 1");
        assertThat(client.run("app", command("distinct", "c", "key", "x", "apiVersion", "1"))
                        .get("ok"))
                .isEqualTo(1.0);
        assertThat(client.admin(command("ping", 1, "apiVersion", "2")).get("codeName"))
                .isEqualTo("APIVersionError");
        assertThat(client.admin(command("ping", 1, "apiStrict", true)).get("code"))
                .isEqualTo(4886600);
    }

    @Test
    void apiVersion2IsForTests() {
        try (TestServer testing = TestServer.standalone()
                        .parameter("acceptApiVersion2", true)
                        .start();
                RawClient other = new RawClient(testing.addresses().get(0))) {
            Document deprecated = other.admin(
                    command("testDeprecationInVersion2", 1, "apiVersion", "2", "apiDeprecationErrors", true));
            assertThat(deprecated.get("codeName")).isEqualTo("APIDeprecationError");
            assertThat((String) at(deprecated, "errmsg"))
                    .contains("command testDeprecationInVersion2 is deprecated in API Version 2");
            assertThat(other.admin(command("testVersion2", 1, "apiVersion", "2", "apiStrict", true))
                            .get("ok"))
                    .isEqualTo(1.0);
            assertThat(other.admin(command("testVersion2", 1, "apiVersion", "1", "apiStrict", true))
                            .get("codeName"))
                    .isEqualTo("APIStrictError");
        }
    }

    @Test
    void aServerCanRequireTheApiVersion() {
        Document was = client.admin(command("setParameter", 1, "requireApiVersion", true));
        assertThat(was.get("was")).isEqualTo(false);
        assertThat(client.admin(new Document("ping", 1)).get("code")).isEqualTo(498870);
        assertThat(client.admin(command("setParameter", 1, "requireApiVersion", false, "apiVersion", "1"))
                        .get("ok"))
                .isEqualTo(1.0);
        assertThat(client.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
    }

    @Test
    void parametersAreShownAndUnknownOnesRefused() {
        assertThat(client.admin(command("getParameter", 1, "enableTestCommands", 1))
                        .get("enableTestCommands"))
                .isEqualTo(true);
        assertThat(client.admin(command("getParameter", "*")).keySet())
                .contains("authenticationMechanisms", "requireApiVersion");
        assertThat(client.admin(command("getParameter", 1, "colour", 1)).get("codeName"))
                .isEqualTo("InvalidOptions");
        assertThat(client.admin(command("setParameter", 1, "colour", 1)).get("codeName"))
                .isEqualTo("InvalidOptions");
        assertThat(client.run("app", command("getParameter", "*")).get("errmsg"))
                .isEqualTo("getParameter may only be run against the admin database.");
    }

    @Test
    void diagnosticCommandsAreAnswered() {
        for (String each : List.of(
                "buildInfo",
                "serverStatus",
                "connectionStatus",
                "whatsmyuri",
                "hostInfo",
                "getCmdLineOpts",
                "replSetGetStatus",
                "replSetGetConfig",
                "currentOp")) {
            assertThat(client.admin(new Document(each, 1)).get("ok")).as(each).isEqualTo(1.0);
        }
        assertThat(client.admin(new Document("getLog", "global")).get("ok")).isEqualTo(1.0);
        assertThat(client.admin(new Document("buildInfo", 1)).get("versionArray"))
                .isEqualTo(List.of(8, 2, 0, 0));
    }

    @Test
    void aPrimaryStepsDownOnCommandOnlyIfAnotherCanFollowOrItIsForced() {
        server.member(1).freeze(Duration.ofMinutes(1));
        server.member(2).freeze(Duration.ofMinutes(1));
        assertThat(client.admin(new Document("replSetStepDown", 60)).get("codeName"))
                .isEqualTo("ExceededTimeLimit");
        assertThat(client.admin(command("replSetStepDown", 60, "force", true)).get("ok"))
                .isEqualTo(1.0);
        assertThat(client.admin(new Document("hello", 1)).get("secondary")).isEqualTo(true);
        assertThat(client.admin(new Document("replSetFreeze", 0)).get("ok")).isEqualTo(1.0);
        assertThat(client.admin(new Document("hello", 1)).get("isWritablePrimary"))
                .isEqualTo(true);
    }
}
