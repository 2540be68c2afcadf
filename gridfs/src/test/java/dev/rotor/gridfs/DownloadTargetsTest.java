package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadPendingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTargetsTest {

    private static final int LENGTH = 2050;

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket = GridFsBucket.create(
            fixture.database, GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(1_400));
    private final byte[] contents = bytes(LENGTH);
    private ObjectId id = new ObjectId();

    private Path directory = Path.of("");

    @BeforeEach
    void store(@TempDir Path temporary) {
        directory = temporary;
        id = await(bucket.uploadFromBytes("name", contents));
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void deleteChunk(int n) {
        await(fixture.database.getCollection("fs.chunks").deleteOne(new Document("files_id", id).append("n", n)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    // ---- files ----

    @Test
    void aFileIsWrittenUnderItsName() throws IOException {
        Path path = directory.resolve("file");

        assertThat(await(bucket.downloadToPath(id, path)).objectId()).isEqualTo(id);

        assertThat(Files.readAllBytes(path)).isEqualTo(contents);
        assertThat(files()).containsExactly(path);
    }

    @Test
    void aFileOfThatNameIsReplacedAndARangeIsWrittenAsSuch() throws IOException {
        Path path = Files.writeString(directory.resolve("file"), "old".repeat(5000));

        await(bucket.openDownloadStream(id).range(50, 150).toPath(path));

        assertThat(Files.readAllBytes(path)).isEqualTo(Arrays.copyOfRange(contents, 50, 150));
    }

    @Test
    void aLinkStaysOneToTheFileThatIsReplaced() throws IOException {
        Path path = Files.writeString(directory.resolve("file"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), path);

        await(bucket.downloadToPath(id, link));

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readAllBytes(path)).isEqualTo(contents);
    }

    @Test
    void anEmptyFileIsWrittenToo() throws IOException {
        ObjectId empty = await(bucket.uploadFromBytes("empty", new byte[0]));

        await(bucket.downloadToPath(empty, directory.resolve("empty")));

        assertThat(directory.resolve("empty")).isEmptyFile();
    }

    @Test
    void theRevisionThatIsWantedIsWritten() throws IOException {
        // Both might be stored within the same millisecond.
        await(fixture.database
                .getCollection("fs.files")
                .updateOne(
                        new Document("_id", id),
                        new Document("$set", new Document("uploadDate", new BsonDateTime(86_400_000)))));
        await(bucket.uploadFromBytes("name", bytes(10)));

        await(bucket.downloadToPathByName("name", 0, directory.resolve("first")));
        await(bucket.downloadToPathByName("name", -1, directory.resolve("latest")));

        assertThat(Files.readAllBytes(directory.resolve("first"))).isEqualTo(contents);
        assertThat(Files.readAllBytes(directory.resolve("latest"))).isEqualTo(bytes(10));
        assertThat(reason(bucket.downloadToPathByName("name", 2, directory.resolve("no"))))
                .isEqualTo(Reason.REVISION_NOT_FOUND);
        assertThat(files()).hasSize(2);
    }

    @Test
    void aDownloadThatFailsLeavesWhatWasThere() throws IOException {
        Path path = Files.writeString(directory.resolve("file"), "old");
        deleteChunk(15);

        assertThat(reason(bucket.downloadToPath(id, path))).isEqualTo(Reason.CHUNK_MISSING);

        assertThat(files()).containsExactly(path);
        assertThat(path).hasContent("old");
    }

    @Test
    void aDownloadThatIsCancelledLeavesNothing() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CompletableFuture<Void> writing = new CompletableFuture<>();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        GridFsBucket ours = GridFsBucket.create(
                fixture.database,
                GridFsBucketOptions.DEFAULT
                        .bufferBytes(1_400)
                        .executor(task -> executor.execute(() -> {
                            task.run();
                            writing.complete(null);
                            try {
                                mayGoOn.await();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        })));
        try {
            CompletableFuture<GridFsFile> download =
                    ours.downloadToPath(id, directory.resolve("file")).toCompletableFuture();
            await(writing);

            download.cancel(true);
            mayGoOn.countDown();
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(download).isCancelled();
            assertThat(files()).isEmpty();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whatIsNoFileIsNotReplaced() throws IOException {
        Path path = Files.createDirectory(directory.resolve("directory"));

        assertThat(failure(bucket.downloadToPath(id, path)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no file");
        assertThat(failure(bucket.downloadToPath(id, directory.resolve("not/there"))))
                .isInstanceOf(IOException.class);
        assertThat(files()).containsExactly(path);
    }

    @Test
    void anExecutorThatHasEndedFailsTheDownload() throws IOException {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();

        assertThat(failure(bucket.openDownloadStream(id).toOutputStream(new ByteArrayOutputStream(), ended)))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(await(bucket.downloadToBytes(new org.bson.BsonObjectId(id)))).isEqualTo(contents);
    }

    @ParameterizedTest
    @MethodSource("dev.rotor.gridfs.RefusingExecutorTest#reasons")
    void anExecutorThatEndsMidwayLeavesNoHalfFile(Throwable reason) throws IOException {
        Executor refusing = RefusingExecutorTest.taking(1, reason);
        CompletableFuture<Void> first = new CompletableFuture<>();
        HeldLookup opening = new HeldLookup("open");
        GridFsBucket ours =
                GridFsBucket.create(opening.over(fixture.database), GridFsBucketOptions.DEFAULT.executor(task -> {
                    refusing.execute(task);
                    first.complete(null);
                }));
        CompletionStage<GridFsFile> download = ours.downloadToPath(id, directory.resolve("file"));
        await(first);
        assertThat(files()).as("it is begun").hasSize(1);

        opening.letGo();

        assertThat(failure(download)).isSameAs(reason);
        assertThat(files()).isEmpty();
    }

    // ---- streams ----

    /** Remembers who has written, and how often it was flushed. */
    private static final class Recording extends OutputStream {
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        final Set<String> threads = ConcurrentHashMap.newKeySet();
        int flushed;
        boolean closed;

        @Override
        public void write(byte[] from, int offset, int length) {
            threads.add(Thread.currentThread().getName());
            written.write(from, offset, length);
        }

        @Override
        public void write(int one) {
            written.write(one);
        }

        @Override
        public void flush() {
            flushed++;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aStreamIsWrittenOnTheExecutorAndLeftOpen() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        Recording stream = new Recording();
        try {
            await(bucket.openDownloadStream(id).toOutputStream(stream, executor));
        } finally {
            executor.shutdownNow();
        }

        assertThat(stream.written.toByteArray()).isEqualTo(contents);
        assertThat(stream.threads).containsExactly("mine");
        assertThat(stream.flushed).isEqualTo(1);
        assertThat(stream.closed).isFalse();
    }

    @Test
    void withoutAnExecutorItIsNotALoopThatWrites() {
        Recording stream = new Recording();

        await(bucket.downloadToOutputStream(id, stream));

        assertThat(stream.written.toByteArray()).isEqualTo(contents);
        assertThat(stream.threads).allMatch(name -> name.startsWith("rotor-gridfs-"));
    }

    @Test
    void aStreamThatFailsEndsTheDownload() {
        OutputStream full = new OutputStream() {
            private int left = 250;

            @Override
            public void write(int b) throws IOException {
                if (left-- == 0) {
                    throw new IOException("no space left");
                }
            }
        };

        assertThat(failure(bucket.downloadToOutputStreamByName("name", -1, full)))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
        assertThat(await(bucket.downloadToBytes(new org.bson.BsonObjectId(id)))).isEqualTo(contents);
    }

    // ---- channels ----

    /** Takes at most so many bytes at a time, within the call. */
    private static class Narrow implements AsynchronousByteChannel {
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final int width;

        Narrow(int width) {
            this.width = width;
        }

        @Override
        public <A> void write(ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
            int count = Math.min(width, source.remaining());
            byte[] taken = new byte[count];
            source.get(taken);
            written.writeBytes(taken);
            handler.completed(count, attachment);
        }

        @Override
        public <A> void read(ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Integer> read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Integer> write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Nothing to be released.
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 1000})
    void aChannelTakesAsMuchAsItLikes(int width) {
        Narrow channel = new Narrow(width);

        await(bucket.downloadToChannel(id, channel));

        assertThat(channel.written.toByteArray()).isEqualTo(contents);
    }

    @Test
    void aChannelThatCompletesWithinItsCallDoesNotExhaustTheStack() {
        byte[] large = bytes(200_000);
        ObjectId other =
                await(bucket.uploadFromBytes("large", large, GridFsUploadOptions.DEFAULT.chunkSizeBytes(200_000)));
        Narrow channel = new Narrow(1);

        await(bucket.downloadToChannel(other, channel));

        assertThat(channel.written.toByteArray()).isEqualTo(large);
    }

    @Test
    void aChannelThatTakesNothingFailsTheDownload() {
        assertThat(failure(bucket.downloadToChannelByName("name", -1, new Narrow(0))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no byte");
    }

    @Test
    void aChannelThatBreaksMidwayFailsTheDownload() {
        InternalError broken = new InternalError("broken");
        List<Object> handlers = new ArrayList<>();
        AsynchronousByteChannel channel = new Narrow(1) {
            @Override
            public <A> void write(ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
                handlers.add(handler);
                if (handlers.size() == 2) {
                    throw broken;
                }
                super.write(source, attachment, handler);
            }
        };

        assertThat(failure(bucket.downloadToChannel(id, channel))).isSameAs(broken);
    }

    @Test
    void aDestinationThatReturnsNoStageFailsTheDownload() {
        assertThat(failure(bucket.openDownloadStream(id).to(chunk -> nothing())))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("destination");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // What a careless caller passes.
    private static <T> T nothing() {
        return null;
    }

    @Test
    void aDownloadIsAChannelToBeReadOnly() throws Exception {
        ByteBuffer all = ByteBuffer.allocate(LENGTH + 1);
        AsynchronousByteChannel channel = bucket.openDownloadStream(id).asChannel();
        while (channel.read(all).get() >= 0) {
            assertThat(channel.isOpen()).isTrue();
        }
        assertThat(all.position()).isEqualTo(LENGTH);
        assertThat(Arrays.copyOf(all.array(), LENGTH)).isEqualTo(contents);
        assertThatExceptionOfType(NonWritableChannelException.class)
                .isThrownBy(() -> channel.write(ByteBuffer.allocate(1)));
        assertThat(await(handled(channel, ByteBuffer.allocate(5)))).isEqualTo(-1);

        channel.close();

        assertThat(channel.isOpen()).isFalse();
        assertThat(failure(handled(channel, all))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aChannelThatIsReadAlreadySaysSo() throws Exception {
        HeldLookup lookup = new HeldLookup();
        GridFsBucket held = GridFsBucket.create(lookup.over(fixture.database));
        try (AsynchronousByteChannel channel = held.openDownloadStream(id).asChannel()) {
            Future<Integer> first = channel.read(ByteBuffer.allocate(5));

            assertThatExceptionOfType(ReadPendingException.class)
                    .isThrownBy(() -> channel.read(ByteBuffer.allocate(5)));
            lookup.letGo();
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(5);
        }
    }

    private static CompletionStage<Integer> handled(AsynchronousByteChannel channel, ByteBuffer target) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        channel.read(target, "attached", new CompletionHandler<Integer, String>() {
            @Override
            public void completed(Integer count, String attachment) {
                assertThat(attachment).isEqualTo("attached");
                result.complete(count);
            }

            @Override
            public void failed(Throwable failure, String attachment) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
