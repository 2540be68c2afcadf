package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.publisher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoException;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the bytes of an upload can come from, and what becomes of them. */
class UploadSourcesTest {

    private static final int CHUNK = 1000;
    private static final int[] LENGTHS = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 40 * CHUNK + 7};

    private static GridFsFixture fixture;
    private static GridFsBucket bucket;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        fixture = new GridFsFixture();
        bucket = GridFsBucket.create(
                fixture.database,
                GridFsBucketOptions.DEFAULT.chunkSizeBytes(CHUNK).bufferBytes(20_000));
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    @BeforeEach
    void nothingIsThere() {
        await(bucket.drop());
    }

    /** Every way to store bytes. */
    enum Source {
        BYTES,
        PUBLISHER,
        PATH,
        INPUT_STREAM,
        CHANNEL,
        SCOPE,
        BUFFERS,
        OUTPUT_STREAM,
        WRITE_CHANNEL
    }

    private CompletionStage<GridFsFile> store(Source source, byte[] contents, GridFsUploadOptions options)
            throws IOException {
        BsonString id = new BsonString("id");
        return switch (source) {
            case BYTES -> bucket.uploadFromBytesWithId(id, "name", contents, options);
            case PUBLISHER -> bucket.uploadFromPublisherWithId(id, "name", publisher(pieces(contents)), options);
            case PATH ->
                bucket.uploadFromPathWithId(id, "name", Files.write(folder.resolve("file"), contents), options);
            case INPUT_STREAM ->
                bucket.uploadFromInputStreamWithId(id, "name", new ByteArrayInputStream(contents), options);
            case CHANNEL -> bucket.uploadFromChannelWithId(id, "name", TestChannels.of(contents, 777), options);
            case SCOPE -> bucket.uploadWithId(id, "name", upload -> upload.write(contents), options);
            case BUFFERS -> bucket.uploadWithId(id, "name", upload -> upload.write(pieces(contents)), options);
            case OUTPUT_STREAM -> {
                GridFsUpload upload = bucket.openUploadStreamWithId(id, "name", options);
                try (OutputStream stream = upload.asOutputStream()) {
                    writeSome(stream, contents);
                }
                yield upload.closeAsync();
            }
            case WRITE_CHANNEL -> {
                GridFsUpload upload = bucket.openUploadStreamWithId(id, "name", options);
                try (AsynchronousByteChannel channel = upload.asChannel()) {
                    for (ByteBuffer piece : pieces(contents)) {
                        int length = piece.remaining();
                        assertThat(channel.write(piece))
                                .succeedsWithin(20, TimeUnit.SECONDS)
                                .isEqualTo(length);
                    }
                }
                yield upload.closeAsync();
            }
        };
    }

    /** Some bytes one by one, some in small pieces, the rest at once. */
    private static void writeSome(OutputStream stream, byte[] contents) throws IOException {
        int at = 0;
        while (at < Math.min(10, contents.length)) {
            stream.write(contents[at++]);
        }
        stream.flush();
        while (at < Math.min(5000, contents.length)) {
            int part = Math.min(333, contents.length - at);
            stream.write(contents, at, part);
            at += part;
        }
        stream.write(contents, at, contents.length - at);
    }

    private static List<ByteBuffer> pieces(byte[] contents) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < contents.length; from += 700) {
            pieces.add(ByteBuffer.wrap(contents, from, Math.min(700, contents.length - from)));
        }
        pieces.add(ByteBuffer.allocate(0));
        return pieces;
    }

    @ParameterizedTest
    @EnumSource
    void everySourceIsStoredWhole(Source source) throws Exception {
        for (int length : LENGTHS) {
            byte[] contents = bytes(length);

            GridFsFile file = await(store(source, contents, GridFsUploadOptions.DEFAULT));

            assertThat(file.length()).isEqualTo(length);
            assertThat(await(bucket.downloadToBytes(file.id()))).isEqualTo(contents);
            assertThat(chunks()).isEqualTo((length + CHUNK - 1) / CHUNK);
            await(bucket.delete(file.id()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void digestAndContentTypeAreKeptWithTheMetadata(Source source) throws Exception {
        byte[] contents = bytes(12_345);
        BsonDocument metadata = new BsonDocument("mine", new BsonInt32(1));
        GridFsUploadOptions options = GridFsUploadOptions.DEFAULT
                .metadata(metadata)
                .contentType("image/png")
                .sha256(true);

        GridFsFile file = await(store(source, contents, options));

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(contents));
        BsonDocument expected = new BsonDocument("mine", new BsonInt32(1))
                .append("contentType", new BsonString("image/png"))
                .append("sha256", new BsonString(digest));
        assertThat(file.document().get("metadata")).isEqualTo(expected);
        assertThat(Objects.requireNonNull(await(bucket.find().first()))
                        .document()
                        .get("metadata"))
                .isEqualTo(expected);
        assertThat(metadata).as("the document that the user gave").hasSize(1);
    }

    @Test
    void withoutMetadataThereIsNone() {
        assertThat(await(bucket.uploadFromBytesWithId(new BsonInt32(1), "name", bytes(1)))
                        .document()
                        .keySet())
                .containsExactly("_id", "length", "chunkSize", "uploadDate", "filename");
    }

    @ParameterizedTest
    @EnumSource
    void theProgressIsHeardAndWhatItThrowsIsNot(Source source) throws Exception {
        byte[] contents = bytes(40 * CHUNK + 7);
        List<Long> heard = new CopyOnWriteArrayList<>();
        Set<Long> totals = ConcurrentHashMap.newKeySet();

        GridFsFile file = await(store(source, contents, GridFsUploadOptions.DEFAULT.progress((bytes, total) -> {
            heard.add(bytes);
            totals.add(total);
            throw new IllegalStateException("a progress bar that breaks");
        })));

        assertThat(file.length()).isEqualTo(contents.length);
        assertThat(heard).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
        assertThat(heard.get(heard.size() - 1)).isEqualTo(contents.length);
        boolean known = source == Source.BYTES || source == Source.PATH;
        assertThat(totals).containsExactly(known ? contents.length : -1L);
    }

    @Test
    void aFileThatIsNotThereIsToldAndNothingIsSent() {
        await(bucket.uploadFromBytes("first", bytes(1)));
        fixture.sent();

        assertThat(failure(bucket.uploadFromPath("name", folder.resolve("missing"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void aFileIsClosedWhenItWasReadAndWhenTheUploadFailed() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors), "open files are seen on Linux only");
        Path file = Files.write(folder.resolve("file"), bytes(20 * CHUNK));
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            GridFsBucket own = GridFsBucket.create(
                    fixture.database,
                    GridFsBucketOptions.DEFAULT.chunkSizeBytes(CHUNK).executor(executor));
            await(own.uploadFromPathWithId(new BsonInt32(1), "name", file));
            assertThat(failure(own.uploadFromPathWithId(new BsonInt32(1), "name", file)))
                    .isInstanceOf(MongoException.class);

            // Behind what the uploads have still to do there.
            assertThat(executor.submit(() -> openFiles(descriptors)).get(20, TimeUnit.SECONDS))
                    .doesNotContain(file.toRealPath());
        } finally {
            executor.shutdown();
        }
    }

    private static List<Path> openFiles(Path descriptors) throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path one : all.toList()) {
                try {
                    open.add(Files.readSymbolicLink(one));
                } catch (NoSuchFileException | NotLinkException e) {
                    // Closed meanwhile, by another thread: not open, then.
                }
            }
        }
        return open;
    }

    /** Thirty chunks, with the names of the threads that read them. */
    private static InputStream telling(Set<String> readers) {
        return new FilterInputStream(new ByteArrayInputStream(bytes(30 * CHUNK))) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                readers.add(Thread.currentThread().getName());
                return super.read(target, offset, length);
            }
        };
    }

    @Test
    void aStreamIsReadOnThreadsThatAreNeitherTheCallersNorALoop() throws Exception {
        Set<String> readers = ConcurrentHashMap.newKeySet();
        InputStream source = telling(readers);

        await(bucket.uploadFromInputStream("name", source));

        assertThat(readers).isNotEmpty().allSatisfy(name -> assertThat(name).startsWith("rotor-gridfs-"));
    }

    @Test
    void aStreamIsReadOnTheExecutorThatIsGiven() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "reader of the test"));
        try {
            Set<String> readers = ConcurrentHashMap.newKeySet();
            InputStream source = telling(readers);
            GridFsBucket own = GridFsBucket.create(
                    fixture.database,
                    GridFsBucketOptions.DEFAULT.chunkSizeBytes(CHUNK).executor(executor));

            await(own.uploadFromInputStream("name", source));

            assertThat(readers).containsExactly("reader of the test");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anExecutorThatRefusesFailsTheUpload() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        executor.shutdown();
        GridFsBucket own = GridFsBucket.create(fixture.database, GridFsBucketOptions.DEFAULT.executor(executor));

        assertThat(failure(own.uploadFromInputStream("name", new ByteArrayInputStream(bytes(10)))))
                .isInstanceOf(java.util.concurrent.RejectedExecutionException.class);
    }

    // ---- sources that fail ----

    private final IOException gone = new IOException("the disk is gone");

    private long chunks() {
        return await(fixture.database.getCollection("fs.chunks").countDocuments());
    }

    private void assertFails(CompletionStage<?> stage, Throwable expected) {
        assertThat(failure(stage)).isSameAs(expected);
        assertThat(chunks()).isZero();
        assertThat(await(bucket.find().first())).isNull();
        assertThat(await(bucket.uploadFromBytes("next", bytes(5)))).isNotNull();
    }

    @Test
    void aStreamThatFailsMidwayLeavesNothing() {
        InputStream source = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ == 30 * CHUNK + 5) {
                    throw gone;
                }
                return given & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };

        fixture.sent();
        assertFails(bucket.uploadFromInputStream("name", source), gone);
        assertThat(fixture.sent()).contains("insert fs.chunks", "delete fs.chunks");
    }

    @Test
    void aChannelThatFailsMidwayLeavesNothing() {
        ByteBuffer rest = ByteBuffer.wrap(bytes(30 * CHUNK + 5));

        assertFails(
                bucket.uploadFromChannel("name", TestChannels.reading(target -> {
                    if (!rest.hasRemaining()) {
                        throw gone;
                    }
                    return TestChannels.take(rest, target, 5000);
                })),
                gone);
    }

    @Test
    void aChannelThatThrowsWhenItIsReadLeavesNothing() {
        IllegalStateException thrown = new IllegalStateException("closed");

        assertFails(
                bucket.uploadFromChannel("name", TestChannels.reading(target -> {
                    throw thrown;
                })),
                thrown);
    }

    @Test
    void aChannelThatReadsNothingIsNotAskedForEver() {
        assertThat(failure(bucket.uploadFromChannel("name", TestChannels.reading(target -> 0))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no byte");
    }

    @Test
    void aPublisherThatFailsMidwayLeavesNothing() {
        Flow.Publisher<ByteBuffer> source = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private int given;

            @Override
            public void request(long n) {
                if (given++ < 30) {
                    subscriber.onNext(ByteBuffer.wrap(bytes(CHUNK)));
                } else {
                    subscriber.onError(gone);
                }
            }

            @Override
            public void cancel() {
                // It has nothing to release.
            }
        });

        assertFails(bucket.uploadFromPublisher("name", source), gone);
    }

    @Test
    void aPublisherThatThrowsWhenItIsSubscribedToFailsTheUpload() {
        IllegalStateException thrown = new IllegalStateException("no more subscribers");

        assertFails(
                bucket.uploadFromPublisher("name", subscriber -> {
                    throw thrown;
                }),
                thrown);
    }

    @Test
    void buffersWhoseIteratorThrowsFailTheScope() {
        UncheckedIOException thrown = new UncheckedIOException(gone);
        Iterable<ByteBuffer> source = () -> Stream.iterate(0, n -> n + 1)
                .map(n -> {
                    if (n == 30) {
                        throw thrown;
                    }
                    return ByteBuffer.wrap(bytes(CHUNK));
                })
                .iterator();

        GridFsUpload alone = bucket.openUploadStream("name");
        assertThat(failure(alone.write(source))).isSameAs(thrown);
        await(alone.abort());
        assertFails(bucket.upload("name", upload -> upload.write(source)), thrown);
    }

    // ---- scopes ----

    @Test
    void aScopeWhoseBodyFailsLeavesNothing() {
        assertFails(
                bucket.upload("name", upload -> upload.write(bytes(30 * CHUNK))
                        .thenCompose(none -> CompletableFuture.failedFuture(gone))),
                gone);
    }

    @Test
    void aScopeWhoseBodyThrowsLeavesNothing() {
        IllegalStateException thrown = new IllegalStateException("thrown");

        assertFails(
                bucket.upload("name", upload -> {
                    await(upload.write(bytes(30 * CHUNK)));
                    throw thrown;
                }),
                thrown);
    }

    @Test
    @SuppressWarnings("NullAway") // What a careless body does.
    void aScopeWhoseBodyReturnsNoStageFails() {
        assertThat(failure(bucket.upload("name", upload -> null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("no stage");
    }

    @Test
    void aScopeWhoseBodyAbortsFailsWithThat() {
        assertThat(GridFsFixture.reason(bucket.upload("name", GridFsUpload::abort)))
                .isEqualTo(Reason.ABORTED);
    }

    @Test
    void aScopeWhoseBodyClosesGivesThatFile() {
        GridFsFile file = await(bucket.upload("name", upload -> upload.write(bytes(5))
                .thenCompose(none -> upload.setMetadata("checked", true))
                .thenCompose(none -> upload.closeAsync())));

        assertThat(file.document().getDocument("metadata")).containsEntry("checked", BsonBoolean.TRUE);
    }

    @Test
    void aScopeThatTheServerBreaksCleansNothingUp() {
        byte[] contents = bytes(40 * CHUNK);
        await(bucket.uploadFromBytesWithId(new BsonInt32(1), "first", contents));
        fixture.sent();

        Throwable failure = failure(bucket.uploadWithId(new BsonInt32(1), "again", upload -> upload.write(contents)));

        assertThat(failure).isInstanceOf(MongoException.class).hasMessageContaining("E11000");
        assertThat(fixture.sent()).containsExactly("insert fs.chunks");
    }

    // ---- ids that are taken ----

    @Test
    void indexesThatWereDroppedWithTheBucketAreMadeAgain() {
        await(bucket.uploadFromBytes("first", bytes(1)));
        await(bucket.drop());
        fixture.sent();

        await(bucket.uploadFromBytes("second", bytes(1)));
        await(bucket.uploadFromBytes("third", bytes(1)));

        assertThat(fixture.sent())
                .containsOnlyOnce("createIndexes fs.files")
                .containsOnlyOnce("createIndexes fs.chunks");
    }

    @Test
    void anIdThatIsTakenHarmsNothing() {
        byte[] contents = bytes(5);
        BsonInt32 id = new BsonInt32(1);
        await(bucket.uploadFromBytesWithId(id, "first", contents));

        GridFsUpload again = bucket.openUploadStreamWithId(id, "again");
        assertThat(failure(again.write(bytes(100 * CHUNK)))).isInstanceOf(MongoException.class);
        await(again.abort());

        assertThat(chunks()).isEqualTo(1);
        assertThat(await(bucket.downloadToBytes(id))).isEqualTo(contents);
    }

    @Test
    void abortingDeletesOnlyWhatTheUploadHasSentItself() {
        BsonInt32 id = new BsonInt32(1);
        await(fixture.database
                .getCollection("fs.chunks")
                .insertOne(new Document("files_id", 1).append("n", 1000).append("data", "of another upload")));
        GridFsUpload upload = bucket.openUploadStreamWithId(id, "name");
        await(upload.write(bytes(100 * CHUNK)));
        assertThat(chunks()).isGreaterThan(1);

        await(upload.abort());

        assertThat(chunks()).isEqualTo(1);
    }

    @Test
    void missingArgumentsAreNamed() {
        assertThatThrownBy(() -> bucket.uploadFromPath("name", nothing())).hasMessageContaining("source");
        assertThatThrownBy(() -> bucket.uploadFromInputStream("name", nothing()))
                .hasMessageContaining("source");
        assertThatThrownBy(() -> bucket.uploadFromChannel("name", nothing())).hasMessageContaining("source");
        assertThatThrownBy(() -> bucket.upload("name", nothing())).hasMessageContaining("body");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // What a careless caller passes.
    private static <T> T nothing() {
        return null;
    }
}
