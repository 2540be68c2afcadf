package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.MongoLoopBlockedException;
import dev.rotor.gridfs.MongoGridFsException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.WritePendingException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Uploads as streams and channels of the JDK. That they store what is written is in {@link UploadSourcesTest}. */
@Timeout(60)
class UploadBlockingTest {

    private static final int CHUNK = 1000;

    private final GridFsFixture fixture = new GridFsFixture();
    private final HeldInserts held = new HeldInserts();
    private final GridFsBucket bucket = GridFsBucket.create(
            held.over(fixture.database),
            GridFsBucketOptions.DEFAULT.chunkSizeBytes(CHUNK).bufferBytes(20_000));
    private GridFsUpload upload = bucket.openUploadStream("none");

    @BeforeEach
    void indexesAreThere() {
        await(bucket.uploadFromBytes("first", new byte[0]));
        upload = bucket.openUploadStream("name");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aStreamWaitsForASlowServerAndThenGoesOn() throws Exception {
        CompletableFuture<Throwable> writer = new CompletableFuture<>();
        byte[] contents = bytes(50 * CHUNK);
        CompletableFuture<Void> blocked = held.whenWaiting(3);
        Thread thread = new Thread(() -> writer.complete(catchThrowable(() -> {
            try (OutputStream stream = upload.asOutputStream()) {
                stream.write(contents);
            }
        })));
        thread.start();
        blocked.get(20, TimeUnit.SECONDS);
        assertThat(writer).isNotDone();

        held.letGo();

        assertThat(writer.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).isEqualTo(contents);
    }

    @Test
    void aStreamRefusesALoopBeforeItTakesAnything() {
        OutputStream stream = upload.asOutputStream();

        for (Callable<?> call : List.<Callable<?>>of(
                () -> {
                    stream.write(1);
                    return null;
                },
                () -> {
                    stream.write(bytes(50 * CHUNK));
                    return null;
                },
                () -> {
                    stream.flush();
                    return null;
                },
                () -> {
                    stream.close();
                    return null;
                })) {
            assertThat(fixture.thrownOnLoop(call)).isInstanceOf(MongoLoopBlockedException.class);
        }
        assertThat(upload.length()).isZero();
        assertThat(upload.isClosed()).isFalse();
    }

    @Test
    void aStreamThatIsClosedTwiceStoresOnceAndTakesNoMore() throws Exception {
        OutputStream stream = upload.asOutputStream();
        stream.write(7);
        held.letGo();
        stream.close();
        stream.close();
        stream.flush();

        assertThatThrownBy(() -> stream.write(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).isEqualTo(new byte[] {7});
    }

    @Test
    void aStreamTellsWhatTheServerRefused() throws Exception {
        IllegalStateException refused = new IllegalStateException("refused");
        OutputStream stream = upload.asOutputStream();
        stream.write(bytes(15 * CHUNK));
        held.inserts.get(0).fail(refused);

        assertThatThrownBy(() -> stream.write(bytes(16 * CHUNK)))
                .isInstanceOf(IOException.class)
                .hasCause(refused);
        assertThat(failure(upload.closeAsync())).isSameAs(refused);
    }

    @Test
    void closingAStreamWhoseUploadWasAbortedDoesNothing() throws Exception {
        OutputStream stream = upload.asOutputStream();
        stream.write(bytes(10 * CHUNK));
        held.letGo();
        await(upload.abort());

        stream.close();

        assertThatThrownBy(() -> stream.write(1)).isInstanceOf(IOException.class);
    }

    @Test
    void closingTellsOfAFailureThatNoWriteHasSeen() throws Exception {
        IllegalStateException refused = new IllegalStateException("refused");
        OutputStream stream = upload.asOutputStream();
        AsynchronousByteChannel channel = upload.asChannel();
        stream.write(bytes(15 * CHUNK));
        held.inserts.get(0).fail(refused);

        assertThatThrownBy(stream::close).isInstanceOf(IOException.class).hasCause(refused);
        assertThatThrownBy(channel::close).isInstanceOf(IOException.class).hasCause(refused);
        stream.close();
        channel.close();
    }

    @Test
    void closingAChannelWhoseUploadWasAbortedDoesNothing() throws Exception {
        AsynchronousByteChannel channel = upload.asChannel();
        await(upload.abort());

        channel.close();

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void bytesThatCameTooLateAreNotLostInSilence() throws Exception {
        OutputStream stream = upload.asOutputStream();
        stream.write(1);
        await(upload.closeAsync());

        assertThatThrownBy(stream::close).isInstanceOf(IOException.class).hasMessageContaining("1 bytes");
    }

    @Test
    void bytesThatWereNotAcceptedAreWrittenByTheNextTry() throws Exception {
        OutputStream stream = upload.asOutputStream();
        CompletableFuture<Void> first =
                upload.write(ByteBuffer.wrap(bytes(50 * CHUNK))).toCompletableFuture();
        stream.write(new byte[] {1, 2, 3});
        assertThatThrownBy(stream::flush).isInstanceOf(IOException.class).hasMessageContaining("chain");

        held.letGo();
        await(first);
        stream.close();

        assertThat(upload.length()).isEqualTo(50 * CHUNK + 3);
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).endsWith(1, 2, 3);
    }

    @Test
    void aWriterThatIsInterruptedAbortsTheUpload() throws Exception {
        CompletableFuture<Throwable> writer = new CompletableFuture<>();
        CompletableFuture<Void> blocked = held.whenWaiting(3);
        Thread thread = new Thread(() -> {
            Throwable thrown = catchThrowable(() -> upload.asOutputStream().write(bytes(50 * CHUNK)));
            writer.complete(Thread.currentThread().isInterrupted() ? thrown : new AssertionError("not interrupted"));
        });
        thread.start();
        blocked.get(20, TimeUnit.SECONDS);

        thread.interrupt();

        assertThat(writer.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
        held.letGo();
        assertThat(GridFsFixture.reason(upload.closeAsync())).isEqualTo(Reason.ABORTED);
        await(upload.abort());
        assertThat(await(fixture.database.getCollection("fs.chunks").countDocuments()))
                .isZero();
    }

    // ---- channels ----

    @Test
    void aChannelTakesOneWriteAtATime() {
        AsynchronousByteChannel channel = upload.asChannel();
        Future<Integer> first = channel.write(ByteBuffer.wrap(bytes(50 * CHUNK)));

        assertThat(first.isDone()).as("a slow server slows the writer down").isFalse();
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(WritePendingException.class);
        held.letGo();
        assertThat(first).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(50 * CHUNK);
    }

    @Test
    void aChannelTellsItsHandler() throws Exception {
        AsynchronousByteChannel channel = upload.asChannel();
        Handler written = new Handler();
        channel.write(ByteBuffer.wrap(bytes(10)), "attached", written);
        assertThat(written.result.get(20, TimeUnit.SECONDS)).isEqualTo(10);

        held.letGo();
        channel.close();
        channel.close();

        assertThat(channel.isOpen()).isFalse();
        Handler late = new Handler();
        channel.write(ByteBuffer.wrap(bytes(10)), "attached", late);
        assertThat(failure(late.result)).isInstanceOf(ClosedChannelException.class);
        assertThat(await(fixture.bucket().downloadToBytes(upload.id()))).isEqualTo(bytes(10));
    }

    @Test
    void aChannelTellsWhatTheServerRefused() throws Exception {
        IllegalStateException refused = new IllegalStateException("refused");
        Future<Integer> written = upload.asChannel().write(ByteBuffer.wrap(bytes(50 * CHUNK)));
        held.inserts.get(0).fail(refused);

        assertThatThrownBy(() -> written.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCause(refused);
    }

    @Test
    void aChannelIsNotReadAndNotClosedOnALoop() {
        AsynchronousByteChannel channel = upload.asChannel();

        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(NonReadableChannelException.class);
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), "attached", new Handler()))
                .isInstanceOf(NonReadableChannelException.class);
        assertThat(fixture.thrownOnLoop(() -> {
                    channel.close();
                    return null;
                }))
                .isInstanceOf(MongoLoopBlockedException.class);
        assertThat(channel.isOpen()).isTrue();
    }

    private static final class Handler implements CompletionHandler<Integer, String> {
        private final CompletableFuture<Integer> result = new CompletableFuture<>();

        @Override
        public void completed(Integer count, String attachment) {
            assertThat(attachment).isEqualTo("attached");
            result.complete(count);
        }

        @Override
        public void failed(Throwable failure, String attachment) {
            result.completeExceptionally(failure);
        }
    }
}
