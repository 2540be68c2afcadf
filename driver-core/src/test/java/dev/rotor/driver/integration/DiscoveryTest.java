package dev.rotor.driver.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.topology.TopologyType;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Discovery and monitoring through the public API, on real sockets. */
@Timeout(60)
class DiscoveryTest {

    @Test
    void aStandaloneIsDiscoveredAndAlsoReachedDirectly() throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend());
        try {
            String uri = uri(server.bind());
            for (String options : new String[] {"", "?directConnection=true"}) {
                try (MongoClient client = MongoClient.create(uri + options)) {
                    assertThat(TestDeployment.await(ping(client)).get("ok")).isEqualTo(1.0);
                    assertThat(client.topologyDescription().type()).isEqualTo(TopologyType.SINGLE);
                }
            }
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void whereNothingListensTheErrorBeginsWithThatAndNamesTheServer() {
        InetSocketAddress nobody = freeAddress();
        try (MongoClient client = MongoClient.create(uri(nobody) + "?serverSelectionTimeoutMS=1000")) {
            assertThatThrownBy(() -> TestDeployment.await(ping(client)))
                    .isInstanceOf(MongoTimeoutException.class)
                    .hasMessageContaining("127.0.0.1:" + nobody.getPort())
                    .satisfies(failure -> assertThat(
                                    String.valueOf(failure.getMessage()).lines().findFirst())
                            .get()
                            .asString()
                            .containsIgnoringCase("refused"))
                    .hasMessageContaining("Topology: {type Unknown");
        }
    }

    @Test
    void anOperationThatWaitsGoesOnWhenTheServerComesUp() throws Exception {
        InetSocketAddress address = freeAddress();
        try (MongoClient client = MongoClient.create(uri(address))) {
            CompletionStage<Document> waiting = ping(client);
            MongoServer server = new MongoServer(new MemoryBackend());
            try {
                server.bind(address);
                assertThat(TestDeployment.await(waiting).get("ok")).isEqualTo(1.0);
            } finally {
                server.shutdownNow();
            }
        }
    }

    @Test
    void aServerThatWasRestartedIsFoundAgain() throws Exception {
        try (TestDeployment first = TestDeployment.embedded();
                MongoClient client = MongoClient.create(first.uri())) {
            TestDeployment.await(ping(client));
            first.kill();
            MongoServer second = new MongoServer(new MemoryBackend());
            try {
                second.bind(first.address());
                // A read is retried once: whatever is left of the first server's connections, it succeeds.
                assertThat(TestDeployment.await(client.getDatabase("test")
                                .getCollection("none")
                                .find()
                                .toList(1)))
                        .isEmpty();
            } finally {
                second.shutdownNow();
            }
        }
    }

    @Test
    void closingTheClientEndsAnOperationThatWaitsForAServer() {
        CompletionStage<Document> waiting;
        try (MongoClient client = MongoClient.create(uri(freeAddress()))) {
            waiting = ping(client);
        }
        assertThatThrownBy(() -> TestDeployment.await(waiting)).isInstanceOf(MongoClientClosedException.class);
    }

    private static CompletionStage<Document> ping(MongoClient client) {
        return client.getDatabase("test").runCommand(new Document("ping", 1));
    }

    private static String uri(InetSocketAddress address) {
        return "mongodb://127.0.0.1:" + address.getPort() + "/";
    }

    /** An address on which nothing listens: a server was there a moment ago. */
    private static InetSocketAddress freeAddress() {
        MongoServer server = new MongoServer(new MemoryBackend());
        try {
            return server.bind();
        } finally {
            server.shutdownNow();
        }
    }
}
