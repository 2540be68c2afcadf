package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.CursorType;
import dev.rotor.testserver.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The documented ways of tailing a capped collection, over real sockets. */
class TailableCursorTest {

    private final TestServer server = TestServer.standalone().start();
    private final CountedCommands commands = new CountedCommands("getMore");
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(commands)
            .build());
    private final MongoCollection<Document> log = client.getDatabase("tailing").getCollection("log");

    @BeforeEach
    void createCapped() throws Exception {
        await(client.getDatabase("tailing").createCollection("log", CreateCollectionOptions.DEFAULT.capped(1_000_000)));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private CompletionStage<?> insert(int... ids) {
        List<Document> documents = new ArrayList<>();
        for (int id : ids) {
            documents.add(new Document("_id", id).append("ts", new BsonTimestamp(1, id)));
        }
        return log.insertMany(documents);
    }

    private FindQuery<Document> awaiting() {
        return log.find().cursorType(CursorType.TAILABLE_AWAIT).maxAwaitTime(Duration.ofMillis(200));
    }

    // ---- loops

    /** Asks again and again; the pause between two fruitless calls is the loop's own. */
    private static CompletionStage<Void> poll(AsyncCursor<Document> cursor, List<Integer> seen, int enough) {
        return cursor.tryNext().thenCompose(document -> {
            if (document != null) {
                seen.add(document.getInteger("_id"));
            }
            if (seen.size() == enough) {
                return CompletableFuture.completedFuture(null);
            }
            return document != null
                    ? poll(cursor, seen, enough)
                    : CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS))
                            .thenCompose(none -> poll(cursor, seen, enough));
        });
    }

    @Test
    void aPollingLoopSeesWhatIsInsertedWhileItRuns() throws Exception {
        await(insert(1, 2));
        AsyncCursor<Document> cursor =
                await(log.find().cursorType(CursorType.TAILABLE).open());
        List<Integer> seen = new ArrayList<>();
        CompletionStage<Void> loop = poll(cursor, seen, 5);
        commands.await();
        await(insert(3));
        commands.await();
        await(insert(4, 5));

        await(loop);
        assertThat(seen).containsExactly(1, 2, 3, 4, 5);
        assertThat(cursor.isExhausted()).isFalse();
        await(cursor.closeAsync());
        assertThat(cursor.isExhausted()).isTrue();
    }

    @Test
    void nextOfAnAwaitingCursorOutlivesEmptyBatches() throws Exception {
        await(insert(1));
        AsyncCursor<Document> cursor =
                await(awaiting().maxAwaitTime(Duration.ofMillis(10)).open());
        await(cursor.next());
        CompletionStage<@Nullable Document> second = cursor.next();
        commands.await();
        commands.await();
        commands.await();
        assertThat(second.toCompletableFuture()).isNotDone();

        await(insert(2));

        assertThat(await(second)).containsEntry("_id", 2);
        await(cursor.closeAsync());
    }

    /** The loop of {@link CursorType}: opens the cursor again, behind what was seen, whenever it has ended. */
    private final class Follower {
        final List<Integer> seen = new ArrayList<>();
        final AtomicInteger openings = new AtomicInteger();
        private final int enough;
        private BsonTimestamp last = new BsonTimestamp(0, 0);
        private Runnable onEnd = () -> {};

        Follower(int enough) {
            this.enough = enough;
        }

        CompletionStage<Void> follow() {
            openings.incrementAndGet();
            return awaiting()
                    .filter(new Document("ts", new Document("$gt", last)))
                    .open()
                    .thenCompose(
                            cursor -> cursor.forEachWhile(this::handle).whenComplete((end, failure) -> cursor.close()))
                    .handle((end, failure) -> null)
                    .thenCompose(none -> {
                        if (seen.size() >= enough) {
                            return CompletableFuture.completedFuture(null);
                        }
                        onEnd.run();
                        return CompletableFuture.runAsync(
                                        () -> {}, CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS))
                                .thenCompose(again -> follow());
                    });
        }

        private boolean handle(Document document) {
            seen.add(document.getInteger("_id"));
            last = document.get("ts", BsonTimestamp.class);
            return seen.size() < enough;
        }
    }

    @Test
    void onAnEmptyCappedCollectionACursorEndsAtOnce() throws Exception {
        AsyncCursor<Document> cursor = await(awaiting().open());

        assertThat(cursor.cursorId()).isZero();
        assertThat(await(cursor.next())).isNull();
        assertThat(cursor.isExhausted()).isTrue();
        assertThat(commands.count("getMore")).isZero();
    }

    @Test
    void theLoopOpensItAgainUntilThereIsSomething() throws Exception {
        Follower follower = new Follower(2);
        CompletableFuture<Void> endedTwice = new CompletableFuture<>();
        follower.onEnd = () -> {
            if (follower.openings.get() == 2) {
                endedTwice.complete(null);
            }
        };
        CompletionStage<Void> loop = follower.follow();
        await(endedTwice);
        await(insert(1));
        commands.await();
        await(insert(2));

        await(loop);
        assertThat(follower.seen).containsExactly(1, 2);
        assertThat(follower.openings).hasValueGreaterThan(2);
    }

    @Test
    void theLoopGoesOnBehindWhatItHasSeenWhenTheCollectionIsMadeAnew() throws Exception {
        await(insert(1, 2));
        Follower follower = new Follower(4);
        CompletionStage<Void> loop = follower.follow();
        commands.await();
        // As when the oplog is resized or the node is resynchronized.
        await(log.drop());
        await(client.getDatabase("tailing").createCollection("log", CreateCollectionOptions.DEFAULT.capped(1_000_000)));
        await(insert(1, 2, 3, 4));

        await(loop);
        assertThat(follower.seen).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aReaderThatIsOverrunIsToldSo() throws Exception {
        await(client.getDatabase("tailing")
                .createCollection(
                        "small", CreateCollectionOptions.DEFAULT.capped(4096).max(2L)));
        MongoCollection<Document> small = client.getDatabase("tailing").getCollection("small");
        await(small.insertMany(List.of(new Document("_id", 1), new Document("_id", 2))));
        AsyncCursor<Document> cursor =
                await(small.find().cursorType(CursorType.TAILABLE).open());
        assertThat(await(cursor.nextBatch())).hasSize(2);
        for (int i = 3; i < 8; i++) {
            await(small.insertOne(new Document("_id", i)));
        }

        assertThatThrownBy(() -> await(cursor.tryNext()))
                .isInstanceOfSatisfying(MongoCommandException.class, lost -> assertThat(lost.code())
                        .isEqualTo(136));
        assertThat(cursor.isExhausted()).isTrue();
    }

    // ---- ends

    @Test
    void aCursorIsClosedWhileAnotherThreadWaitsOnIt() throws Exception {
        await(insert(1));
        AsyncCursor<Document> cursor =
                await(awaiting().maxAwaitTime(Duration.ofSeconds(15)).open());
        await(cursor.next());
        CompletionStage<@Nullable Document> waiting = cursor.next();
        commands.await();

        cursor.close();

        assertThatThrownBy(() -> await(waiting)).isInstanceOf(IllegalStateException.class);
        // What the server awaits comes, so that the kill can follow; the client is usable meanwhile.
        await(insert(2));
        await(cursor.closeAsync());
        assertThat(commands.count("killCursors")).isEqualTo(1);
    }

    /** Asks for one document after the other, from a thread of its own, and inserts the next. */
    private final class Tail implements Flow.Subscriber<Document> {
        final List<Integer> seen = new ArrayList<>();
        final CompletableFuture<Void> enough = new CompletableFuture<>();
        private final ExecutorService worker;
        private Flow.@Nullable Subscription subscription;

        Tail(ExecutorService worker) {
            this.worker = worker;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(Document document) {
            seen.add(document.getInteger("_id"));
            Flow.Subscription present = subscription;
            if (present == null) {
                throw new IllegalStateException("not subscribed");
            }
            if (seen.size() == 5) {
                present.cancel();
                enough.complete(null);
            } else {
                insert(seen.size() + 1).whenCompleteAsync((inserted, failure) -> present.request(1), worker);
            }
        }

        @Override
        public void onError(Throwable failure) {
            enough.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            enough.completeExceptionally(new IllegalStateException("a tailable cursor has ended"));
        }
    }

    @Test
    void aPublisherTailsUntilItIsCancelledAndThenKillsItsCursor() throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        CountedCommands kills = new CountedCommands("killCursors");
        try (MongoClient tailing = MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.connectionString()))
                .addCommandListener(kills)
                .build())) {
            await(insert(1));
            Tail tail = new Tail(worker);
            tailing.getDatabase("tailing")
                    .getCollection("log")
                    .find()
                    .cursorType(CursorType.TAILABLE_AWAIT)
                    .subscribe(tail);

            await(tail.enough);
            assertThat(tail.seen).containsExactly(1, 2, 3, 4, 5);
            kills.await();
        } finally {
            worker.shutdownNow();
        }
    }
}
