package dev.rotor.testserver;

import static dev.rotor.testserver.Documents.at;
import static dev.rotor.testserver.Documents.command;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import dev.rotor.testserver.bson.BsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The handshake and the heartbeat, for each kind of server. */
class HelloTest {

    private static final int EXHAUST_ALLOWED = 1 << 16;
    private static final int MORE_TO_COME = 1 << 1;
    private static final Document METADATA = new Document("driver", new Document("name", "raw").append("version", "1"))
            .append("os", new Document("type", "any"));

    @Test
    void aStandaloneTellsNoReplicaSet() {
        try (TestServer server = TestServer.standalone().version("8.0").start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document reply = client.admin(new Document("hello", 1).append("helloOk", true));
            assertThat(reply.keySet())
                    .contains("helloOk", "topologyVersion", "isWritablePrimary", "connectionId", "readOnly")
                    .doesNotContain("setName", "msg", "$clusterTime", "ismaster", "lastWrite");
            assertThat(reply.get("maxWireVersion")).isEqualTo(25);
            assertThat(reply.get("minWireVersion")).isEqualTo(0);
            assertThat(reply.get("maxBsonObjectSize")).isEqualTo(16_777_216);
            assertThat(reply.get("maxMessageSizeBytes")).isEqualTo(48_000_000);
            assertThat(reply.get("maxWriteBatchSize")).isEqualTo(100_000);
            assertThat(reply.get("logicalSessionTimeoutMinutes")).isEqualTo(30);
        }
    }

    @Test
    void aMongosSaysIsdbgrid() {
        try (TestServer server = TestServer.sharded(2).start();
                RawClient client = new RawClient(server.addresses().get(1))) {
            Document reply = client.admin(new Document("hello", 1));
            assertThat(reply.get("msg")).isEqualTo("isdbgrid");
            assertThat(reply.keySet()).contains("$clusterTime", "operationTime").doesNotContain("serviceId", "setName");
        }
    }

    @Test
    void beforeVersion44ThereIsNoTopologyVersion() {
        try (TestServer server = TestServer.replicaSet(1).version("4.2").start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document reply = client.admin(new Document("isMaster", 1));
            assertThat(reply.containsKey("topologyVersion")).isFalse();
            assertThat(reply.get("ismaster")).isEqualTo(true);
            assertThat(reply.containsKey("isWritablePrimary")).isFalse();
        }
    }

    @Test
    void anOldHandshakeInOpQueryIsAnswered() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            int id = client.sendMessage(2004, query("admin.$cmd", new Document("isMaster", 1)));
            RawClient.Reply reply = client.receive();
            assertThat(reply.opcode()).isEqualTo(1);
            assertThat(reply.responseTo()).isEqualTo(id);
            assertThat(reply.body().get("ismaster")).isEqualTo(true);
        }
    }

    @Test
    void since51OpQueryCarriesNothingButHandshakes() {
        try (TestServer server = TestServer.standalone().version("6.0").start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            client.sendMessage(2004, query("admin.$cmd", new Document("ping", 1)));
            assertThat(client.receive().body().get("code")).isEqualTo(352);
        }
        try (TestServer server = TestServer.standalone().version("4.4").start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            client.sendMessage(2004, query("admin.$cmd", new Document("ping", 1)));
            assertThat(client.receive().body().get("ok")).isEqualTo(1.0);
        }
    }

    private static byte[] query(String collection, Document command) {
        BsonWriter out = new BsonWriter();
        out.int32(0);
        out.cString(collection);
        out.int32(0);
        out.int32(-1);
        out.document(command);
        return out.toBytes();
    }

    @Test
    void exhaustRepliesFollowEachOtherUntilTheClientGoes() {
        try (TestServer server = TestServer.replicaSet(2).start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document first = client.admin(new Document("hello", 1));
            int id = client.send(
                    EXHAUST_ALLOWED,
                    command(
                            "hello",
                            1,
                            "topologyVersion",
                            at(first, "topologyVersion"),
                            "maxAwaitTimeMS",
                            1,
                            "$db",
                            "admin"));
            RawClient.Reply one = client.receive();
            RawClient.Reply two = client.receive();
            assertThat(one.flags()).isEqualTo(MORE_TO_COME);
            assertThat(one.responseTo()).isEqualTo(id);
            assertThat(two.responseTo()).isEqualTo(one.requestId());
            assertThat(two.body().get("isWritablePrimary")).isEqualTo(true);
        }
    }

    @Test
    void anErrorEndsAStreamOfHellos() {
        try (TestServer server = TestServer.replicaSet(1).start();
                RawClient client = new RawClient(server.addresses().get(0));
                RawClient other = new RawClient(server.addresses().get(0))) {
            Document first = client.admin(new Document("hello", 1));
            other.admin(command(
                    "configureFailPoint",
                    "failCommand",
                    "mode",
                    "alwaysOn",
                    "data",
                    command("failCommands", List.of("hello"), "errorCode", 91)));
            client.send(
                    EXHAUST_ALLOWED,
                    command(
                            "hello",
                            1,
                            "topologyVersion",
                            at(first, "topologyVersion"),
                            "maxAwaitTimeMS",
                            1,
                            "$db",
                            "admin"));
            RawClient.Reply reply = client.receive();
            assertThat(reply.flags()).isZero();
            assertThat(reply.body().get("code")).isEqualTo(91);
        }
    }

    @Test
    void topologyVersionAndMaxAwaitTimeComeTogether() {
        try (TestServer server = TestServer.replicaSet(1).start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document version = (Document) at(client.admin(new Document("hello", 1)), "topologyVersion");
            assertThat(client.admin(command("hello", 1, "topologyVersion", version))
                            .get("code"))
                    .isEqualTo(31368);
            assertThat(client.admin(command("hello", 1, "maxAwaitTimeMS", 5)).get("code"))
                    .isEqualTo(31368);
            Document later = command("processId", at(version, "processId"), "counter", 1000L);
            assertThat(client.admin(command("hello", 1, "topologyVersion", later, "maxAwaitTimeMS", 5))
                            .get("code"))
                    .isEqualTo(31382);
            Document otherProcess = command("processId", new ObjectId(), "counter", 1000L);
            assertThat(client.admin(command("hello", 1, "topologyVersion", otherProcess, "maxAwaitTimeMS", 600_000))
                            .get("ok"))
                    .isEqualTo(1.0);
        }
    }

    @Test
    void metadataIsTakenOncePerConnection() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            assertThat(client.admin(command("hello", 1, "client", METADATA)).get("ok"))
                    .isEqualTo(1.0);
            assertThat(client.admin(command("hello", 1, "client", METADATA)).get("code"))
                    .isEqualTo(186);
        }
    }

    @Test
    void metadataThatAServerRefusesIsRefused() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document large = METADATA.clone().append("platform", "x".repeat(600));
            assertThat(client.admin(command("hello", 1, "client", large)).get("code"))
                    .isEqualTo(185);
            Document longName = METADATA.clone().append("application", new Document("name", "x".repeat(129)));
            assertThat(client.admin(command("hello", 1, "client", longName)).get("code"))
                    .isEqualTo(184);
            assertThat(client.admin(command("hello", 1, "client", new Document()))
                            .get("code"))
                    .isEqualTo(183);
        }
    }

    @Test
    void unacknowledgedCommandsHaveNoReplyAndAreExecuted() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            client.send(
                    MORE_TO_COME,
                    command("insert", "c", "writeConcern", new Document("w", 0), "$db", "app"),
                    Map.of("documents", List.of(new Document("_id", 1), new Document("_id", 2))));
            Document count = client.run("app", command("count", "c"));
            assertThat(count.get("n")).isEqualTo(2);
        }
    }

    @Test
    void aMessageThatIsNoneClosesTheConnectionOnly() {
        try (TestServer server = TestServer.standalone().start();
                RawClient hostile = new RawClient(server.addresses().get(0));
                RawClient other = new RawClient(server.addresses().get(0))) {
            hostile.sendBytes(new byte[] {-1, -1, -1, 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            assertThat(hostile.isClosedByServer()).isTrue();
            assertThat(other.admin(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
        }
    }

    @Test
    void behindALoadBalancerTheServiceIsNamedAndClientsMustKnow() {
        try (TestServer server = TestServer.loadBalanced(2).start()) {
            assertThat(server.connectionString())
                    .isEqualTo("mongodb://" + server.loadBalancerAddresses().get(1) + "/?loadBalanced=true");
            String address = server.loadBalancerAddresses().get(1);
            try (RawClient one = new RawClient(address);
                    RawClient two = new RawClient(address);
                    RawClient ignorant = new RawClient(address);
                    RawClient direct = new RawClient(server.addresses().get(0))) {
                Object first = at(one.admin(command("hello", 1, "loadBalanced", true)), "serviceId");
                Object second = at(two.admin(command("hello", 1, "loadBalanced", true)), "serviceId");
                assertThat(first).isNotEqualTo(second);
                assertThat(ignorant.admin(new Document("hello", 1)).get("code")).isEqualTo(354);
                assertThat(direct.admin(command("hello", 1, "loadBalanced", true))
                                .containsKey("serviceId"))
                        .isFalse();
            }
            try (RawClient one = new RawClient(server.loadBalancerAddresses().get(0));
                    RawClient two = new RawClient(server.loadBalancerAddresses().get(0))) {
                assertThat(at(one.admin(command("hello", 1, "loadBalanced", true)), "serviceId"))
                        .isEqualTo(at(two.admin(command("hello", 1, "loadBalanced", true)), "serviceId"));
            }
        }
    }
}
