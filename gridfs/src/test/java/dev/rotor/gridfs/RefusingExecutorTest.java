package dev.rotor.gridfs;

import static dev.rotor.gridfs.GridFsFixture.await;
import static dev.rotor.gridfs.GridFsFixture.bytes;
import static dev.rotor.gridfs.GridFsFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Executors that do not take what they are given, for whatever reason. */
class RefusingExecutorTest {

    private static final int CHUNK = 1000;

    private final GridFsFixture fixture = new GridFsFixture();
    private final HeldInserts held = new HeldInserts();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Throwable> reasons() {
        return Stream.of(
                new RejectedExecutionException("ended"),
                new IllegalStateException("not today"),
                // Not the OutOfMemoryError that it would be: JUnit ends all tests by one that is not caught.
                new InternalError("unable to create native thread"));
    }

    static Stream<Arguments> reasonsAtOnceAndLater() {
        return reasons().flatMap(reason -> Stream.of(Arguments.of(0, reason), Arguments.of(30, reason)));
    }

    /** Runs so many tasks, on the thread that brings them; what it throws then is the reason. */
    static Executor taking(int most, Throwable reason) {
        AtomicInteger taken = new AtomicInteger();
        return task -> {
            if (taken.getAndIncrement() >= most) {
                rethrow(reason);
            }
            task.run();
        };
    }

    private static void rethrow(Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) reason;
    }

    // ---- uploads ----

    private GridFsBucket bucket(Executor executor) {
        GridFsBucket bucket = GridFsBucket.create(
                held.over(fixture.database),
                GridFsBucketOptions.DEFAULT
                        .chunkSizeBytes(CHUNK)
                        .bufferBytes(20_000)
                        .executor(executor));
        // So that its indexes are there.
        await(bucket.uploadFromBytes("first", new byte[0]));
        return bucket;
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("file"), bytes(50 * CHUNK));
    }

    private long chunks() {
        return await(fixture.database.getCollection("fs.chunks").countDocuments());
    }

    @ParameterizedTest
    @MethodSource("reasonsAtOnceAndLater")
    void anUploadFailsWithItAndLeavesNothing(int most, Throwable reason) throws IOException {
        CompletionStage<ObjectId> stored = bucket(taking(most, reason)).uploadFromPath("name", file());
        held.letGo();

        assertThat(failure(stored)).isSameAs(reason);
        assertThat(chunks()).isZero();
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void anInsertThatFailsIsToldThoughTheSourceCannotBeClosedElsewhere(Throwable reason) throws IOException {
        IllegalStateException refused = new IllegalStateException("refused");
        CompletionStage<ObjectId> stored = bucket(taking(16, reason)).uploadFromPath("name", file());
        assertThat(held.inserts)
                .as("of four chunks each, and four more are read")
                .hasSize(3);

        held.inserts.get(0).fail(refused);

        assertThat(failure(stored)).isSameAs(refused);
    }

    /** Gives one byte for each read. */
    private static final class OneByOne implements BlockingSource.Reader {
        boolean closed;

        @Override
        public int read(ByteBuffer target) {
            target.put((byte) 1);
            return 1;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void aSourceIsClosedByWhoeverWantsItClosedThen(Throwable reason) {
        OneByOne reader = new OneByOne();

        new BlockingSource(reader, taking(0, reason)).close();

        assertThat(reader.closed).isTrue();
    }

    private static class Heard implements ContentSource.Reply {
        final List<Object> heard = new ArrayList<>();

        @Override
        public void read(int bytes) {
            heard.add(bytes);
        }

        @Override
        public void failed(Throwable why) {
            heard.add(why);
        }
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void aReadBehindAReplyThatThrewIsAnsweredToo(Throwable reason) {
        BlockingSource source = new BlockingSource(new OneByOne(), taking(1, reason));
        Heard second = new Heard();
        Heard first = new Heard() {
            @Override
            public void read(int bytes) {
                super.read(bytes);
                source.read(ByteBuffer.allocate(5), second);
                throw new IllegalStateException("a reply that throws");
            }
        };

        Throwable thrown = catchThrowable(() -> source.read(ByteBuffer.allocate(5), first));

        assertThat(thrown).as("a read that is answered does not throw").isNull();
        assertThat(first.heard).containsExactly(1);
        assertThat(second.heard).containsExactly(reason);
    }

    // ---- downloads ----

    @ParameterizedTest
    @MethodSource("reasons")
    void aDownloadFailsWithIt(Throwable reason) {
        byte[] contents = bytes(5 * CHUNK);
        ObjectId id = await(fixture.bucket().uploadFromBytes("name", contents));
        GridFsDownload download = fixture.bucket().openDownloadStream(id);

        assertThat(failure(download.toOutputStream(new ByteArrayOutputStream(), taking(0, reason))))
                .isSameAs(reason);
        assertThat(await(download.toBytes())).isEqualTo(contents);
    }

    // ---- one task after the other ----

    private final List<String> ran = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("reasons")
    void aTaskThatIsRefusedHoldsUpNoneBehindIt(Throwable reason) {
        AtomicInteger refusals = new AtomicInteger(1);
        SerialExecutor serial = new SerialExecutor(task -> {
            if (refusals.getAndDecrement() > 0) {
                rethrow(reason);
            }
            task.run();
        });

        assertThat(catchThrowable(() -> serial.execute(() -> ran.add("first")))).isSameAs(reason);
        serial.execute(() -> ran.add("second"));

        assertThat(ran).containsExactly("second");
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void aTaskThatIsKeptByWhoRefusesItDoesNotRunLater(Throwable reason) {
        List<Runnable> kept = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor(task -> {
            kept.add(task);
            if (kept.size() == 1) {
                rethrow(reason);
            }
        });

        assertThat(catchThrowable(() -> serial.execute(() -> ran.add("first")))).isSameAs(reason);
        serial.execute(() -> ran.add("second"));
        kept.forEach(Runnable::run);

        assertThat(ran).containsExactly("second");
    }

    @Test
    void aTaskThatHasRunIsNotRefused() {
        SerialExecutor serial = new SerialExecutor(task -> {
            task.run();
            throw new IllegalStateException("afterwards");
        });

        @Nullable Throwable thrown = catchThrowable(() -> serial.execute(() -> ran.add("first")));

        assertThat(thrown).isNull();
        assertThat(ran).containsExactly("first");
    }
}
