package dev.rotor.testserver;

import static dev.rotor.testserver.Documents.at;
import static dev.rotor.testserver.Documents.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be done to members and connections, and that nothing is left afterwards. */
class FaultsTest {

    private static Set<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().startsWith("testserver"))
                .collect(Collectors.toSet());
    }

    @Test
    void closingLeavesNoThreadAndNoSocket() {
        Set<Thread> before = ownThreads();
        TestServer server = TestServer.replicaSet(3).start();
        RawClient idle = new RawClient(server.addresses().get(0));
        RawClient waiting = new RawClient(server.addresses().get(1));
        Document hello = waiting.admin(new Document("hello", 1));
        waiting.send(
                1 << 16,
                command(
                        "hello",
                        1,
                        "topologyVersion",
                        at(hello, "topologyVersion"),
                        "maxAwaitTimeMS",
                        600_000,
                        "$db",
                        "admin"));
        idle.admin(new Document("ping", 1));
        server.close();
        assertThat(before).containsAll(ownThreads());
        assertThat(idle.isClosedByServer()).isTrue();
        assertThat(waiting.isClosedByServer()).isTrue();
        String address = server.addresses().get(0);
        assertThatThrownBy(() -> new RawClient(address)).isInstanceOf(UncheckedIOException.class);
        server.close();
    }

    @Test
    void aClientWhoGoesWhileItsCommandWaitsIsNoticed() {
        try (TestServer server = TestServer.replicaSet(1).start()) {
            RawClient monitor = new RawClient(server.addresses().get(0));
            Document hello = monitor.admin(new Document("hello", 1));
            monitor.send(
                    0,
                    command(
                            "hello",
                            1,
                            "topologyVersion",
                            at(hello, "topologyVersion"),
                            "maxAwaitTimeMS",
                            600_000,
                            "$db",
                            "admin"));
            assertThat(server.member(0).connections()).isEqualTo(1);
            monitor.close();
            while (server.member(0).connections() > 0) {
                Thread.onSpinWait();
            }
            assertThat(server.member(0).connections()).isZero();
        }
    }

    @Test
    void aCommandSentWhileAnotherWaitsIsAnsweredAfterwards() {
        try (TestServer server = TestServer.replicaSet(1).start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document hello = client.admin(new Document("hello", 1));
            // The first hello is certainly over when another command of the connection is answered.
            client.admin(new Document("ping", 1));
            client.send(
                    0,
                    command(
                            "hello",
                            1,
                            "topologyVersion",
                            at(hello, "topologyVersion"),
                            "maxAwaitTimeMS",
                            5,
                            "$db",
                            "admin"));
            int second = client.send(0, command("ping", 1, "$db", "admin"));
            client.receive();
            assertThat(client.receive().responseTo()).isEqualTo(second);
            assertThat(client.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void aConnectionIsCutAfterSoManyBytes() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            client.admin(new Document("ping", 1));
            server.member(0).faults().cutAfterBytes(20);
            client.send(0, command("ping", 1, "$db", "admin"));
            assertThatThrownBy(client::receive).isInstanceOf(UncheckedIOException.class);
            server.member(0).faults().clear();
            try (RawClient next = new RawClient(server.addresses().get(0))) {
                assertThat(next.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
            }
        }
    }

    @Test
    void repliesAreDelayed() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            server.member(0).faults().delayReplies(Duration.ofMillis(30));
            long start = System.nanoTime();
            client.admin(new Document("ping", 1));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
        }
    }

    @Test
    void droppedRepliesDoNotUndoWhatWasDone() {
        try (TestServer server = TestServer.standalone().start();
                RawClient silent = new RawClient(server.addresses().get(0));
                RawClient client = new RawClient(server.addresses().get(0))) {
            server.member(0).faults().dropReplies(true);
            silent.send(0, command("insert", "c", "documents", List.of(new Document("_id", 1)), "$db", "app"));
            // Commands of one connection run in order: when this one closes it, the insert has run.
            silent.sendBytes(new byte[16]);
            assertThat(silent.isClosedByServer()).isTrue();
            server.member(0).faults().dropReplies(false);
            assertThat(client.run("app", command("count", "c")).get("n")).isEqualTo(1);
        }
    }

    @Test
    void aFrozenMemberReadsNothingUntilItThaws() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            server.member(0).faults().freeze(true);
            client.send(0, command("ping", 1, "$db", "admin"));
            server.member(0).faults().freeze(false);
            assertThat(client.receive().body().get("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void connectionsAreRefusedOrClosed() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            client.admin(new Document("ping", 1));
            server.member(0).faults().closeConnections();
            assertThat(client.isClosedByServer()).isTrue();
            server.member(0).faults().refuseConnections(true);
            try (RawClient refused = new RawClient(server.addresses().get(0))) {
                assertThat(refused.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void aKilledMemberKeepsItsPortAndItsDataButNotItsProcess() {
        try (TestServer server = TestServer.replicaSet(1).start()) {
            Object before;
            try (RawClient client = new RawClient(server.addresses().get(0))) {
                client.run("app", command("insert", "c", "documents", List.of(new Document("_id", 1))));
                before = at(client.admin(new Document("hello", 1)), "topologyVersion", "processId");
                server.member(0).kill();
                assertThat(client.isClosedByServer()).isTrue();
            }
            assertThat(server.member(0).isRunning()).isFalse();
            server.member(0).restart();
            try (RawClient client = new RawClient(server.addresses().get(0))) {
                Document hello = client.admin(new Document("hello", 1));
                assertThat(hello.get("isWritablePrimary")).isEqualTo(true);
                assertThat(at(hello, "topologyVersion", "processId")).isNotEqualTo(before);
                assertThat(client.run("app", command("count", "c")).get("n")).isEqualTo(1);
            }
        }
    }

    @Test
    void whatAPrimaryWithoutMajorityIsToldToWriteIsNotWritten() {
        try (TestServer server = TestServer.replicaSet(3)
                        .electionTimeout(Duration.ofMillis(20))
                        .start();
                RawClient left = new RawClient(server.addresses().get(0))) {
            server.member(0).partition();
            Document reply = left.run("app", command("insert", "c", "documents", List.of(new Document("_id", 1))));
            assertThat(List.of(11602, 10107)).contains((Integer) at(reply, "code"));
            try (RawClient right = new RawClient(server.addresses().get(2))) {
                Document count = right.run(
                        "app", command("count", "c", "$readPreference", new Document("mode", "secondaryPreferred")));
                assertThat(count.get("n")).isEqualTo(0);
            }
        }
    }

    @Test
    void anOrderlyShutdownHandsOverAtOnce() {
        try (TestServer server =
                TestServer.replicaSet(3).electionTimeout(Duration.ofHours(1)).start()) {
            server.member(0).shutdown();
            assertThat(server.primary().address()).isEqualTo(server.addresses().get(1));
        }
    }

    @Test
    void aMemberCanBeKilledAndRestartedAsOftenAsOneLikes() {
        try (TestServer server = TestServer.replicaSet(1).start()) {
            for (int i = 0; i < 100; i++) {
                server.member(0).kill();
                server.member(0).restart();
            }
            try (RawClient client = new RawClient(server.addresses().get(0))) {
                assertThat(client.admin(new Document("hello", 1)).get("isWritablePrimary"))
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void anOrderlyShutdownAnswersWhoWaits() {
        try (TestServer server = TestServer.replicaSet(1).start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document hello = client.admin(new Document("hello", 1));
            // The first hello is certainly over when another command of the connection is answered.
            client.admin(new Document("ping", 1));
            client.send(
                    0,
                    command(
                            "hello",
                            1,
                            "topologyVersion",
                            at(hello, "topologyVersion"),
                            "maxAwaitTimeMS",
                            600_000,
                            "$db",
                            "admin"));
            while (!runsHello(server)) {
                Thread.onSpinWait();
            }
            server.member(0).shutdown();
            assertThat(client.receive().body().get("codeName")).isEqualTo("InterruptedAtShutdown");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    private static boolean runsHello(TestServer server) {
        try (RawClient asking = new RawClient(server.addresses().get(0))) {
            return ((List<?>) at(asking.admin(new Document("currentOp", 1)), "inprog"))
                    .stream().anyMatch(each -> ((Document) at((Document) each, "command")).containsKey("hello"));
        }
    }
}
