package dev.rotor.gridfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Asynchronous channels to read from, as a test wants them. */
final class TestChannels {

    private TestChannels() {}

    /** What one read does; counts as the channel's contract says. */
    interface Read {
        int into(ByteBuffer target) throws IOException;
    }

    /** A channel whose reads are over at once. */
    static AsynchronousByteChannel reading(Read read) {
        return new Base() {
            @Override
            CompletableFuture<Integer> begin(ByteBuffer target) {
                try {
                    return CompletableFuture.completedFuture(read.into(target));
                } catch (IOException e) {
                    return CompletableFuture.failedFuture(e);
                }
            }
        };
    }

    /** A channel of these bytes that gives at most so many of them at once. */
    static AsynchronousByteChannel of(byte[] contents, int most) {
        ByteBuffer rest = ByteBuffer.wrap(contents);
        return reading(target -> take(rest, target, most));
    }

    /** A channel that gives these bytes, then what the other one gives. */
    static AsynchronousByteChannel before(ByteBuffer first, Base then) {
        return new Base() {
            @Override
            CompletableFuture<Integer> begin(ByteBuffer target) {
                return first.hasRemaining()
                        ? CompletableFuture.completedFuture(take(first, target, Integer.MAX_VALUE))
                        : then.begin(target);
            }
        };
    }

    static int take(ByteBuffer from, ByteBuffer target, int most) {
        if (!from.hasRemaining()) {
            return -1;
        }
        int count = Math.min(most, Math.min(from.remaining(), target.remaining()));
        target.put(from.duplicate().limit(from.position() + count));
        from.position(from.position() + count);
        return count;
    }

    /** A channel whose first read is answered when the test does it. */
    static final class Held extends Base {
        final CompletableFuture<Integer> answer = new CompletableFuture<>();

        @Nullable
        ByteBuffer target;

        @Override
        CompletableFuture<Integer> begin(ByteBuffer into) {
            target = into;
            return answer;
        }
    }

    abstract static class Base implements AsynchronousByteChannel {
        private boolean open = true;

        abstract CompletableFuture<Integer> begin(ByteBuffer target);

        @Override
        public <A> void read(ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
            var unused = begin(target).whenComplete((count, failure) -> {
                if (failure == null) {
                    handler.completed(count, attachment);
                } else {
                    handler.failed(failure, attachment);
                }
            });
        }

        @Override
        public Future<Integer> read(ByteBuffer target) {
            return begin(target);
        }

        @Override
        public <A> void write(ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Integer> write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
