package dev.rotor.gridfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one call of a reader wants, and what it has got so far. */
abstract class ReadCall<T> {

    private final CompletableFuture<T> promise;

    ReadCall(CompletableFuture<T> promise) {
        this.promise = promise;
    }

    final CompletableFuture<T> promise() {
        return promise;
    }

    final void fail(Throwable failure) {
        promise.completeExceptionally(failure);
    }

    /**
     * Whether it needs no more; asked before each piece.
     *
     * @param left how many bytes there are from here to the end
     */
    abstract boolean isComplete(long left);

    /** Takes as much as it needs. */
    abstract void take(ByteBuffer here);

    /** What it has, perhaps because there is no more. */
    abstract T result();

    /** Whether the chunk belongs to the caller from now on. */
    boolean keepsChunk() {
        return false;
    }

    /** Into a buffer of the caller's. */
    static final class Into extends ReadCall<Integer> {
        private final ByteBuffer target;
        private int count = -1;

        Into(CompletableFuture<Integer> promise, ByteBuffer target) {
            super(promise);
            this.target = target;
        }

        @Override
        boolean isComplete(long left) {
            if (!target.hasRemaining() && count < 0) {
                count = 0;
            }
            return count >= 0;
        }

        @Override
        void take(ByteBuffer here) {
            int fits = Math.min(here.remaining(), target.remaining());
            target.put(here.slice().limit(fits));
            here.position(here.position() + fits);
            count = fits;
        }

        @Override
        Integer result() {
            return count;
        }
    }

    /** So many bytes. */
    static final class Bytes extends ReadCall<byte[]> {
        private final int wanted;
        private byte @Nullable [] bytes;
        private int count;

        Bytes(CompletableFuture<byte[]> promise, int wanted) {
            super(promise);
            this.wanted = wanted;
        }

        @Override
        boolean isComplete(long left) {
            if (bytes == null) {
                bytes = new byte[(int) Math.min(wanted, left)];
                // At the end it is left to the end to say whether all is well.
                return wanted == 0;
            }
            return count == bytes.length && count > 0;
        }

        @Override
        void take(ByteBuffer here) {
            byte[] into = Objects.requireNonNull(bytes);
            int fits = Math.min(here.remaining(), into.length - count);
            here.get(into, count, fits);
            count += fits;
        }

        @Override
        byte[] result() {
            return Objects.requireNonNull(bytes);
        }
    }

    /** The rest of a chunk. */
    static final class Chunk extends ReadCall<ByteBuffer> {
        private @Nullable ByteBuffer chunk;

        Chunk(CompletableFuture<ByteBuffer> promise) {
            super(promise);
        }

        @Override
        boolean isComplete(long left) {
            return chunk != null;
        }

        @Override
        void take(ByteBuffer here) {
            chunk = here.slice();
            here.position(here.limit());
        }

        @Override
        ByteBuffer result() {
            ByteBuffer taken = chunk;
            return taken == null ? ByteBuffer.allocate(0) : taken;
        }

        @Override
        boolean keepsChunk() {
            return true;
        }
    }

    /** Bytes up to a line feed. */
    static final class Line extends ReadCall<byte[]> {
        private final int most;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private boolean ended;

        Line(CompletableFuture<byte[]> promise, int most) {
            super(promise);
            this.most = most;
        }

        @Override
        boolean isComplete(long left) {
            return ended || line.size() == most;
        }

        @Override
        void take(ByteBuffer here) {
            int start = here.position();
            int end = start + Math.min(here.remaining(), most - line.size());
            int at = start;
            while (at < end && !ended) {
                ended = here.get(at++) == '\n';
            }
            line.write(here.array(), here.arrayOffset() + start, at - start);
            here.position(at);
        }

        @Override
        byte[] result() {
            return line.toByteArray();
        }
    }
}
