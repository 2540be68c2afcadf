package dev.rotor.gridfs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads what blocks, on an executor. A thread that has read goes on with the next read when that is asked for at once,
 * so that a stream that is quickly taken costs one task and not one per chunk.
 */
final class BlockingSource implements ContentSource {

    /** What blocks. */
    interface Reader extends Closeable {
        /** Reads as many bytes as there is room for, fewer only at the end; -1 if there are none. */
        int read(ByteBuffer target) throws IOException;

        /** How many bytes there are in all; -1 if that is not known. */
        default long total() {
            return -1;
        }

        @Override
        default void close() throws IOException {
            // What others have opened is theirs.
        }
    }

    private record Request(ByteBuffer target, Reply reply) {}

    private final Reader reader;
    private final Executor executor;
    private final AtomicReference<@Nullable Request> asked = new AtomicReference<>();
    private volatile @Nullable Thread worker;
    private volatile long total = -1;

    BlockingSource(Reader reader, Executor executor) {
        this.reader = reader;
        this.executor = executor;
    }

    /** A stream, which is not closed. */
    static BlockingSource of(InputStream stream, Executor executor) {
        Objects.requireNonNull(stream, "source");
        return new BlockingSource(
                target -> {
                    int offset = target.arrayOffset() + target.position();
                    int count = stream.readNBytes(target.array(), offset, target.remaining());
                    return count == 0 ? -1 : count;
                },
                executor);
    }

    /** A file, which is opened by the first read. */
    static BlockingSource of(Path path, Executor executor) {
        return new BlockingSource(new FileReader(Objects.requireNonNull(path, "source")), executor);
    }

    @Override
    public void read(ByteBuffer target, Reply reply) {
        Request request = new Request(target, reply);
        asked.set(request);
        // The thread that delivers looks for the next request before it ends.
        if (Thread.currentThread() != worker) {
            try {
                executor.execute(this::work);
            } catch (Throwable e) {
                if (asked.compareAndSet(request, null)) {
                    throw e;
                }
                // It was taken all the same, and is answered.
                Workers.tell(e);
            }
        }
    }

    private void work() {
        Thread me = Thread.currentThread();
        try {
            for (Request next = asked.getAndSet(null); next != null; next = asked.getAndSet(null)) {
                worker = me;
                int count;
                try {
                    count = reader.read(next.target);
                } catch (Throwable e) {
                    next.reply.failed(e);
                    continue;
                }
                total = reader.total();
                next.reply.read(count);
            }
        } finally {
            if (worker == me) {
                worker = null;
            }
            Request next = asked.get();
            if (next != null) {
                // The reply threw behind its next request.
                workLater(next);
            }
        }
    }

    private void workLater(Request next) {
        try {
            executor.execute(this::work);
        } catch (Throwable e) {
            if (asked.compareAndSet(next, null)) {
                next.reply.failed(e);
            }
        }
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() {
        try {
            executor.execute(this::closeReader);
        } catch (Throwable e) {
            // Whatever keeps it from being done there; those who need the executor for more are told.
            closeReader();
        }
    }

    private void closeReader() {
        try {
            reader.close();
        } catch (IOException e) {
            // It was read as far as it was wanted; there is nothing that this could spoil.
        }
    }

    /** Opens the file when it is first read: that may block too. */
    private static final class FileReader implements Reader {
        private final Path path;
        private @Nullable FileChannel channel;
        private long size = -1;

        private FileReader(Path path) {
            this.path = path;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(path, StandardOpenOption.READ);
                channel = open;
                size = open.size();
            }
            int before = target.position();
            int count = 0;
            while (target.hasRemaining() && count >= 0) {
                count = open.read(target);
            }
            int all = target.position() - before;
            return all == 0 ? -1 : all;
        }

        @Override
        public long total() {
            return size;
        }

        @Override
        public void close() throws IOException {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
