package dev.rotor.conformance.prose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import dev.rotor.testserver.TestServer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that the specifications describe in prose, on a replica set of one member. */
class CrudProseTest {

    private static TestServer server;
    private static MongoClient client;
    private static final List<CommandStartedEvent> STARTED = new CopyOnWriteArrayList<>();

    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.replicaSet(1).version("8.2.1").start();
        client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        STARTED.add(event);
                    }
                })
                .build());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database = client.getDatabase("prose");
        things = database.getCollection("things");
        await(database.drop());
        STARTED.clear();
    }

    @AfterEach
    void gone() throws Exception {
        await(database.drop());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static List<CommandStartedEvent> started(String name) {
        return STARTED.stream()
                .filter(event -> event.commandName().equals(name))
                .toList();
    }

    private void twoCollections() throws Exception {
        await(database.createCollection("plain"));
        await(database.createCollection("round", CreateCollectionOptions.DEFAULT.capped(100_000)));
        for (String name : List.of("plain", "round")) {
            await(database.getCollection(name).createIndex(new Document("x", 1)));
            await(database.getCollection(name).insertOne(new Document("x", 1)));
        }
    }

    @Test
    void enumerateCollectionsProse1AllNamesAreThereOnce() throws Exception {
        twoCollections();

        assertThat(await(database.listCollectionNames())).containsExactlyInAnyOrder("plain", "round");
    }

    @Test
    void enumerateCollectionsProse2AFilterLeavesOnlyCappedOnes() throws Exception {
        twoCollections();

        assertThat(await(database.listCollectionNames(new Document("options.capped", true))))
                .containsExactly("round");
    }

    private static final List<String> TWO_DATABASES = List.of("prose", "prose2");

    private void twoDatabases() throws Exception {
        await(client.getDatabase("prose2").drop());
        for (String name : TWO_DATABASES) {
            await(client.getDatabase(name).getCollection("things").insertOne(new Document()));
        }
    }

    @Test
    void enumerateDatabasesProse1AllDatabasesAreDescribedOnce() throws Exception {
        twoDatabases();

        List<String> all = await(client.listDatabases().toList()).stream()
                .map(found -> found.getString("name"))
                .toList();

        assertThat(all).containsAll(TWO_DATABASES).doesNotHaveDuplicates();
        await(client.getDatabase("prose2").drop());
        assertThat(await(client.listDatabases().toList()))
                .extracting(found -> found.getString("name"))
                .doesNotContain("prose2");
    }

    @Test
    void enumerateDatabasesProse2AllNamesAreThereOnce() throws Exception {
        twoDatabases();

        assertThat(await(client.listDatabaseNames())).containsAll(TWO_DATABASES).doesNotHaveDuplicates();
    }

    @Test
    void enumerateDatabasesProse3AllDatabasesAreThereAsObjectsOnce() throws Exception {
        twoDatabases();

        List<MongoDatabase> all = await(client.listMongoDatabases());

        assertThat(all)
                .extracting(MongoDatabase::name)
                .containsAll(TWO_DATABASES)
                .doesNotHaveDuplicates();
        MongoDatabase second = all.stream()
                .filter(one -> one.name().equals("prose2"))
                .findAny()
                .orElseThrow();
        assertThat(await(second.listCollectionNames())).containsExactly("things");
    }

    private void threeIndexes() throws Exception {
        await(database.createCollection("things"));
        await(things.createIndex(new Document("a", 1)));
        await(things.createIndex(new Document("a", 1).append("b", -1)));
        await(things.createIndex(new Document("c", 1), IndexOptions.DEFAULT.unique(true)));
        await(things.insertOne(new Document("a", 1).append("b", 1).append("c", 1)));
    }

    @Test
    void indexManagementProse1AllNamesAreThereOnce() throws Exception {
        threeIndexes();

        assertThat(await(things.listIndexNames())).containsExactlyInAnyOrder("_id_", "a_1", "a_1_b_-1", "c_1");
    }

    @Test
    void indexManagementProse2AllIndexesAreThereWithTheirFlags() throws Exception {
        threeIndexes();

        List<Document> indexes = await(things.listIndexes().toList());

        assertThat(indexes)
                .extracting(index -> index.get("key", Document.class))
                .containsExactlyInAnyOrder(
                        new Document("_id", 1),
                        new Document("a", 1),
                        new Document("a", 1).append("b", -1),
                        new Document("c", 1));
        assertThat(indexes)
                .filteredOn(index -> index.getBoolean("unique", false))
                .extracting(index -> index.getString("name"))
                .containsExactly("c_1");
    }

    @Test
    void collationProseOfTwoIndexesWithTheSameKeysTheNamedOneIsDropped() throws Exception {
        await(things.createIndex(new Document("a", 1)));
        await(things.createIndex(
                new Document("a", 1), IndexOptions.DEFAULT.name("french").collation(Collation.create("fr"))));

        await(things.dropIndex("a_1"));

        assertThat(await(things.listIndexNames())).containsExactlyInAnyOrder("_id_", "french");
    }

    @Test
    void opMsgProse1OneDocumentIsInsertedUpdatedAndDeleted() throws Exception {
        await(things.insertOne(new Document("_id", 1)));
        assertThat(await(things.find().toList())).containsExactly(new Document("_id", 1));

        await(things.updateOne(new Document("_id", 1), new Document("$set", new Document("x", 1))));
        assertThat(await(things.find().toList())).containsExactly(new Document("_id", 1).append("x", 1));

        await(things.deleteOne(new Document("_id", 1)));
        assertThat(await(things.find().toList())).isEmpty();
    }

    @Test
    void opMsgProse2And3TwoDocumentsGoWithOneCommandToAServerThatTakesAHundredThousand() throws Exception {
        Document hello = await(client.getDatabase("admin").runCommand(new Document("hello", 1)));
        assertThat(hello.getInteger("maxWriteBatchSize")).isEqualTo(100_000);

        await(things.insertMany(List.of(new Document("_id", 1), new Document("_id", 2))));

        assertThat(started("insert")).hasSize(1);
        assertThat(started("insert").get(0).command().getArray("documents")).hasSize(2);
        assertThat(await(things.countDocuments())).isEqualTo(2);
    }

    @Test
    void opMsgProse4UpdatesAndDeletesGoInSequencesToo() throws Exception {
        await(things.insertMany(List.of(new Document("_id", 1), new Document("_id", 2))));

        await(things.bulkWrite(List.of(
                new ReplaceOneModel<>(new Document("_id", 1), new Document("x", 1)),
                new ReplaceOneModel<>(new Document("_id", 2), new Document("x", 2)))));
        assertThat(started("update")).hasSize(1);
        assertThat(started("update").get(0).command().getArray("updates")).hasSize(2);

        await(things.bulkWrite(
                List.of(new DeleteOneModel<>(new Document("_id", 1)), new DeleteOneModel<>(new Document("_id", 2)))));
        assertThat(started("delete")).hasSize(1);
        assertThat(started("delete").get(0).command().getArray("deletes")).hasSize(2);
        assertThat(await(things.countDocuments())).isZero();
    }

    @Test
    void opMsgProse5ASmallAndALargeDocumentShareOneRoundTrip() throws Exception {
        String large = "l".repeat(16 * 1024 * 1024 - 100);
        await(things.insertMany(List.of(new Document("_id", 1), new Document("_id", 2).append("x", large))));
        await(things.bulkWrite(List.of(
                new ReplaceOneModel<>(new Document("_id", 1), new Document("y", 1)),
                new ReplaceOneModel<>(new Document("_id", 2), new Document("y", large)))));
        await(things.bulkWrite(
                List.of(new DeleteOneModel<>(new Document("_id", 1)), new DeleteOneModel<>(new Document("_id", 2)))));

        assertThat(STARTED).extracting(CommandStartedEvent::commandName).containsExactly("insert", "update", "delete");
        assertThat(await(things.countDocuments())).isZero();
    }

    @Test
    void crudProse8ResultsOfAClientBulkWriteInATransactionAreReadToTheEnd() throws Exception {
        await(database.createCollection("things"));
        String half = "a".repeat(8 * 1024 * 1024);
        MongoNamespace namespace = things.namespace();
        STARTED.clear();
        try (ClientSession session = client.startSession()) {
            session.startTransaction();
            ClientBulkWriteResult result = await(client.withSession(session)
                    .bulkWrite(
                            List.of(upsert(namespace, half), upsert(namespace, half.replace('a', 'b'))),
                            ClientBulkWriteOptions.DEFAULT.verboseResults(true)));
            await(session.abortTransaction());

            assertThat(result.upsertedCount()).isEqualTo(2);
            assertThat(Objects.requireNonNull(result.verboseResults()).updateResults())
                    .hasSize(2);
        }
        assertThat(started("getMore")).isNotEmpty();
    }

    private static ClientNamespacedWriteModel upsert(MongoNamespace namespace, String id) {
        return ClientNamespacedWriteModel.updateOne(
                namespace,
                new Document("_id", id),
                new Document("$set", new Document("x", 1)),
                UpdateOptions.DEFAULT.upsert(true));
    }
}
