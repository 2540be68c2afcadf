package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static dev.rotor.gridfs.GridFsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadVerifyTest {

    private static final int LENGTH = 1050;

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket = GridFsBucket.create(
            fixture.database, GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(1_400));
    private final byte[] contents = bytes(LENGTH);
    private final ObjectId id =
            await(bucket.uploadFromBytes("name", contents, GridFsUploadOptions.DEFAULT.sha256(true)));

    @AfterEach
    void close() {
        fixture.close();
    }

    private GridFsDownload verified() {
        return bucket.openDownloadStream(id).verifySha256(true);
    }

    /** Another byte, in a chunk that is as long as it should be. */
    private void corrupt() {
        await(fixture.database
                .getCollection("fs.chunks")
                .updateOne(
                        new Document("files_id", id).append("n", 4),
                        new Document("$set", new Document("data", new org.bson.types.Binary(new byte[100])))));
    }

    private void setDigest(Object digest) {
        await(fixture.database
                .getCollection("fs.files")
                .updateOne(new Document("_id", id), new Document("$set", new Document("metadata.sha256", digest))));
    }

    @Test
    void whatIsAsItWasStoredIsGivenHoweverItIsRead() throws IOException {
        assertThat(await(verified().toBytes())).isEqualTo(contents);
        try (InputStream stream = verified().asInputStream()) {
            assertThat(stream.readAllBytes()).isEqualTo(contents);
        }
        String digest = Objects.requireNonNull(await(verified().file()).sha256());
        setDigest(digest.toUpperCase(Locale.ROOT));
        assertThat(await(verified().toBytes())).as("digits of either case").isEqualTo(contents);
    }

    @Test
    void anotherByteIsFoundAtTheEnd() {
        corrupt();
        AtomicLong got = new AtomicLong();

        var failed = verified().to(chunk -> {
            got.addAndGet(chunk.remaining());
            return CompletableFuture.completedFuture(null);
        });

        assertThat(failure(failed)).hasMessageContaining("SHA-256").hasMessageContaining(id.toHexString());
        assertThat(reason(failed)).isEqualTo(Reason.SHA256_MISMATCH);
        assertThat(got).hasValue(LENGTH);
        assertThat(await(bucket.openDownloadStream(id).toBytes()))
                .as("who does not ask is not told")
                .hasSize(LENGTH);
    }

    @Test
    void aCorruptFileIsNotWrittenUnderItsName(@TempDir Path directory) {
        corrupt();

        assertThat(reason(verified().toPath(directory.resolve("file")))).isEqualTo(Reason.SHA256_MISMATCH);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aReaderFindsItAtTheEndEachTime() {
        corrupt();
        try (GridFsReader reader = verified().reader()) {
            await(reader.read(500));
            reader.seek(450);
            await(reader.read(LENGTH));
            assertThat(reason(reader.read(1))).isEqualTo(Reason.SHA256_MISMATCH);
            assertThat(reason(reader.read(1))).isEqualTo(Reason.SHA256_MISMATCH);
        }
    }

    @Test
    void aReaderThatHasJumpedHasNothingToCompare() {
        corrupt();
        try (GridFsReader reader = verified().reader()) {
            reader.seek(950);
            assertThat(await(reader.read(LENGTH))).hasSize(100);
            assertThat(await(reader.read(1))).isEmpty();
        }
    }

    @Test
    void aStreamFailsInPlaceOfItsEnd() throws IOException {
        corrupt();
        try (InputStream stream = verified().asInputStream()) {
            assertThat(stream.readNBytes(LENGTH)).hasSize(LENGTH);
            assertThatThrownBy(stream::read).hasCauseInstanceOf(MongoGridFsException.class);
        }
    }

    @Test
    void withoutADigestThereIsAnErrorBeforeAnyChunkIsAskedFor() {
        setDigest(17);
        fixture.sent();

        assertThat(reason(verified().toBytes())).isEqualTo(Reason.SHA256_MISSING);
        assertThat(reason(verified().reader().read(1))).isEqualTo(Reason.SHA256_MISSING);

        assertThat(fixture.sent()).containsOnly("find fs.files");
    }

    @Test
    void aPartCannotBeCompared() {
        assertThat(failure(verified().range(0, LENGTH - 1).toBytes()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("range");
        assertThat(await(verified().range(0, LENGTH).toBytes())).isEqualTo(contents);
        assertThat(await(verified().range(0, 5).verifySha256(false).toBytes())).hasSize(5);
    }

    // ---- progress ----

    private record Told(long bytes, long total) {}

    @Test
    void progressIsToldAfterEachChunk() {
        List<Told> told = new CopyOnWriteArrayList<>();

        await(bucket.openDownloadStream(id)
                .progress((bytes, total) -> told.add(new Told(bytes, total)))
                .range(250, 520)
                .toBytes());

        assertThat(told).containsExactly(new Told(50, 270), new Told(150, 270), new Told(250, 270), new Told(270, 270));
    }

    @Test
    void progressOfAReaderNeverGoesBack() {
        List<Told> told = new CopyOnWriteArrayList<>();
        try (GridFsReader reader = bucket.openDownloadStream(id)
                .progress((bytes, total) -> told.add(new Told(bytes, total)))
                .reader()) {
            await(reader.read(150));
            reader.seek(0);
            await(reader.read(100));
            await(reader.read(LENGTH));
            await(reader.read(LENGTH));
        }
        assertThat(told).containsExactly(new Told(150, LENGTH), new Told(LENGTH, LENGTH));
    }

    @Test
    void aListenerThatThrowsDoesNotHarmTheDownload() {
        assertThat(await(bucket.openDownloadStream(id)
                        .progress((bytes, total) -> {
                            throw new IllegalStateException("listener");
                        })
                        .toBytes()))
                .isEqualTo(contents);
    }
}
