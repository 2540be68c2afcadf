package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.testserver.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a download that nobody wants to be ended any more: no cursor, no connection. */
class DownloadCancelTest {

    private static final int LENGTH = 2000;
    private static final GridFsBucketOptions OPTIONS =
            GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(1_400);

    private final TestServer server = TestServer.standalone().start();
    private final ClientEvents events = new ClientEvents();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(events)
            .addConnectionPoolListener(events)
            .build());
    private final GridFsBucket bucket = GridFsBucket.create(client.getDatabase("files"), OPTIONS);
    private ObjectId id = new ObjectId();

    @TempDir
    Path folder;

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
        Some some = new Some(2);
        events.whileUnderWay("getMore", () -> await(some.subscription).cancel());

        bucket.openDownloadStream(id).subscribe(some);

        assertNothingIsLeft();
        assertThat(events.commands()).containsSubsequence("getMore", "getMore done", "killCursors", "killCursors done");
    }

    @Test
    void cancellingWhileTheCursorIsBeingOpenedKillsIt() {
        GridFsDownload download = bucket.openDownloadStream(id);
        await(download.file());
        Some some = new Some(2);
        events.whileUnderWay("find", () -> await(some.subscription).cancel());

        download.subscribe(some);

        assertNothingIsLeft();
        assertThat(some.here).isNotDone();
    }

    @Test
    void cancellingWhileTheFileIsLookedUpAsksForNoChunk() {
        Some some = new Some(2);
        events.whileUnderWay("find", () -> await(some.subscription).cancel());

        bucket.openDownloadStream(id).subscribe(some);
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

    /** Does something else when it hears of the first chunk. */
    private static final class AtTheFirst implements Flow.Subscriber<ByteBuffer> {
        final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        final AtomicInteger chunks = new AtomicInteger();
        private final Consumer<Flow.Subscription> task;
        private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

        AtTheFirst(Consumer<Flow.Subscription> task) {
            this.task = task;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.set(given);
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            if (chunks.incrementAndGet() == 1) {
                task.accept(Objects.requireNonNull(subscription.get()));
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

    @Test
    void cancellingFromWithinAChunkEndsItThere() {
        AtTheFirst subscriber = new AtTheFirst(Flow.Subscription::cancel);

        bucket.openDownloadStream(id).subscribe(subscriber);

        assertNothingIsLeft();
        assertThat(subscriber.chunks).hasValue(1);
        assertThat(subscriber.end).isNotDone();
    }

    @Test
    void whoeverHasCancelledHearsOfNoChunkThatIsMissing() {
        await(client.getDatabase("files")
                .getCollection("fs.chunks")
                .deleteOne(new Document("files_id", id).append("n", 1)));
        events.forget();
        AtTheFirst subscriber = new AtTheFirst(Flow.Subscription::cancel);

        bucket.openDownloadStream(id).subscribe(subscriber);
        events.awaitCommand("killCursors done");
        events.awaitAllConnectionsBack();

        assertThat(subscriber.chunks).hasValue(1);
        assertThat(subscriber.end).isNotDone();
    }

    @Test
    void askingForNothingFromWithinAChunkEndsItThere() {
        AtTheFirst subscriber = new AtTheFirst(subscription -> subscription.request(0));

        bucket.openDownloadStream(id).subscribe(subscriber);

        assertThat(GridFsFixture.failure(subscriber.end)).isInstanceOf(IllegalArgumentException.class);
        assertThat(subscriber.chunks).hasValue(1);
        assertNothingIsLeft();
    }

    /** Ways to read some bytes. */
    enum Reading {
        BYTES,
        ALL_BYTES,
        BUFFER,
        CHUNK,
        LINE
    }

    private static CompletableFuture<?> read(Reading reading, GridFsReader reader) {
        CompletionStage<?> begun =
                switch (reading) {
                    case BYTES -> reader.read(150);
                    case ALL_BYTES -> reader.read(LENGTH);
                    case BUFFER -> reader.read(ByteBuffer.allocate(150));
                    case CHUNK -> reader.readChunk();
                    case LINE -> reader.readLine(150);
                };
        return begun.toCompletableFuture();
    }

    @ParameterizedTest
    @EnumSource
    void aReadThatIsCancelledLeavesThePosition(Reading reading) {
        HeldLookup opening = new HeldLookup("open");
        try (GridFsReader reader = over(opening).openDownloadStream(id).reader()) {
            assertThat(read(reading, reader).cancel(false)).isTrue();
            opening.letGo();

            assertThat(firstByteWhenFree(reader)).isEqualTo(new byte[] {bytes(LENGTH)[0]});
            assertThat(reader.tell()).isEqualTo(1);
        }
    }

    /** Tries again behind another round trip for as long as the reader is at what was cancelled. */
    private byte[] firstByteWhenFree(GridFsReader reader) {
        CompletionStage<byte[]> read = reader.read(1);
        while (await(read.handle((value, failure) -> failure instanceof IllegalStateException))) {
            await(client.getDatabase("admin").runCommand(new Document("ping", 1)));
            read = reader.read(1);
        }
        return await(read);
    }

    /** Ways to get a file as a whole. */
    enum Whole {
        BYTES,
        PATH,
        STREAM
    }

    private CompletionStage<?> get(Whole whole, GridFsDownload download) {
        return switch (whole) {
            case BYTES -> download.toBytes();
            case PATH -> download.toPath(folder.resolve("file"));
            case STREAM -> download.toOutputStream(new ByteArrayOutputStream());
        };
    }

    @ParameterizedTest
    @EnumSource
    void cancellingWhateverTakesTheWholeEndsItToo(Whole whole) {
        HeldLookup opening = new HeldLookup("open");
        GridFsDownload download = over(opening).openDownloadStream(id);
        // So that the call has come as far as the chunks when it returns.
        await(download.file());
        CompletableFuture<?> result = get(whole, download).toCompletableFuture();
        events.whileUnderWay("getMore", () -> result.cancel(false));

        opening.letGo();

        assertNothingIsLeft();
        assertThat(result).isCancelled();
        assertThat(folder.resolve("file")).doesNotExist();
    }

    @Test
    void whoeverCancelsALookUpDoesSoForHimselfAlone() {
        HeldLookup lookup = new HeldLookup();
        GridFsDownload download = over(lookup).openDownloadStream(id);
        CompletionStage<byte[]> contents = download.toBytes();
        CompletionStage<GridFsFile> other = download.file();

        assertThat(download.file().toCompletableFuture().cancel(false)).isTrue();
        lookup.letGo();

        assertThat(await(other).length()).isEqualTo(LENGTH);
        assertThat(await(contents)).isEqualTo(bytes(LENGTH));
    }

    private GridFsBucket over(HeldLookup lookup) {
        return GridFsBucket.create(lookup.over(client.getDatabase("files")), OPTIONS);
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
        GridFsReader reader = bucket.openDownloadStream(id).reader();
        events.whileUnderWay("getMore", reader::close);

        assertThat(GridFsFixture.failure(reader.read(LENGTH))).hasMessageContaining("closed");
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
