package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.MongoLoopBlockedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadInputStreamTest {

    private static final int LENGTH = 2050;

    private final GridFsFixture fixture = new GridFsFixture();
    private final GridFsBucket bucket = GridFsBucket.create(
            fixture.database, GridFsBucketOptions.DEFAULT.chunkSizeBytes(100).bufferBytes(1_400));
    private final byte[] contents = bytes(LENGTH);
    private ObjectId id = new ObjectId();

    @BeforeEach
    void store() {
        id = await(bucket.uploadFromBytes("name", contents));
        fixture.sent();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private InputStream stream() {
        return bucket.openDownloadStream(id).asInputStream();
    }

    private byte[] part(int from, int to) {
        return Arrays.copyOfRange(contents, from, to);
    }

    @Test
    void itIsTheFile() throws IOException {
        try (InputStream stream = stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(contents);
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.read(new byte[5])).isEqualTo(-1);
            assertThat(stream.read(new byte[5], 5, 0)).isZero();
        }
    }

    @Test
    void bytesAreReadOneByOneToo() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream stream = stream()) {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                all.write(next);
            }
        }
        assertThat(all.toByteArray()).isEqualTo(contents);
    }

    @Test
    void itIsTransferredWithoutAskingMoreThanOnce() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream stream = stream()) {
            assertThat(stream.read()).isEqualTo(contents[0] & 0xFF);
            assertThat(stream.transferTo(all)).isEqualTo(LENGTH - 1);
            assertThat(stream.transferTo(all)).isZero();
        }
        assertThat(all.toByteArray()).isEqualTo(part(1, LENGTH));
        assertThat(fixture.sent()).filteredOn("find fs.chunks"::equals).hasSize(1);
    }

    @Test
    void whatIsSkippedIsNotFetched() throws IOException {
        try (InputStream stream = stream()) {
            assertThat(stream.skip(1000)).isEqualTo(1000);
            assertThat(fixture.sent()).containsExactly("find fs.files");
            assertThat(stream.readNBytes(10)).isEqualTo(part(1000, 1010));
            assertThat(stream.skip(5)).isEqualTo(5);
            assertThat(stream.skip(0)).isZero();
            assertThat(stream.skip(-7)).isZero();
            assertThat(stream.read()).isEqualTo(contents[1015] & 0xFF);
            stream.skipNBytes(484);
            assertThat(stream.readNBytes(10)).isEqualTo(part(1500, 1510));
            assertThat(stream.skip(Long.MAX_VALUE)).isEqualTo(LENGTH - 1510);
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.skip(1)).isZero();
        }
    }

    @Test
    void whatIsHereIsAvailable() throws IOException {
        try (InputStream stream = stream()) {
            assertThat(stream.available()).isZero();
            stream.read();
            assertThat(stream.available()).isEqualTo(99);
        }
    }

    @Test
    void aFailureIsTheCause() {
        InputStream stream = bucket.openDownloadStream(new ObjectId()).asInputStream();

        assertThatThrownBy(stream::read)
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(MongoGridFsException.class)
                .hasMessageContaining("There is no file with id");
    }

    @Test
    void afterCloseThereIsNoReading() throws IOException {
        InputStream stream = stream();
        stream.read();
        stream.close();
        stream.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(stream::read).withMessageContaining("closed");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.skip(1));
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::available);
    }

    @Test
    void whoIsInterruptedMayReadOn() throws IOException {
        // What is here already needs no waiting.
        HeldLookup held = new HeldLookup();
        GridFsBucket slow = GridFsBucket.create(held.over(fixture.database));
        try (InputStream stream = slow.openDownloadStream(id).asInputStream()) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(stream::read);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();

            held.letGo();
            assertThat(stream.readAllBytes()).isEqualTo(contents);
        }
    }

    @Test
    void anEventLoopIsRefusedAtOnceAndNothingIsSent() throws IOException {
        try (InputStream stream = stream()) {
            assertThat(failure(fixture.onLoop(() -> {
                        try {
                            stream.read();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })))
                    .isInstanceOf(MongoLoopBlockedException.class);
            assertThat(fixture.sent()).isEmpty();

            assertThat(stream.readAllBytes()).as("elsewhere").isEqualTo(contents);
        }
    }

    @Test
    void joiningADownloadOnAnEventLoopIsRefused() {
        GridFsDownload download = bucket.openDownloadStream(id);
        List<Supplier<CompletionStage<?>>> all = List.of(
                download::file,
                download::toBytes,
                () -> download.to(chunk -> CompletableFuture.completedFuture(null)),
                () -> download.reader().read(5),
                () -> download.toOutputStream(new ByteArrayOutputStream()));
        for (Supplier<CompletionStage<?>> one : all) {
            assertThat(failure(
                            fixture.onLoop(() -> one.get().toCompletableFuture().join())))
                    .isInstanceOf(MongoLoopBlockedException.class);
        }
    }
}
