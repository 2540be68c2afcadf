package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.testserver.TestServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a download that nobody wants to be ended any more: no cursor, no connection. */
class DownloadCancelTest {

    /** What the client has done, in order; a test waits until that is what it expects. */
    private static final class Events implements CommandListener, ConnectionPoolListener {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final List<String> commands = new ArrayList<>();
        private int out;

        private void change(Runnable change) {
            lock.lock();
            try {
                change.run();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void commandStarted(CommandStartedEvent event) {
            change(() -> commands.add(event.commandName()));
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            change(() -> commands.add(event.commandName() + " done"));
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            change(() -> commands.add(event.commandName() + " failed"));
        }

        @Override
        public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
            change(() -> out++);
        }

        @Override
        public void connectionCheckedIn(ConnectionCheckedInEvent event) {
            change(() -> out--);
        }

        void forget() {
            change(commands::clear);
        }

        private void until(Predicate<Events> expected) {
            lock.lock();
            try {
                long left = TimeUnit.SECONDS.toNanos(20);
                while (!expected.test(this)) {
                    assertThat(left)
                            .as("in time; so far %s, %d connections out", commands, out)
                            .isPositive();
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                lock.unlock();
            }
        }

        void awaitCommand(String name) {
            until(events -> events.commands.contains(name));
        }

        void awaitAllConnectionsBack() {
            until(events -> events.out == 0);
        }

        List<String> commands() {
            lock.lock();
            try {
                return List.copyOf(commands);
            } finally {
                lock.unlock();
            }
        }
    }

    private static final int LENGTH = 2000;

    private final TestServer server = TestServer.standalone().start();
    private final Events events = new Events();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(events)
            .addConnectionPoolListener(events)
            .build());
    private final GridFsBucket bucket = GridFsBucket.create(
            client.getDatabase("files"),
            GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(600));
    private ObjectId id = new ObjectId();

    @BeforeEach
    void store() {
        id = await(bucket.uploadFromBytes("name", bytes(LENGTH)));
        events.awaitAllConnectionsBack();
        events.forget();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    /** Asks for so many chunks and tells when they are here. */
    private static final class Some implements Flow.Subscriber<ByteBuffer> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final CompletableFuture<@Nullable Void> here = new CompletableFuture<>();
        private int left;

        Some(int chunks) {
            left = chunks;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(left);
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            if (--left == 0) {
                here.complete(null);
            }
        }

        @Override
        public void onError(Throwable failure) {
            here.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            here.completeExceptionally(new AssertionError("the end"));
        }
    }

    private void block(String command) {
        await(client.getDatabase("admin")
                .runCommand(Document.parse("{configureFailPoint: 'failCommand', mode: {times: 1}, data: {failCommands:"
                        + " ['" + command + "'], blockConnection: true, blockTimeMS: 300}}")));
        events.forget();
    }

    private void assertNothingIsLeft() {
        events.awaitCommand("killCursors done");
        events.awaitAllConnectionsBack();
        assertThat(await(bucket.downloadToBytes(id))).isEqualTo(bytes(LENGTH));
    }

    @Test
    void cancellingMidwayKillsTheCursorAndGivesTheConnectionBack() {
        Some some = new Some(2);
        bucket.openDownloadStream(id).subscribe(some);
        await(some.here);
        // What is fetched ahead is here too.
        events.awaitCommand("getMore done");

        await(some.subscription).cancel();

        assertNothingIsLeft();
    }

    @Test
    void cancellingWhileAGetMoreIsUnderWayKillsTheCursorWhenItIsDone() {
        block("getMore");
        Some some = new Some(2);
        bucket.openDownloadStream(id).subscribe(some);
        await(some.here);
        events.awaitCommand("getMore");
        assertThat(events.commands()).doesNotContain("getMore done");

        await(some.subscription).cancel();

        assertNothingIsLeft();
        assertThat(events.commands()).containsSubsequence("getMore", "getMore done", "killCursors", "killCursors done");
    }

    @Test
    void cancellingWhileTheCursorIsBeingOpenedKillsIt() {
        GridFsDownload download = bucket.openDownloadStream(id);
        await(download.file());
        block("find");
        Some some = new Some(2);
        download.subscribe(some);
        events.awaitCommand("find");

        await(some.subscription).cancel();

        assertNothingIsLeft();
        assertThat(some.here).isNotDone();
    }

    @Test
    void cancellingWhileTheFileIsLookedUpAsksForNoChunk() {
        block("find");
        Some some = new Some(2);
        bucket.openDownloadStream(id).subscribe(some);
        events.awaitCommand("find");

        await(some.subscription).cancel();
        events.awaitCommand("find done");
        events.awaitAllConnectionsBack();

        assertThat(events.commands()).containsExactly("find", "find done");
    }

    @Test
    void cancellingTheResultOfADownloadEndsIt() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<GridFsFile> download = bucket.openDownloadStream(id)
                .to(chunk -> {
                    first.complete(null);
                    return new CompletableFuture<>();
                })
                .toCompletableFuture();
        await(first);

        download.cancel(true);

        assertNothingIsLeft();
    }

    @Test
    void aReaderThatIsClosedMidwayKillsItsCursor() {
        GridFsReader reader = bucket.openDownloadStream(id).reader();
        await(reader.read(150));

        reader.close();

        assertNothingIsLeft();
    }

    @Test
    void aReaderThatIsClosedWhileAGetMoreIsUnderWayKillsItsCursor() {
        block("getMore");
        GridFsReader reader = bucket.openDownloadStream(id).reader();
        var read = reader.read(LENGTH);
        events.awaitCommand("getMore");

        reader.close();

        assertThat(GridFsFixture.failure(read)).hasMessageContaining("closed");
        assertNothingIsLeft();
    }

    @Test
    void aCorruptChunkKillsTheCursor() {
        await(client.getDatabase("files")
                .getCollection("fs.chunks")
                .deleteOne(new Document("files_id", id).append("n", 1)));
        events.forget();

        assertThat(GridFsFixture.reason(bucket.openDownloadStream(id).toBytes()))
                .isEqualTo(MongoGridFsException.Reason.CHUNK_MISSING);

        events.awaitCommand("killCursors done");
        events.awaitAllConnectionsBack();
    }

    @Test
    void aSlowSubscriberCausesAsManyRoundTripsAsAFastOneAndNoMoreAheadThanTheBufferHolds() {
        await(bucket.openDownloadStream(id).toBytes());
        events.awaitAllConnectionsBack();
        long fast = count("getMore");
        events.forget();
        List<Flow.Subscription> subscription = new ArrayList<>();
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        AtomicReference<CompletableFuture<@Nullable Void>> next = new AtomicReference<>(new CompletableFuture<>());
        bucket.openDownloadStream(id).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.add(given);
            }

            @Override
            public void onNext(ByteBuffer chunk) {
                Objects.requireNonNull(next.get()).complete(null);
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });

        for (int i = 0; i < LENGTH / 100; i++) {
            next.set(new CompletableFuture<>());
            subscription.get(0).request(1);
            await(Objects.requireNonNull(next.get()));
            // Three chunks are a batch: the one that is read, and one behind it.
            int batches = i / 3 + 1;
            events.awaitAllConnectionsBack();
            assertThat(count("getMore")).isLessThanOrEqualTo(batches);
        }
        await(end);

        assertThat(count("getMore")).isEqualTo(fast);
    }

    private long count(String command) {
        return events.commands().stream().filter(command::equals).count();
    }
}
