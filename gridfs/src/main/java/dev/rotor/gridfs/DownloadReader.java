package dev.rotor.gridfs;

import dev.rotor.gridfs.internal.Stages;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads a file for one caller, from wherever this one likes. A state machine whose steps happen one at a time. */
final class DownloadReader implements GridFsReader {

    private final DownloadStream stream;
    private final Turns turns = new Turns();
    /** Whether a call is under way, to which the position belongs. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private volatile boolean closed;
    private final AtomicLong position = new AtomicLong();

    // Touched in turns only.
    private @Nullable ReadCall<?> call;
    private long calledAt;
    private boolean lookingUp;
    private @Nullable GridFsFile file;
    private ByteRange range = ByteRange.ALL;
    private @Nullable Received received;
    private @Nullable ChunkSource source;
    private @Nullable ByteBuffer chunk;
    /** Where in the file the chunk begins. */
    private long chunkAt;

    DownloadReader(DownloadStream stream) {
        this.stream = stream;
    }

    @Override
    public CompletionStage<GridFsFile> file() {
        return stream.file();
    }

    /** How many bytes can be read in all. */
    CompletionStage<Long> length() {
        return Stages.start(() -> stream.file()
                .thenApply(
                        found -> stream.options().range().within(found.length()).length()));
    }

    @Override
    public CompletionStage<Integer> read(ByteBuffer target) {
        return start(new ReadCall.Into(stream.newFuture(), Objects.requireNonNull(target, "target")));
    }

    @Override
    public CompletionStage<byte[]> read(int bytes) {
        return start(new ReadCall.Bytes(stream.newFuture(), notNegative(bytes)));
    }

    @Override
    public CompletionStage<ByteBuffer> readChunk() {
        return start(new ReadCall.Chunk(stream.newFuture()));
    }

    @Override
    public CompletionStage<byte[]> readLine(int most) {
        return start(new ReadCall.Line(stream.newFuture(), notNegative(most)));
    }

    private static int notNegative(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("cannot read " + bytes + " bytes: the number must not be negative");
        }
        return bytes;
    }

    private <T> CompletionStage<T> start(ReadCall<T> next) {
        if (closed) {
            next.fail(isClosed());
        } else if (!busy.compareAndSet(false, true)) {
            next.fail(isBusy());
        } else {
            turns.run(() -> {
                call = next;
                calledAt = position.get();
                goOn();
            });
        }
        return next.promise();
    }

    private static IllegalStateException isBusy() {
        return new IllegalStateException("the reader is used while the last read is not complete; chain the calls");
    }

    private static IllegalStateException isClosed() {
        return new IllegalStateException("the reader is closed");
    }

    @Override
    public void seek(long to) {
        if (to < 0) {
            throw new IllegalArgumentException("cannot seek to " + to + ": positions count from 0");
        }
        if (closed) {
            throw isClosed();
        }
        if (!busy.compareAndSet(false, true)) {
            throw isBusy();
        }
        position.set(to);
        busy.set(false);
    }

    @Override
    public long tell() {
        return position.get();
    }

    @Override
    public void close() {
        closed = true;
        turns.run(() -> fail(isClosed()));
    }

    boolean isOpen() {
        return !closed;
    }

    // ---- in turns ----

    /** Does what can be done now; called again whenever something has changed. */
    private void goOn() {
        for (ReadCall<?> present = call; present != null && !isWaiting(); present = call) {
            try {
                if (closed) {
                    fail(isClosed());
                } else if (file == null) {
                    lookUp();
                } else {
                    step(present, file);
                }
            } catch (Throwable e) {
                fail(e);
            }
        }
    }

    private boolean isWaiting() {
        return lookingUp || (source != null && source.isAsking());
    }

    private void lookUp() {
        lookingUp = true;
        stream.file()
                .whenComplete((found, failure) -> turns.run(() -> {
                    lookingUp = false;
                    if (failure != null) {
                        fail(failure);
                        return;
                    }
                    try {
                        range = stream.options().range().within(found.length());
                        received = new Received(found, stream.options());
                        file = found;
                    } catch (Throwable e) {
                        fail(e);
                    }
                    goOn();
                }));
    }

    private void step(ReadCall<?> present, GridFsFile found) {
        long at = position.get();
        long left = Math.max(0, range.length() - at);
        ByteBuffer here = left == 0 ? null : here();
        if (present.isComplete(left)) {
            finish(present);
        } else if (here != null) {
            long before = here.remaining();
            present.take(here);
            // Nobody else writes it while this call is under way.
            position.set(at + before - here.remaining());
            if (present.keepsChunk()) {
                chunk = null;
            }
        } else if (left > 0) {
            nextChunk(found);
        } else if (isEndKnown()) {
            Objects.requireNonNull(received).end();
            finish(present);
        }
    }

    /** What of the present chunk is at the position and behind it. */
    private @Nullable ByteBuffer here() {
        ByteBuffer present = chunk;
        long offset = range.from() + position.get() - chunkAt;
        return present == null || offset < 0 || offset >= present.limit()
                ? null
                : present.duplicate().position((int) offset);
    }

    private void nextChunk(GridFsFile found) {
        long wanted = range.from() + position.get();
        int chunkSize = found.chunkSizeBytes();
        ChunkSource from = source;
        if (from == null || !reaches(from, wanted, found)) {
            release();
            long start = Math.max(range.from(), wanted - wanted % chunkSize);
            from = new ChunkSource(stream, found, new ByteRange(start, range.to()), turns);
            source = from;
        }
        // Its reply is let go of before there is another one.
        chunk = null;
        long at = from.order().position();
        ByteBuffer polled = from.poll();
        if (polled == null) {
            from.fetch(this::fetched);
        } else {
            Objects.requireNonNull(received).arrived(at - range.from(), polled);
            chunk = polled;
            chunkAt = at;
        }
    }

    /** Whether the chunk at this position is here, or among those that are being fetched anyway. */
    private boolean reaches(ChunkSource from, long wanted, GridFsFile found) {
        long next = from.order().position();
        int chunkSize = found.chunkSizeBytes();
        long between = wanted / chunkSize - next / chunkSize;
        return wanted >= next && (between == 0 || between < from.here() + stream.chunksAhead(found));
    }

    /** Behind the last chunk, who has read it sees that there is no more; who has jumped there does not ask. */
    private boolean isEndKnown() {
        ChunkSource from = source;
        if (from == null || !from.order().allThere() || from.hasEnded()) {
            return true;
        }
        ByteBuffer none = from.poll();
        if (none == null && !from.hasEnded()) {
            chunk = null;
            from.fetch(this::fetched);
            return false;
        }
        return true;
    }

    private void fetched(@Nullable Throwable failure) {
        if (failure == null) {
            goOn();
        } else {
            fail(failure);
        }
    }

    private <T> void finish(ReadCall<T> done) {
        // Made while the call can still fail.
        T result = done.result();
        call = null;
        if (done.promise().isDone()) {
            // Whoever asked has cancelled it: these bytes have reached nobody.
            position.set(calledAt);
            busy.set(false);
            return;
        }
        long reached = position.get();
        long back = calledAt;
        Received got = received;
        if (got != null) {
            got.passed(Math.min(reached, range.length()));
        }
        busy.set(false);
        if (!done.promise().complete(result)) {
            // Cancelled at the last moment; what was sought since then stays.
            position.compareAndSet(reached, back);
        }
    }

    private void fail(Throwable failure) {
        release();
        ReadCall<?> failed = call;
        if (failed != null) {
            call = null;
            position.set(calledAt);
            busy.set(false);
            failed.fail(failure);
        }
    }

    private void release() {
        chunk = null;
        ChunkSource from = source;
        source = null;
        if (from != null) {
            from.close();
        }
    }
}
