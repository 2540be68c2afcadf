package dev.rotor.conformance.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.testserver.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** "Testing with required API version" of the Stable API specification. */
class StableApiProseTest {

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("Stable API, testing with required API version: every command of the driver declares it")
    void aServerThatRequiresAnApiVersionTakesAllThatTheDriverSends() throws Exception {
        try (TestServer server = TestServer.standalone()
                .version("8.2.1")
                .parameter("requireApiVersion", true)
                .start()) {
            MongoClientSettings.Builder settings = MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(server.connectionString()));
            try (MongoClient client =
                    MongoClient.create(settings.serverApi(ServerApi.V1).build())) {
                everyKindOfCommand(client);
            }
            try (MongoClient client = MongoClient.create(settings.serverApi(null)
                    .applyToTopologySettings(topology -> topology.serverSelectionTimeout(Duration.ofMillis(300)))
                    .build())) {
                awaitRefusal(client);
                assertThatThrownBy(() -> await(client.listDatabaseNames()))
                        .as("a server that requires it refuses those that do not declare it, from hello on")
                        .hasCauseInstanceOf(MongoTimeoutException.class)
                        .hasMessageContaining("The apiVersion parameter is required");
            }
        }
    }

    /** Until the monitor has been refused, the topology does not know why. */
    private static void awaitRefusal(MongoClient client) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (client.topologyDescription().servers().values().stream().allMatch(server -> server.error() == null)
                && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void everyKindOfCommand(MongoClient client) throws Exception {
        MongoCollection<Document> things = client.getDatabase("stable").getCollection("things");
        await(client.getDatabase("stable").runCommand(new Document("ping", 1)));
        await(things.insertMany(
                IntStream.range(0, 10).mapToObj(i -> new Document("_id", i)).toList()));
        assertThat(await(things.find().batchSize(3).toList()))
                .as("getMore does not fail either")
                .hasSize(10);
        assertThat(await(things.aggregate(List.of(new Document("$match", new Document())))
                        .batchSize(3)
                        .toList()))
                .hasSize(10);
        assertThat(await(things.countDocuments())).isEqualTo(10);
        assertThat(await(things.estimatedDocumentCount())).isEqualTo(10);
        BulkWriteResult written = await(things.bulkWrite(List.of(
                new InsertOneModel<>(new Document("_id", 10)),
                new UpdateOneModel<>(new Document("_id", 1), new Document("$set", new Document("x", 1))))));
        assertThat(written.insertedCount() + written.modifiedCount()).isEqualTo(2);
        assertThat(await(things.findOneAndDelete(new Document("_id", 10)))).isNotNull();
        await(things.createIndex(new Document("x", 1)));
        assertThat(await(things.listIndexNames())).contains("x_1");
        // Ended before its last batch: killCursors.
        await(await(things.find().batchSize(2).open()).closeAsync());
        assertThat(await(client.getDatabase("stable").listCollectionNames())).containsExactly("things");
        assertThat(await(client.listDatabaseNames())).contains("stable");
        await(client.getDatabase("stable").drop());
    }
}
