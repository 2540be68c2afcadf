package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        GridFsUpload upload =
                bucket.openUploadStream("name", GridFsUploadOptions.DEFAULT.chunkSizeBytes(30_000));

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
                        .find(new org.bson.BsonDocument("_id", upload.id()))
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
}
