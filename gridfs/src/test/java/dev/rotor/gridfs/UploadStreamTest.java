package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoLoopBlockedException;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadStreamTest {

    private static final int CHUNK = 1000;
    private static final GridFsBucketOptions OPTIONS =
            GridFsBucketOptions.DEFAULT.chunkSizeBytes(CHUNK).bufferBytes(20_000);

    private final GridFsFixture fixture = new GridFsFixture();
    private final HeldInserts held = new HeldInserts();
    private final GridFsBucket bucket = GridFsBucket.create(held.over(fixture.database), OPTIONS);

    @BeforeEach
    void indexesAreThere() {
        await(bucket.uploadFromBytes("first", new byte[0]));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private GridFsUpload open() {
        return bucket.openUploadStream("name");
    }

    private static CompletableFuture<Void> write(GridFsUpload upload, byte[] bytes) {
        return upload.write(ByteBuffer.wrap(bytes)).toCompletableFuture();
    }

    private long chunks() {
        return await(fixture.database.getCollection("fs.chunks").countDocuments());
    }

    @Test
    void severalBatchesOfSeveralChunksAreUnderWayAndThenTheWriterWaits() {
        byte[] contents = bytes(100 * CHUNK + 1);
        GridFsUpload upload = open();
        CompletableFuture<Void> written = write(upload, contents);

        assertThat(held.inserts).hasSize(3);
        assertThat(held.inserts).allSatisfy(insert -> {
            assertThat(insert.documents).hasSizeGreaterThan(1);
            assertThat(insert.bytes()).isLessThanOrEqualTo(20_000 / 4);
        });
        assertThat(written).as("a slow server slows the writer down").isNotDone();

        while (!written.isDone()) {
            held.inserts.get(held.inserts.size() - 1).release();
        }
        CompletionStage<GridFsFile> closed = upload.closeAsync();
        while (!held.inserts.isEmpty()) {
            assertThat(closed.toCompletableFuture()).isNotDone();
            held.inserts.get(0).release();
        }
        assertThat(await(closed).length()).isEqualTo(contents.length);
        assertThat(held.most).isEqualTo(3);
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).isEqualTo(contents);
    }

    @Test
    void whatIsWrittenIsTakenAtOnceAsLongAsThereIsRoom() {
        GridFsUpload upload = open();

        for (int i = 0; i < 15; i++) {
            assertThat(write(upload, bytes(CHUNK))).isDone();
        }
        assertThat(held.inserts).hasSize(3);
    }

    @Test
    void tinyChunksAreSentInBatchesThatAreNotTooLargeEither() {
        GridFsUpload upload = bucket.openUploadStream("name", GridFsUploadOptions.DEFAULT.chunkSizeBytes(1));

        write(upload, bytes(1000));

        assertThat(held.inserts).hasSize(3).allSatisfy(insert -> assertThat(insert.documents)
                .hasSizeBetween(2, 60));
    }

    @Test
    void chunksLargerThanTheBufferGoOneByOne() {
        GridFsUpload upload = bucket.openUploadStream("name", GridFsUploadOptions.DEFAULT.chunkSizeBytes(30_000));

        CompletableFuture<Void> written = write(upload, bytes(100_000));

        assertThat(held.inserts).singleElement().satisfies(insert -> assertThat(insert.documents)
                .hasSize(1));
        held.inserts.get(0).release();
        assertThat(held.inserts).hasSize(1);
        assertThat(written).isNotDone();
    }

    @Test
    void inASessionOneBatchFollowsTheOther() {
        try (var session = fixture.client.startSession()) {
            for (GridFsBucket bound : List.of(
                    bucket.withSession(session),
                    GridFsBucket.create(held.over(fixture.database.withSession(session)), OPTIONS))) {
                await(bound.uploadFromBytes("first", new byte[0]));
                held.inserts.clear();

                write(bound.openUploadStream("name"), bytes(50 * CHUNK));

                assertThat(held.inserts).hasSize(1);
            }
        }
    }

    @Test
    void anInsertThatFailsEndsTheUploadAndNothingIsCleanedUp() {
        IllegalStateException refused = new IllegalStateException("refused");
        GridFsUpload upload = open();
        CompletableFuture<Void> written = write(upload, bytes(50 * CHUNK));
        held.inserts.get(1).release();
        held.inserts.get(0).fail(refused);

        assertThat(failure(written)).isSameAs(refused);
        assertThat(failure(upload.write(ByteBuffer.allocate(1)))).isSameAs(refused);
        assertThat(failure(upload.closeAsync())).isSameAs(refused);
        while (!held.inserts.isEmpty()) {
            held.inserts.get(0).release();
        }
        assertThat(chunks()).as("orphans stay, says the specification").isPositive();
        assertThat(await(fixture.bucket()
                        .find(new BsonDocument("_id", upload.id()))
                        .first()))
                .isNull();

        await(upload.abort());
        assertThat(chunks()).isZero();
    }

    @Test
    void abortingWaitsForWhatIsUnderWayAndThenDeletesIt() {
        GridFsUpload upload = open();
        CompletableFuture<Void> written = write(upload, bytes(50 * CHUNK));

        CompletionStage<Void> aborted = upload.abort();

        assertThat(reason(written)).isEqualTo(Reason.ABORTED);
        assertThat(reason(upload.write(ByteBuffer.allocate(1)))).isEqualTo(Reason.ABORTED);
        assertThat(reason(upload.closeAsync())).isEqualTo(Reason.ABORTED);
        while (!held.inserts.isEmpty()) {
            assertThat(aborted.toCompletableFuture()).isNotDone();
            held.inserts.get(0).release();
        }
        await(aborted);
        assertThat(chunks()).isZero();
        await(upload.abort());
    }

    @Test
    void aPublisherThatFailsWhileAWriteWaitsIsTheCause() {
        IOException gone = new IOException("gone");
        List<Flow.Subscriber<? super ByteBuffer>> subscribers = new ArrayList<>();
        Flow.Publisher<ByteBuffer> source = subscriber -> {
            subscribers.add(subscriber);
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    subscriber.onNext(ByteBuffer.wrap(bytes(50 * CHUNK)));
                }

                @Override
                public void cancel() {
                    // It has nothing to release.
                }
            });
        };
        // It fails while the upload is at something, so that both failures are on their way at the same time.
        CompletionStage<ObjectId> stored = bucket.uploadFromPublisher(
                "name", source, GridFsUploadOptions.DEFAULT.progress((bytes, total) -> subscribers
                        .remove(0)
                        .onError(gone)));

        held.inserts.get(0).release();
        held.letGo();

        assertThat(failure(stored)).isSameAs(gone);
        assertThat(chunks()).isZero();
    }

    @Test
    void abortingRemovesAFileThatWasStoredThoughItsServerSaysItFailed() {
        GridFsUpload upload = open();
        await(write(upload, bytes(5)));
        fixture.writeConcernFailsOnce("insert", "files.fs.files");
        CompletionStage<GridFsFile> closed = upload.closeAsync();
        held.letGo();
        assertThat(failure(closed)).isInstanceOf(MongoException.class);
        assertThat(await(fixture.bucket().find(new Document("_id", upload.id())).toList()))
                .as("the file is there")
                .hasSize(1);

        await(upload.abort());

        assertThat(await(fixture.bucket().find(new Document("_id", upload.id())).toList()))
                .isEmpty();
        assertThat(chunks()).isZero();
    }

    @Test
    void abortingLeavesTheFileThatHadTheIdBefore() {
        held.letGo();
        BsonInt32 id = new BsonInt32(1);
        await(bucket.uploadFromBytesWithId(id, "first", new byte[0]));
        GridFsUpload again = bucket.openUploadStreamWithId(id, "again");
        await(again.write(bytes(5)));
        assertThat(failure(again.closeAsync())).isInstanceOf(MongoException.class);

        await(again.abort());

        assertThat(chunks()).isZero();
        assertThat(await(bucket.downloadToBytes(id))).isEmpty();
    }

    @Test
    void buffersAreWrittenByOneStageHoweverManyThereAre() {
        GridFsUpload upload = open();
        Iterable<ByteBuffer> many =
                Collections.nCopies(100_000, ByteBuffer.wrap(new byte[] {1}).asReadOnlyBuffer());
        CompletionStage<Void> written = upload.write(() -> StreamSupport.stream(many.spliterator(), false)
                .map(ByteBuffer::duplicate)
                .iterator());
        held.letGo();

        await(written);

        assertThat(upload.length()).isEqualTo(100_000);
    }

    @Test
    void abortingWhatWasNeverSentSendsNothing() {
        GridFsUpload upload = open();
        assertThat(write(upload, bytes(10))).isDone();
        fixture.sent();

        await(upload.abort());

        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void aFileThatIsCompleteCannotBeAborted() {
        GridFsUpload upload = open();
        await(upload.closeAsync());

        assertThat(failure(upload.abort()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("complete");
        assertThat(failure(upload.write(ByteBuffer.allocate(1)))).isInstanceOf(IllegalStateException.class);
        assertThat(upload.closeAsync()).isSameAs(upload.closeAsync());
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).isEmpty();
    }

    @Test
    void onlyOneWriteAtATime() {
        GridFsUpload upload = open();
        CompletableFuture<Void> first = write(upload, bytes(50 * CHUNK));

        assertThat(failure(upload.write(ByteBuffer.allocate(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the last one was complete");
        assertThat(first).as("the first one is not harmed").isNotDone();
    }

    @Test
    void closingWhileAWriteIsUnderWayStoresAllOfIt() {
        byte[] contents = bytes(50 * CHUNK + 7);
        GridFsUpload upload = open();
        CompletableFuture<Void> written = write(upload, contents);
        CompletionStage<GridFsFile> closed = upload.closeAsync();

        while (!held.inserts.isEmpty()) {
            held.inserts.get(0).release();
        }

        assertThat(written).isDone();
        assertThat(await(closed).length()).isEqualTo(contents.length);
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).isEqualTo(contents);
    }

    // ---- what the stream tells of itself ----

    @Test
    void aStreamTellsWhatItHasTakenAndWhetherItTakesMore() {
        GridFsUpload upload = bucket.openUploadStream("name", GridFsUploadOptions.DEFAULT.chunkSizeBytes(7));
        assertThat(upload.filename()).isEqualTo("name");
        assertThat(upload.chunkSizeBytes()).isEqualTo(7);
        assertThat(open().chunkSizeBytes()).isEqualTo(CHUNK);
        assertThat(upload.length()).isZero();

        await(upload.write(bytes(10)));
        await(upload.write(List.of(ByteBuffer.wrap(bytes(5)), ByteBuffer.wrap(bytes(1)))));

        assertThat(upload.length()).isEqualTo(16);
        assertThat(upload.isClosed()).isFalse();
        CompletionStage<GridFsFile> closed = upload.closeAsync();
        assertThat(upload.isClosed()).as("it takes no more").isTrue();
        held.inserts.get(0).release();
        assertThat(await(closed).length()).isEqualTo(16);
        assertThat(upload.length()).isEqualTo(16);
    }

    @Test
    void writingAfterClosingIsRefusedWithAReason() {
        GridFsUpload upload = open();
        await(upload.closeAsync());

        assertThat(failure(upload.write(new byte[1])))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
        assertThat(failure(upload.write(List.of(ByteBuffer.allocate(1))))).isInstanceOf(IllegalStateException.class);
        assertThat(failure(upload.write(List.of()))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSourceIsNotReadFurtherThanThereIsRoom() {
        AtomicLong read = new AtomicLong();
        GridFsBucket own = GridFsBucket.create(held.over(fixture.database), OPTIONS.executor(Runnable::run));
        await(own.uploadFromBytes("first", new byte[0]));
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                read.addAndGet(length);
                Arrays.fill(target, offset, offset + length, (byte) 1);
                return length;
            }
        };

        CompletionStage<?> stored = own.uploadFromInputStream("name", endless);

        assertThat(held.inserts).hasSize(3);
        assertThat(read).hasValueLessThanOrEqualTo(20_000);
        long before = read.get();
        held.inserts.get(0).release();
        assertThat(held.inserts).hasSize(3);
        assertThat(read.get() - before).isPositive().isLessThanOrEqualTo(20_000 / 4);
        assertThat(stored.toCompletableFuture()).isNotDone();
    }

    @Test
    void anInsertThatFailsEndsTheUploadWhileItsSourceIsStillReading() {
        TestChannels.Held source = new TestChannels.Held();
        IllegalStateException refused = new IllegalStateException("refused");
        ByteBuffer first = ByteBuffer.wrap(bytes(4 * CHUNK));
        var channel = TestChannels.before(first, source);
        CompletionStage<?> stored = bucket.uploadFromChannel("name", channel);
        assertThat(source.target).as("the next read is under way").isNotNull();

        held.inserts.get(0).fail(refused);

        assertThat(failure(stored)).isSameAs(refused);
        source.answer.complete(1);
        assertThat(chunks()).isZero();
    }

    @Test
    void whileAnIdMayBeTakenOneBatchGoesAhead() {
        GridFsUpload upload = bucket.openUploadStreamWithId(new BsonInt32(1), "name");

        CompletableFuture<Void> written = write(upload, bytes(50 * CHUNK));

        assertThat(held.inserts).hasSize(1);
        held.inserts.get(0).release();
        assertThat(held.inserts).hasSize(3);
        assertThat(written).isNotDone();
    }

    @Test
    void arraysAreUsedAgainWhenTheirChunksHaveArrived() {
        GridFsUpload upload = open();
        CompletableFuture<Void> written = write(upload, bytes(200 * CHUNK));
        Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

        while (!held.inserts.isEmpty()) {
            held.inserts.get(0).documents.forEach(chunk -> arrays.add(((Chunk) chunk).data()));
            held.inserts.get(0).release();
        }

        assertThat(written).isDone();
        assertThat(arrays).hasSizeLessThanOrEqualTo(20);
    }

    // ---- what breaks within ----

    @Test
    void aWriteForWhichThereIsNoMemoryFailsAndSoDoesTheUpload(@TempDir Path folder) throws IOException {
        Path sparse = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(
                sparse,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            // No virtual machine makes an array of that length.
            ByteBuffer huge = channel.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
            GridFsUpload upload =
                    bucket.openUploadStream("name", GridFsUploadOptions.DEFAULT.chunkSizeBytes(Integer.MAX_VALUE));

            List<CompletionStage<Void>> written = new ArrayList<>();
            // JUnit ends all tests by an OutOfMemoryError that is not caught.
            assertThat(catchThrowable(() -> written.add(upload.write(huge)))).isNull();

            Throwable failure = failure(written.get(0));
            assertThat(failure).isInstanceOf(OutOfMemoryError.class);
            assertThat(failure(upload.closeAsync())).isSameAs(failure);
        }
    }

    @Test
    void anErrorWhileTheFileIsBeingStoredEndsTheUploadAndNothingIsLeft() {
        InternalError broken = new InternalError("no clock");
        GridFsBucket own = new BucketView(held.over(fixture.database), OPTIONS, new ManualTime() {
            @Override
            public Instant now() {
                throw broken;
            }
        });
        held.letGo();

        assertThat(failure(own.uploadFromBytes("name", bytes(5)))).isSameAs(broken);
        assertThat(chunks()).isZero();
        GridFsUpload upload = own.openUploadStream("name");
        await(upload.write(bytes(5)));
        assertThat(failure(upload.closeAsync())).isSameAs(broken);
        await(upload.abort());
        assertThat(chunks()).isZero();
    }

    // ---- metadata ----

    private @Nullable Document metadata(GridFsUpload upload) {
        return Objects.requireNonNull(await(fixture.bucket()
                        .find(new BsonDocument("_id", upload.id()))
                        .first()))
                .metadata();
    }

    @Test
    void metadataCanBeSetBeforeAndAfterTheFileIsComplete() {
        GridFsUpload upload = bucket.openUploadStream(
                "name", GridFsUploadOptions.DEFAULT.metadata(new Document("given", 1).append("changed", 1)));
        await(upload.setMetadata("changed", 2));
        await(upload.setMetadata("before", "text"));
        GridFsFile file = await(upload.closeAsync());
        assertThat(metadata(upload)).isEqualTo(file.metadata());
        fixture.sent();

        await(upload.setMetadata("after", List.of(1, 2)));
        await(upload.setMetadata("before", null));

        assertThat(fixture.sent()).containsExactly("update fs.files", "update fs.files");
        assertThat(metadata(upload))
                .isEqualTo(new Document("given", 1)
                        .append("changed", 2)
                        .append("before", null)
                        .append("after", List.of(1, 2)));
        assertThat(file.metadata()).as("what was returned before").doesNotContainKey("after");
    }

    @Test
    void metadataOfAFileWithoutAnyCanBeSetAfterwards() {
        GridFsUpload upload = open();
        await(upload.closeAsync());

        await(upload.setMetadata("after", 1));

        assertThat(metadata(upload)).isEqualTo(new Document("after", 1));
    }

    @Test
    void metadataThatCannotBeSetIsToldSo() {
        GridFsUpload upload = open();
        for (String name : List.of("", "$set", "a.b", "a\0b")) {
            assertThatThrownBy(() -> upload.setMetadata(name, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> upload.setMetadata("name", new Object()))
                .isInstanceOf(CodecConfigurationException.class);
        await(upload.closeAsync());
        await(fixture.bucket().delete(upload.id()));

        assertThat(reason(upload.setMetadata("late", 1))).isEqualTo(Reason.FILE_NOT_FOUND);
        GridFsUpload aborted = open();
        await(aborted.abort());
        assertThat(reason(aborted.setMetadata("late", 1))).isEqualTo(Reason.ABORTED);
    }

    // ---- on a loop ----

    @Test
    void nothingThatAnUploadReturnsCanBeWaitedForOnALoop() {
        GridFsUpload upload = open();
        CompletableFuture<Void> written = write(upload, bytes(50 * CHUNK));
        CompletableFuture<?> whole =
                bucket.uploadFromBytes("name", bytes(50 * CHUNK)).toCompletableFuture();
        CompletableFuture<?> scope =
                bucket.upload("name", opened -> opened.write(bytes(50 * CHUNK))).toCompletableFuture();
        CompletableFuture<?> closed = upload.closeAsync().toCompletableFuture();
        for (CompletableFuture<?> future : List.of(written, whole, scope, closed)) {
            assertThat(fixture.thrownOnLoop(future::join)).isInstanceOf(MongoLoopBlockedException.class);
        }

        CompletableFuture<?> aborted = upload.abort().toCompletableFuture();
        assertThat(fixture.thrownOnLoop(aborted::join)).isInstanceOf(MongoLoopBlockedException.class);
    }
}
