package dev.rotor.testserver;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import dev.rotor.testserver.engine.MemberRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A replica set as its clients see it. */
class ReplicaSetTest {

    private static Document hello(String address) {
        try (RawClient client = new RawClient(address)) {
            return client.admin(new Document("hello", 1));
        }
    }

    private static Document awaitHello(RawClient client, Document before) {
        return client.admin(new Document("hello", 1)
                .append("topologyVersion", before.get("topologyVersion"))
                .append("maxAwaitTimeMS", 10_000));
    }

    @Test
    void theFirstMemberIsPrimaryAndAllTellTheSame() {
        try (TestServer server = TestServer.replicaSet(3).version("8.2").start()) {
            Document primary = hello(server.addresses().get(0));
            assertThat(primary.get("isWritablePrimary")).isEqualTo(true);
            assertThat(primary.get("secondary")).isEqualTo(false);
            assertThat(primary.get("setName")).isEqualTo("rs0");
            assertThat(primary.get("hosts")).isEqualTo(server.addresses());
            assertThat(primary.get("me")).isEqualTo(server.addresses().get(0));
            assertThat(primary.get("electionId")).isEqualTo(new ObjectId("7fffffff0000000000000001"));
            assertThat(primary.get("setVersion")).isEqualTo(1);
            assertThat(primary.get("maxWireVersion")).isEqualTo(27);
            assertThat(primary.get("lastWrite")).isInstanceOf(Document.class);
            Document secondary = hello(server.addresses().get(2));
            assertThat(secondary.get("isWritablePrimary")).isEqualTo(false);
            assertThat(secondary.get("secondary")).isEqualTo(true);
            assertThat(secondary.get("primary")).isEqualTo(server.addresses().get(0));
            assertThat(secondary.containsKey("electionId")).isFalse();
        }
    }

    @Test
    void aStepDownIsToldToWhoeverAwaitsAHello() {
        try (TestServer server = TestServer.replicaSet(3).start();
                RawClient monitor = new RawClient(server.addresses().get(0))) {
            Document before = monitor.admin(new Document("hello", 1));
            server.member(0).stepDown(Duration.ofSeconds(60));
            Document after = awaitHello(monitor, before);
            assertThat(after.get("isWritablePrimary")).isEqualTo(false);
            assertThat(server.member(0).role()).isEqualTo(MemberRole.SECONDARY);
            assertThat(server.primary().address()).isEqualTo(server.addresses().get(1));
            Document elected = hello(server.addresses().get(1));
            assertThat(elected.get("electionId")).isEqualTo(new ObjectId("7fffffff0000000000000002"));
        }
    }

    @Test
    void aKilledPrimaryIsReplacedAndComesBackAsSecondary() {
        try (TestServer server = TestServer.replicaSet(3)
                        .electionTimeout(Duration.ofMillis(20))
                        .start();
                RawClient monitor = new RawClient(server.addresses().get(1))) {
            Document before = monitor.admin(new Document("hello", 1));
            server.member(0).kill();
            Document after = awaitHello(monitor, before);
            assertThat(after.get("isWritablePrimary")).isEqualTo(true);
            server.member(0).restart();
            Document back = hello(server.addresses().get(0));
            assertThat(back.get("secondary")).isEqualTo(true);
            assertThat(back.get("primary")).isEqualTo(server.addresses().get(1));
        }
    }

    @Test
    void withoutAMajorityThereIsNoPrimary() {
        try (TestServer server = TestServer.replicaSet(3)
                        .electionTimeout(Duration.ofMillis(20))
                        .start();
                RawClient monitor = new RawClient(server.addresses().get(0))) {
            Document before = monitor.admin(new Document("hello", 1));
            server.member(1).kill();
            server.member(2).kill();
            Document after = awaitHello(monitor, before);
            assertThat(after.get("secondary")).isEqualTo(true);
            assertThat(after.containsKey("primary")).isFalse();
            server.member(2).restart();
            assertThat(List.of(server.member(0).role(), server.member(2).role()))
                    .containsExactlyInAnyOrder(MemberRole.PRIMARY, MemberRole.SECONDARY);
        }
    }

    @Test
    void aPartitionedPrimaryStepsDownAndTheOthersElect() {
        try (TestServer server = TestServer.replicaSet(3)
                        .electionTimeout(Duration.ofMillis(20))
                        .start();
                RawClient left = new RawClient(server.addresses().get(0));
                RawClient right = new RawClient(server.addresses().get(1))) {
            Document leftBefore = left.admin(new Document("hello", 1));
            Document rightBefore = right.admin(new Document("hello", 1));
            server.member(0).partition();
            assertThat(awaitHello(left, leftBefore).get("isWritablePrimary")).isEqualTo(false);
            assertThat(awaitHello(right, rightBefore).get("isWritablePrimary")).isEqualTo(true);
            server.member(0).heal();
            assertThat(hello(server.addresses().get(0)).get("primary"))
                    .isEqualTo(server.addresses().get(1));
        }
    }

    @Test
    void repliesCarryClusterTimeAndOperationTime() {
        try (TestServer server = TestServer.replicaSet(1).start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document reply = client.admin(new Document("ping", 1));
            assertThat(reply.keySet()).containsExactly("ok", "$clusterTime", "operationTime");
        }
    }
}
