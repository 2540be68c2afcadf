package dev.rotor.testserver;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that the engine runs, asked for over a socket. */
class ThroughTheSocketTest {

    @Test
    void whatIsInsertedIsFound() {
        try (TestServer server = TestServer.replicaSet(1).start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document insert = client.run(
                    "app", new Document("insert", "people").append("documents", List.of(new Document("_id", 1))));
            assertThat(insert.get("n")).isEqualTo(1);
            Document found = client.run("app", new Document("find", "people").append("filter", new Document("_id", 1)));
            assertThat(Documents.firstBatch(found)).isEqualTo(List.of(new Document("_id", 1)));
        }
    }

    @Test
    void aCommandNobodyKnowsIsRefusedWithCode59() {
        try (TestServer server = TestServer.standalone().start();
                RawClient client = new RawClient(server.addresses().get(0))) {
            Document reply = client.admin(new Document("makeCoffee", 1));
            assertThat(reply.get("code")).isEqualTo(59);
            assertThat(reply.get("codeName")).isEqualTo("CommandNotFound");
            assertThat(reply.get("errmsg")).isEqualTo("no such command: 'makeCoffee'");
        }
    }
}
