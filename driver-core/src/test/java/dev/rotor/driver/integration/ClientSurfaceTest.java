package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCluster;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.TopologyDescriptionChangedEvent;
import dev.rotor.driver.event.TopologyListener;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.testserver.TestServer;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client tells of itself and its deployment, and the ways back from what came out of it. */
class ClientSurfaceTest {

    private static TestServer server;
    private static CompletableFuture<TopologyDescription> complete;
    private static MongoClient client;

    @BeforeAll
    static void start() {
        server = TestServer.replicaSet(3).version("8.0").start();
        complete = new CompletableFuture<>();
        client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addTopologyListener(new TopologyListener() {
                    @Override
                    public void topologyDescriptionChanged(TopologyDescriptionChangedEvent event) {
                        TopologyDescription description = event.newDescription();
                        if (description.primary() != null
                                && description.secondaries().size() == 2) {
                            complete.complete(description);
                        }
                    }
                })
                .build());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static MongoClient named(String databaseInUri) {
        String uri = server.connectionString();
        int query = uri.indexOf("/?");
        return MongoClient.create(uri.substring(0, query) + "/" + databaseInUri + uri.substring(query + 1));
    }

    @Test
    void theConnectionStringNamesTheDefaultDatabase() throws Exception {
        try (MongoClient withDefault = named("inventory")) {
            assertThat(withDefault.getDefaultDatabase().name()).isEqualTo("inventory");
            assertThat(withDefault.getDefaultDatabase("other").name()).isEqualTo("inventory");
            assertThat(withDefault.settings().defaultDatabase()).isEqualTo("inventory");

            await(withDefault.getDefaultDatabase().getCollection("things").insertOne(new Document("_id", 1)));
            assertThat(await(client.getDatabase("inventory")
                            .getCollection("things")
                            .countDocuments()))
                    .isEqualTo(1);
        }
    }

    @Test
    void theDefaultDatabaseHasTheSettingsOfTheViewThatIsAsked() {
        try (MongoClient withDefault = named("inventory")) {
            MongoCluster view =
                    withDefault.withReadPreference(ReadPreference.SECONDARY).withTimeout(Duration.ofSeconds(7));

            assertThat(view.getDefaultDatabase().readPreference()).isEqualTo(ReadPreference.SECONDARY);
            assertThat(view.getDefaultDatabase().timeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(view.client()).isSameAs(withDefault);
        }
    }

    @Test
    void withoutANameThereIsNoDefaultDatabase() {
        assertThatExceptionOfType(MongoConfigurationException.class)
                .isThrownBy(client::getDefaultDatabase)
                .withMessageContaining("No default database");
        assertThat(client.getDefaultDatabase("app").name()).isEqualTo("app");
        assertThatIllegalArgumentException().isThrownBy(() -> client.getDefaultDatabase("a.b"));
    }

    @Test
    void theServerTellsItsVersion() throws Exception {
        Document info = await(client.serverInfo());

        assertThat(info.getString("version")).startsWith("8.0.");
        assertThat(info.getList("versionArray", Integer.class)).startsWith(8, 0);
    }

    @Test
    void aDatabaseIsDroppedByItsName() throws Exception {
        MongoCollection<Document> things = client.getDatabase("gone").getCollection("things");
        await(things.insertOne(new Document("_id", 1)));
        assertThat(await(client.listDatabaseNames())).contains("gone");

        await(client.dropDatabase("gone"));
        await(client.dropDatabase("gone"));

        assertThat(await(client.listDatabaseNames())).doesNotContain("gone");
    }

    @Test
    void whatCameOutOfAClientKnowsWhereItBelongs() {
        MongoDatabase database = client.getDatabase("app").withReadPreference(ReadPreference.NEAREST);
        MongoCollection<Document> collection = database.getCollection("things").withTimeout(Duration.ofSeconds(3));

        assertThat(client.client()).isSameAs(client);
        assertThat(database.client()).isSameAs(client);
        assertThat(collection.name()).isEqualTo("things");
        assertThat(collection.database().name()).isEqualTo("app");
        assertThat(collection.database().client()).isSameAs(client);
        assertThat(collection.database().readPreference()).isEqualTo(ReadPreference.NEAREST);
        assertThat(collection.database().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(collection.session()).isNull();
    }

    @Test
    void theDatabaseAndTheCursorsOfACollectionBelongToItsSession() throws Exception {
        await(client.inSession(session -> {
            MongoCollection<Document> bound =
                    client.getDatabase("app").getCollection("things").withSession(session);
            assertThat(bound.database().session()).isSameAs(session);
            assertThat(client.withSession(session).session()).isSameAs(session);
            assertThat(client.session()).isNull();
            return bound.find()
                    .open()
                    .thenApply(cursor -> {
                        assertThat(cursor.session()).isSameAs(session);
                        return cursor;
                    })
                    .thenCompose(AsyncCursor::closeAsync);
        }));
        assertThat(await(client.getDatabase("app")
                                .getCollection("things")
                                .find()
                                .open())
                        .session())
                .isNull();
    }

    @Test
    void theMembersOfAReplicaSetAreKnownByWhatTheyAre() throws Exception {
        TopologyDescription description = await(complete);

        ServerDescription primary = Objects.requireNonNull(description.primary());
        assertThat(primary.address())
                .isEqualTo(ServerAddress.parse(server.primary().address()));
        assertThat(primary.type()).isEqualTo(ServerType.RS_PRIMARY);
        Set<ServerAddress> known = Stream.concat(Stream.of(primary), description.secondaries().stream())
                .map(ServerDescription::address)
                .collect(Collectors.toSet());
        assertThat(known)
                .isEqualTo(server.addresses().stream().map(ServerAddress::parse).collect(Collectors.toSet()))
                .isEqualTo(description.servers().keySet());
        assertThat(description.arbiters()).isEmpty();
    }

    @Test
    void aServersLimitsAreInItsDescription() throws Exception {
        ServerDescription primary = Objects.requireNonNull(await(complete).primary());

        assertThat(primary.maxBsonObjectSize()).isEqualTo(16 * 1024 * 1024);
        assertThat(primary.maxMessageSizeBytes()).isEqualTo(48_000_000);
        assertThat(primary.maxWriteBatchSize()).isEqualTo(100_000);
        assertThat(ServerDescription.unknown(primary.address()).maxBsonObjectSize())
                .isZero();
    }

    @Test
    void aClientMadeOfNothingIsForThisMachine() {
        try (MongoClient local = MongoClient.create()) {
            assertThat(local.settings().topologySettings().hosts())
                    .containsExactly(new ServerAddress("localhost", 27017));
        }
    }
}
