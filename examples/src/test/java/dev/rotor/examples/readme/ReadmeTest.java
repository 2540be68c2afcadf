package dev.rotor.examples.readme;

import static dev.rotor.driver.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Nested
    class Text {

        @Test
        void everyJavaBlockOfTheReadmeIsCodeThatIsCompiledAndRun() throws IOException {
            Path source = Path.of("examples/src/test/java/dev/rotor/examples/readme/ReadmeSnippets.java");
            Map<String, String> snippets = Snippets.of(Snippets.root().resolve(source));

            assertThat(snippets).hasSizeGreaterThan(10);
            Snippets.assertShown(Snippets.root().resolve("README.md"), snippets);
        }
    }

    @Nested
    class Run {

        private final BlockingQueue<Object> printed = new LinkedBlockingQueue<>();
        private final ReadmeSnippets snippets = new ReadmeSnippets(printed::add);
        private final MongoServer server = new MongoServer(new MemoryBackend());

        private String uri = "";
        private MongoClient client = ReadmeSnippets.connect("mongodb://localhost:1");
        private MongoCollection<Document> books = client.getDatabase("shop").getCollection("books");

        @BeforeEach
        void connect() throws Exception {
            client.close();
            uri = "mongodb://127.0.0.1:" + server.bind().getPort();
            client = ReadmeSnippets.connect(uri);
            books = client.getDatabase("shop").getCollection("books");
            assertThat(await(ReadmeSnippets.insert(books)).insertedIds()).hasSize(3);
        }

        @AfterEach
        void close() {
            client.close();
            server.shutdownNow();
        }

        @Test
        void settingsMakeAClientAsWell() throws Exception {
            try (MongoClient other = ReadmeSnippets.settings(uri)) {
                assertThat(await(
                                other.getDatabase("shop").getCollection("books").countDocuments()))
                        .isEqualTo(3);
            }
        }

        @Test
        void findsOneAndMany() throws Exception {
            await(snippets.find(books));

            assertThat(printed)
                    .containsExactly(
                            "Document{{_id=1, title=Flatland, year=1884}}",
                            "[Document{{_id=3, title=Dracula}}, Document{{_id=1, title=Flatland}},"
                                    + " Document{{_id=2, title=Walden}}]");
        }

        @Test
        void streamsToAConsumer() throws Exception {
            await(snippets.forEach(books));

            assertThat(printed).containsExactly("Flatland", "Walden", "Dracula");
        }

        @Test
        void streamsByBatches() throws Exception {
            await(snippets.cursor(books));

            assertThat(printed).containsExactly("Flatland", "Walden", "Dracula");
        }

        @Test
        void publishes() throws Exception {
            CompletableFuture<Integer> count = new CompletableFuture<>();
            ReadmeSnippets.publisher(books, new Flow.Subscriber<>() {
                private int seen;

                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(Document item) {
                    seen++;
                }

                @Override
                public void onError(Throwable error) {
                    count.completeExceptionally(error);
                }

                @Override
                public void onComplete() {
                    count.complete(seen);
                }
            });

            assertThat(await(count)).isEqualTo(2);
        }

        @Test
        void updates() throws Exception {
            assertThat(await(ReadmeSnippets.update(books)).modifiedCount()).isEqualTo(1);
        }

        @Test
        void deletes() throws Exception {
            assertThat(await(ReadmeSnippets.delete(books)).deletedCount()).isEqualTo(1);
        }

        @Test
        void aggregates() throws Exception {
            // The embedded server calculates in doubles.
            assertThat(await(ReadmeSnippets.aggregate(books)))
                    .extracting(decade -> decade.get("_id", Number.class).intValue() + ": " + decade.get("books"))
                    .containsExactlyInAnyOrder("1850: 1", "1880: 1", "1890: 1");
        }

        @Test
        void writesInBulk() throws Exception {
            var result = await(ReadmeSnippets.bulk(books));

            assertThat(result.insertedCount()).isEqualTo(1);
            assertThat(result.modifiedCount()).isEqualTo(1);
            assertThat(result.deletedCount()).isZero();
        }

        @Test
        void anIndexHoldsThatTitlesAreUnique() throws Exception {
            assertThat(await(ReadmeSnippets.index(books))).isEqualTo("title_1");
            assertThatThrownBy(() -> await(books.insertOne(new Document("title", "Walden"))))
                    .hasCauseInstanceOf(MongoWriteException.class);
        }

        @Test
        void recordsAndSealedTypesAreStoredAndRead() throws Exception {
            MongoDatabase shop = client.getDatabase("shop");

            assertThat(await(ReadmeSnippets.typed(shop)))
                    .isEqualTo(new ReadmeSnippets.Order(
                            7, Map.of("Kim", 2), new ReadmeSnippets.Invoice(LocalDate.of(2026, 6, 1))));
            assertThat(await(shop.getCollection("orders", BsonDocument.class).findOne(eq("_id", 7))))
                    .isEqualTo(BsonDocument.parse("{_id: 7, copies: {Kim: 2},"
                            + " payment: {_t: 'Invoice', due: {$date: '2026-06-01T00:00:00Z'}}}"));
        }

        @Test
        void aDuplicateKeyIsTold() throws Exception {
            snippets.errors(books);

            assertThat(printed.poll(60, TimeUnit.SECONDS)).isEqualTo("There is a book 1 already");
        }

        @Test
        void eventsOfFailedCommandsAreHeard() throws Exception {
            try (MongoClient listened = snippets.events(client.settings())) {
                assertThatThrownBy(
                                () -> await(listened.getDatabase("shop").runCommand(new Document("noSuchCommand", 1))))
                        .hasCauseInstanceOf(MongoCommandException.class);
            }
            assertThat(printed).anyMatch(line -> line.toString().contains("noSuchCommand"));
        }

        @Test
        void aTimeoutIsTold() throws Exception {
            try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    MongoClient waiting = ReadmeSnippets.connect("mongodb://127.0.0.1:" + silent.getLocalPort())) {
                snippets.timeouts(waiting.getDatabase("shop").getCollection("books"));

                assertThat(printed.poll(60, TimeUnit.SECONDS)).asString().startsWith("Gave up while waiting for ");
            }
        }
    }

    /** What a standalone server does not do. */
    @Nested
    class OnAReplicaSet {

        private final ConcurrentLinkedQueue<Object> printed = new ConcurrentLinkedQueue<>();
        private final ReadmeSnippets snippets = new ReadmeSnippets(printed::add);
        private final TestServer server = TestServer.replicaSet(1).start();
        private final MongoClient client = MongoClient.create(server.connectionString());

        @AfterEach
        void close() {
            client.close();
            server.close();
        }

        @Test
        void aTransactionMovesMoney() throws Exception {
            MongoCollection<Document> accounts = client.getDatabase("bank").getCollection("accounts");
            await(accounts.insertMany(List.of(
                    new Document("_id", "Ada").append("balance", 250),
                    new Document("_id", "Bob").append("balance", 0))));

            await(snippets.transaction(client));

            assertThat(await(accounts.find().toList()))
                    .extracting(account -> account.getInteger("balance"))
                    .containsExactly(150, 100);
        }

        @Test
        void aChangeStreamTellsOfAnInsert() throws Exception {
            MongoCollection<Document> books = client.getDatabase("shop").getCollection("books");
            CompletionStage<?> changes = snippets.changes(books);
            int inserted = 0;
            // The stream tells of what comes after it is open, and only it knows when that is.
            while (!changes.toCompletableFuture().isDone() && inserted < 10_000) {
                await(books.insertOne(new Document("_id", inserted++)));
            }

            await(changes);

            assertThat(printed).hasSize(2);
            assertThat(String.valueOf(printed.poll())).startsWith("Document{{_id=");
            assertThat(String.valueOf(printed.poll())).contains("_data");
        }

        @Test
        void aClientWritesIntoSeveralCollectionsAtOnce() throws Exception {
            assertThat(await(snippets.clientBulk(client)).insertedCount()).isEqualTo(1);
        }

        @Test
        void aFileIsStoredAndAPartOfItReadAndServed(@TempDir Path folder) throws Exception {
            byte[] contents = new byte[3000];
            Arrays.fill(contents, (byte) 7);
            Path path = Files.write(folder.resolve("a.pdf"), contents);
            MongoDatabase shop = client.getDatabase("shop");

            assertThat(await(ReadmeSnippets.files(shop, path))).isEqualTo(Arrays.copyOf(contents, 1024));

            ExecutorService threads = Executors.newCachedThreadPool();
            HttpServer http = ReadmeSnippets.http(GridFsBucket.create(shop), 0, threads);
            try {
                URI uri = URI.create("http://localhost:" + http.getAddress().getPort() + "/walden.pdf");
                HttpResponse<byte[]> part = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri)
                                        .header("Range", "bytes=2990-")
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray());
                assertThat(part.statusCode()).isEqualTo(206);
                assertThat(part.headers().firstValue("Content-Type")).contains("application/pdf");
                assertThat(part.body()).isEqualTo(Arrays.copyOf(contents, 10));
            } finally {
                http.stop(0);
                threads.shutdownNow();
            }
        }

        @Test
        void aClientThatTellsAllWorks() throws Exception {
            try (MongoClient monitored = ReadmeSnippets.monitored(client.settings())) {
                assertThat(monitored.settings().commandListeners()).hasSize(1);
                assertThat(await(monitored.getDatabase("shop").runCommand(new Document("ping", 1))))
                        .containsEntry("ok", 1.0);
            }
        }
    }
}
