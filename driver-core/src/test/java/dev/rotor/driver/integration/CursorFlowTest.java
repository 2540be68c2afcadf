package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.RawBatch;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.testserver.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How batches flow to consumers of different speed, over real sockets; counted, never timed. */
class CursorFlowTest {

    private static final int DOCUMENTS = 2_000;

    private final TestServer server = TestServer.replicaSet(1).start();
    private final List<MongoClient> clients = new ArrayList<>();
    private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();

    private MongoClient client(CountedCommands commands) {
        MongoClient client = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(commands)
                .build());
        clients.add(client);
        return client;
    }

    private static MongoCollection<Document> things(MongoClient client) {
        return client.getDatabase("flow").getCollection("things");
    }

    private MongoCollection<Document> filled(MongoClient client, int count, int bytes) throws Exception {
        String text = "x".repeat(bytes);
        List<Document> documents = IntStream.range(0, count)
                .mapToObj(id -> new Document("_id", id).append("text", text))
                .toList();
        await(things(client).insertMany(documents));
        return things(client);
    }

    @AfterEach
    void stop() {
        clients.forEach(MongoClient::close);
        server.close();
        elsewhere.shutdownNow();
    }

    // ---- fast and slow subscribers

    /** Asks for so many at once; after each document it asks for one more, from another thread. */
    private static final class Subscriber implements Flow.Subscriber<Document> {
        final List<Integer> ids = new ArrayList<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        final CountedCommands commands;
        private final @Nullable ExecutorService slowly;
        private final int batchSize;
        long mostAhead;

        private Flow.@Nullable Subscription subscription;

        Subscriber(CountedCommands commands, int batchSize, @Nullable ExecutorService slowly) {
            this.commands = commands;
            this.batchSize = batchSize;
            this.slowly = slowly;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(slowly == null ? Long.MAX_VALUE : 1);
        }

        @Override
        public void onNext(Document document) {
            // The batch of this document and those before it, and what was asked for beyond them.
            int batch = 1 + ids.size() / batchSize;
            mostAhead = Math.max(mostAhead, 1 + commands.count("getMore") - batch);
            ids.add(document.getInteger("_id"));
            if (slowly != null) {
                slowly.execute(() -> Objects.requireNonNull(subscription).request(1));
            }
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    private Subscriber subscribed(@Nullable ExecutorService slowly, boolean prefetch) throws Exception {
        CountedCommands commands = new CountedCommands("find");
        Subscriber subscriber = new Subscriber(commands, 100, slowly);
        things(client(commands)).find().batchSize(100).prefetch(prefetch).subscribe(subscriber);
        await(subscriber.end);
        assertThat(subscriber.ids)
                .isEqualTo(IntStream.range(0, DOCUMENTS).boxed().toList());
        return subscriber;
    }

    @Test
    void twoThousandDocumentsOneAtATimeTakeAsManyGetMoresAsAllAtOnce() throws Exception {
        filled(client(new CountedCommands("insert")), DOCUMENTS, 10);

        long fast = subscribed(null, true).commands.count("getMore");
        long slow = subscribed(elsewhere, true).commands.count("getMore");
        long slowWithoutPrefetch = subscribed(elsewhere, false).commands.count("getMore");

        assertThat(fast).isBetween((long) DOCUMENTS / 100 - 1, (long) DOCUMENTS / 100);
        assertThat(slow).isEqualTo(fast);
        assertThat(slowWithoutPrefetch).isEqualTo(fast);
    }

    @Test
    void neverMoreThanOneBatchIsAskedForAheadOfASubscriber() throws Exception {
        filled(client(new CountedCommands("insert")), DOCUMENTS, 10);

        assertThat(subscribed(elsewhere, true).mostAhead).isEqualTo(1);
        assertThat(subscribed(elsewhere, false).mostAhead).isZero();
    }

    // ---- exhaust

    @Test
    void anExhaustCursorGivesTheSameDocuments() throws Exception {
        CountedCommands commands = new CountedCommands("find");
        MongoCollection<Document> things = filled(client(commands), DOCUMENTS, 10);

        List<Document> ordinary = await(things.find().batchSize(100).toList());
        List<Document> exhaust = await(
                things.find().batchSize(100).cursorType(CursorType.EXHAUST).toList());

        assertThat(exhaust).isEqualTo(ordinary).hasSize(DOCUMENTS);
        assertThat(commands.count("killCursors")).isZero();
    }

    @Test
    void aSlowConsumerOfAnExhaustCursorHoldsTheServerUpAndGetsAll() throws Exception {
        // More than sockets hold.
        MongoCollection<Document> things = filled(client(new CountedCommands("find")), 200, 100_000);
        AsyncCursor<RawBatch> cursor = await(things.find()
                .batchSize(10)
                .cursorType(CursorType.EXHAUST)
                .rawBatches()
                .open());
        await(cursor.next());
        // Other operations go on beside it.
        assertThat(await(things.countDocuments())).isEqualTo(200);

        int[] count = {10};
        await(cursor.forEach(batch -> count[0] += batch.documentCount()));

        assertThat(count[0]).isEqualTo(200);
        assertThat(cursor.isExhausted()).isTrue();
    }

    private static int codeOfGetMore(MongoClient client, long cursorId) throws Exception {
        try {
            await(client.getDatabase("flow")
                    .runCommand(new Document("getMore", cursorId).append("collection", "things")));
            return 0;
        } catch (MongoCommandException refused) {
            return refused.code();
        }
    }

    /** Until the server has noticed, it has the cursor still, as another session's. */
    private static void assertGone(MongoClient client, long cursorId) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int code;
        do {
            code = codeOfGetMore(client, cursorId);
        } while (code != 43 && System.nanoTime() - until < 0);
        assertThat(code).isEqualTo(43);
    }

    @Test
    void anExhaustCursorThatIsClosedMidwayIsGoneOnTheServer() throws Exception {
        MongoClient client = client(new CountedCommands("find"));
        MongoCollection<Document> things = filled(client, 200, 100_000);
        AsyncCursor<Document> cursor =
                await(things.find().batchSize(10).cursorType(CursorType.EXHAUST).open());
        for (int i = 0; i < 25; i++) {
            await(cursor.next());
        }
        long id = cursor.cursorId();
        assertThat(id).isNotZero();

        await(cursor.closeAsync());

        // The server notices when it sends.
        assertGone(client, id);
        assertThat(await(things.countDocuments())).isEqualTo(200);
    }

    // ---- forgotten

    private static long openAndForget(MongoCollection<Document> things) throws Exception {
        AsyncCursor<Document> cursor = await(things.find().batchSize(10).open());
        await(cursor.next());
        return cursor.cursorId();
    }

    @Test
    void aForgottenCursorIsKilledOnTheServer() throws Exception {
        CountedCommands commands = new CountedCommands("killCursors");
        MongoClient client = client(commands);
        long id = openAndForget(filled(client, 100, 10));
        assertThat(id).isNotZero();

        boolean killed = false;
        for (int i = 0; i < 1000 && !killed; i++) {
            System.gc();
            killed = commands.awaitFor(20);
        }

        assertThat(killed).isTrue();
        assertGone(client, id);
    }

    // ---- change streams

    @Test
    void aChangeStreamIsUsedFromOtherThreadsWhileOneWaits() throws Exception {
        CountedCommands commands = new CountedCommands("getMore");
        MongoCollection<Document> things = things(client(commands));
        await(things.insertOne(new Document("_id", 0)));
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream =
                await(things.watch().open());
        CompletionStage<@Nullable ChangeStreamDocument<Document>> waiting = stream.next();
        commands.await();

        await(CompletableFuture.runAsync(
                () -> {
                    assertThat(stream.cursorId()).isNotZero();
                    assertThat(stream.isExhausted()).isFalse();
                    assertThat(stream.server().toString())
                            .isEqualTo(server.addresses().get(0));
                    assertThat(stream.resumeToken()).isNotNull();
                    assertThatThrownBy(() -> await(stream.next()))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("chain the calls");
                },
                elsewhere));
        await(things.insertOne(new Document("_id", 1)));

        ChangeStreamDocument<Document> change = Objects.requireNonNull(await(waiting));
        assertThat(change.fullDocument()).isEqualTo(new Document("_id", 1));
        await(stream.closeAsync());
    }

    @Test
    void aChangeStreamIsClosedWhileAnotherThreadWaits() throws Exception {
        CountedCommands commands = new CountedCommands("getMore");
        MongoCollection<Document> things = things(client(commands));
        await(things.insertOne(new Document("_id", 0)));
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream =
                await(things.watch().open());
        CompletionStage<@Nullable ChangeStreamDocument<Document>> waiting = stream.next();
        commands.await();

        elsewhere.execute(stream::close);

        assertThatThrownBy(() -> await(waiting))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(stream.isExhausted()).isTrue();
        await(stream.closeAsync());
        assertThat(commands.count("killCursors")).isEqualTo(1);
        assertThat(await(things.countDocuments())).isEqualTo(1);
    }

    @Test
    void aChangeStreamResumesByItselfAndMissesNothing() throws Exception {
        CountedCommands commands = new CountedCommands("getMore");
        MongoClient client = client(commands);
        MongoCollection<Document> things = things(client);
        await(things.insertOne(new Document("_id", 0)));
        ChangeStreamCursor<ChangeStreamDocument<Document>> stream =
                await(things.watch().open());
        List<Object> seen = new ArrayList<>();
        CompletableFuture<@Nullable Void> second = new CompletableFuture<>();
        CompletionStage<Void> three = stream.forEachWhile(change -> {
            seen.add(Objects.requireNonNull(change.fullDocument()).get("_id"));
            if (seen.size() == 2) {
                second.complete(null);
            }
            return seen.size() < 3;
        });
        commands.await();
        await(things.insertOne(new Document("_id", 1)));
        commands.await();
        await(client.getDatabase("admin")
                .runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 2},"
                        + " data: {failCommands: ['getMore'], closeConnection: true}}")));
        await(things.insertOne(new Document("_id", 2)));
        // What waited when the failures began has its change: the next has not, whatever the server's pace.
        await(second);
        await(things.insertOne(new Document("_id", 3)));

        await(three);
        assertThat(seen).containsExactly(1, 2, 3);
        assertThat(commands.count("aggregate")).isGreaterThan(1);
        await(stream.closeAsync());
    }
}
