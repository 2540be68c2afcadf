package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoCompressor;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.fake.FakeCompression;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.Filters;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.Updates;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.TestServerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clients that compress, on the test server, and what really went over the wire. */
class CompressedTrafficTest {

    private static final Set<String> NEVER = Set.of("hello", "isMaster", "saslStart", "saslContinue", "createUser");

    private static MongoClient client(WireTap tap, String options) {
        return MongoClient.create("mongodb://" + tap.hostAndPort() + "/?directConnection=true&" + options);
    }

    private static MongoCollection<Document> things(MongoClient client) {
        return client.getDatabase("app").getCollection("things");
    }

    private static List<Document> documents(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(i -> new Document("_id", i)
                        .append("name", "person " + i)
                        .append("noise", random.nextLong())
                        .append("place", "somewhere between here and there"))
                .toList();
    }

    /** All but what must not be is compressed by that one, the replies too. */
    private static void assertCompressed(WireTap tap, int compressor) {
        for (WireTap.Seen each : tap.seen()) {
            assertThat(each.compressor()).as("%s", each).isEqualTo(NEVER.contains(each.command()) ? -1 : compressor);
        }
    }

    @ParameterizedTest
    @CsvSource({"snappy,1", "zlib,2", "zlib&zlibCompressionLevel=0,2", "zlib&zlibCompressionLevel=9,2", "zstd,3"})
    void everythingWorksCompressedAndEverythingIsCompressed(String option, int id) throws Exception {
        try (TestServer server = TestServer.replicaSet(1).start();
                WireTap tap = new WireTap(server.addresses().get(0))) {
            try (MongoClient client = client(tap, "compressors=" + option)) {
                MongoCollection<Document> things = things(client);
                List<Document> documents = documents(3_000);

                assertThat(await(things.insertMany(documents)).insertedIds()).hasSize(3_000);
                assertThat(await(things.find().batchSize(400).toList(5_000))).isEqualTo(documents);
                assertThat(await(things.find()
                                .cursorType(CursorType.EXHAUST)
                                .batchSize(400)
                                .toList(5_000)))
                        .isEqualTo(documents);
                assertThat(await(things.find(Filters.eq("_id", 1_234)).first())).isEqualTo(documents.get(1_234));
                assertThat(await(things.bulkWrite(List.of(
                                        new InsertOneModel<>(new Document("_id", -1)),
                                        new UpdateOneModel<>(Filters.eq("_id", 5), Updates.set("name", "five")),
                                        new DeleteOneModel<>(Filters.eq("_id", 6)))))
                                .deletedCount())
                        .isEqualTo(1);
                assertThat(await(things.countDocuments(Filters.empty()))).isEqualTo(3_000);
                await(things.withWriteConcern(WriteConcern.UNACKNOWLEDGED).insertOne(new Document("_id", -2)));
                assertThat(await(things.find(Filters.eq("_id", -2)).first())).isNotNull();
                changes(things);
            }
            for (int i = 0; i < 20 && tap.requests("endSessions").isEmpty(); i++) {
                // A client that is closed tries for a second: another one, if this one was held up.
                try (MongoClient another = client(tap, "compressors=" + option)) {
                    await(things(another).countDocuments(Filters.empty()));
                }
            }
            assertCompressed(tap, id);
            assertThat(tap.requests("insert")).hasSizeGreaterThanOrEqualTo(3);
            assertThat(tap.requests("getMore")).isNotEmpty();
            assertThat(tap.requests("endSessions")).isNotEmpty();
        }
    }

    private static void changes(MongoCollection<Document> things) throws Exception {
        ChangeStreamCursor<ChangeStreamDocument<Document>> changes =
                await(things.watch().open());
        CompletionStage<@Nullable ChangeStreamDocument<Document>> next = changes.next();
        await(things.insertOne(new Document("_id", "seen").append("text", "x".repeat(10_000))));
        ChangeStreamDocument<Document> change = Objects.requireNonNull(await(next));
        assertThat(Objects.requireNonNull(change.fullDocument()).getString("text"))
                .hasSize(10_000);
        await(changes.closeAsync());
    }

    @ParameterizedTest
    @CsvSource({"snappy,1", "zlib,2", "zstd,3"})
    void messagesOfManyMegabytesGoBothWays(String compressor, int id) throws Exception {
        try (TestServer server = TestServer.standalone().start();
                WireTap tap = new WireTap(server.addresses().get(0));
                MongoClient client = client(tap, "compressors=" + compressor)) {
            MongoCollection<Document> things = things(client);
            byte[] noise = new byte[6_000_000];
            new Random(1).nextBytes(noise);
            List<Document> large = List.of(
                    new Document("_id", 1).append("text", "x".repeat(15_000_000)),
                    new Document("_id", 2).append("noise", new org.bson.types.Binary(noise)),
                    new Document("_id", 3).append("text", "y".repeat(15_000_000)));

            await(things.insertMany(large));
            assertThat(await(things.find().toList(10))).isEqualTo(large);

            assertCompressed(tap, id);
            assertThat(tap.bytes(true)).isBetween(6_000_000L, 9_000_000L);
            assertThat(tap.bytes(false)).isBetween(6_000_000L, 9_000_000L);
        }
    }

    @Test
    void secretsAreNotCompressed() throws Exception {
        try (TestServer server = TestServer.standalone().auth("ada", "pencil").start();
                WireTap tap = new WireTap(server.addresses().get(0));
                MongoClient client = MongoClient.create("mongodb://ada:pencil@" + tap.hostAndPort()
                        + "/?directConnection=true&compressors=zstd,zlib")) {
            await(client.getDatabase("admin")
                    .runCommand(new Document("createUser", "bob")
                            .append("pwd", "secret")
                            .append("roles", List.of())));
            await(things(client).insertOne(new Document("_id", 1)));

            assertCompressed(tap, FakeCompression.ZSTD);
            assertThat(tap.requests("saslContinue")).isNotEmpty();
            assertThat(tap.requests("createUser")).hasSize(1);
            assertThat(tap.requests("insert")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disabled         | zlib,snappy,zstd | -1",
                "zstd             | zlib             | -1",
                "zstd             | zlib,zstd        | 3",
                "snappy,zstd,zlib | zlib,snappy      | 2",
                "snappy,zstd,zlib | snappy,zlib      | 1",
                "zlib,snappy      | zstd,snappy      | 1"
            })
    void theFirstOfTheClientsThatTheServerHasToo(String theirs, String ours, int expected) throws Exception {
        TestServerBuilder builder = TestServer.standalone().parameter("networkMessageCompressors", theirs);
        try (TestServer server = builder.start();
                WireTap tap = new WireTap(server.addresses().get(0));
                MongoClient client = client(tap, "compressors=" + ours)) {
            await(things(client).insertOne(new Document("_id", 1)));
            assertCompressed(tap, expected);
        }
    }

    @Test
    void withoutCompressorsNothingIsCompressed() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                WireTap tap = new WireTap(server.addresses().get(0));
                MongoClient client = client(tap, "zlibCompressionLevel=9")) {
            await(things(client).insertOne(new Document("_id", 1)));
            assertCompressed(tap, -1);
        }
    }

    @Test
    void eachConnectionAgreesByItself() throws Exception {
        try (TestServer both = TestServer.standalone().start();
                TestServer none = TestServer.standalone()
                        .parameter("networkMessageCompressors", "disabled")
                        .start();
                WireTap first = new WireTap(both.addresses().get(0));
                WireTap second = new WireTap(none.addresses().get(0));
                MongoClient one = client(first, "compressors=zlib");
                MongoClient other = client(second, "compressors=zlib")) {
            await(things(one).insertOne(new Document("_id", 1)));
            await(things(other).insertOne(new Document("_id", 1)));
            assertCompressed(first, FakeCompression.ZLIB);
            assertCompressed(second, -1);
        }
    }

    @Test
    void whatTheServerHasNotUnderstoodIsAnErrorAsEver() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                WireTap tap = new WireTap(server.addresses().get(0));
                MongoClient client = client(tap, "compressors=snappy")) {
            assertThatThrownBy(() -> await(client.getDatabase("app").runCommand(new Document("makeCoffee", 1))))
                    .isInstanceOf(MongoCommandException.class)
                    .hasMessageContaining("makeCoffee");
            await(things(client).insertOne(new Document("_id", 1)));
            assertCompressed(tap, FakeCompression.SNAPPY);
        }
    }

    @Test
    void aCompressorThatNobodyMakesIsLeftOutAndTheClientWorks() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                WireTap tap = new WireTap(server.addresses().get(0));
                MongoClient client = MongoClient.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString("mongodb://" + tap.hostAndPort()))
                        .compressors(List.of(new MongoCompressor("snoopy", -1), MongoCompressor.ZLIB))
                        .build())) {
            await(things(client).insertOne(new Document("_id", 1)));
            assertCompressed(tap, FakeCompression.ZLIB);
        }
    }

    // ---- servers that answer nonsense

    static Stream<Arguments> nonsense() {
        byte[] zlib = FakeCompression.compress(new byte[30_000_000], FakeCompression.ZLIB);
        return Stream.of(
                Arguments.of("an unknown compressor", 17, 50, new byte[50], "compressor 17"),
                Arguments.of("one that was not offered", 1, 50, new byte[50], "compressor 1,"),
                Arguments.of("a negative length", 2, -1, zlib, "declares -1 bytes"),
                Arguments.of("a huge length", 2, Integer.MAX_VALUE, zlib, "declares 2147483647 bytes"),
                Arguments.of("a bomb", 2, 1_000, zlib, "more than the declared 1000"),
                Arguments.of("no content", 2, 50, new byte[0], "break off"),
                Arguments.of("zeros", 2, 29_999_999 + 1, zlib, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void nonsenseIsAClearErrorAndTheNextOperationSucceeds(
            String what, int compressor, int size, byte[] content, String words) throws Exception {
        byte[] empty = ScriptedServer.bson(ScriptedServer.EMPTY);
        AtomicInteger asked = new AtomicInteger();
        ScriptedServer.Script script = (name, id) -> {
            byte[] reply = ScriptedServer.reply(id, empty);
            return asked.getAndIncrement() == 0 ? FakeCompression.frame(reply, size, compressor, content) : reply;
        };
        try (ScriptedServer server = new ScriptedServer(script);
                MongoClient client = MongoClient.create(server.uri() + "&compressors=zlib")) {
            Throwable failure = catchThrowable(() -> await(things(client).find().first()));

            assertThat(failure)
                    .isExactlyInstanceOf(MongoProtocolException.class)
                    .hasMessageContaining(server.hostAndPort())
                    .hasMessageContaining("find")
                    .hasMessageContaining(words);
            assertThat(await(things(client).find().first())).isNull();
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void manyOperationsAtOnceShareTheCompressors() throws Exception {
        try (TestServer server = TestServer.standalone().start();
                MongoClient client =
                        MongoClient.create("mongodb://" + server.addresses().get(0) + "/?compressors=zstd")) {
            MongoCollection<Document> things = things(client);
            List<CompletionStage<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(things.insertOne(new Document("_id", i).append("text", "x".repeat(i * 50))));
            }
            for (CompletionStage<?> each : all) {
                await(each);
            }
            for (Document each : await(things.find().toList(1_000))) {
                assertThat(each.getString("text")).hasSize(each.getInteger("_id") * 50);
            }
        }
    }
}
