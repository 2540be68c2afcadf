package dev.rotor.gridfs.http;

import java.io.InterruptedIOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads a body on a thread that may wait, one buffer at a time. Closing it cancels what is not read yet. */
final class BodyReader implements AutoCloseable {

    /** What happened; at most one buffer and the end behind it, since no more is asked for. */
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    /** A buffer, or a failure, or neither: the end. */
    private record Signal(@Nullable ByteBuffer buffer, @Nullable Throwable failure) {}

    /** The body failed. */
    static final class FailedException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Throwable failure;

        FailedException(Throwable failure) {
            super(failure);
            this.failure = failure;
        }

        Throwable failure() {
            return failure;
        }
    }

    BodyReader(Flow.Publisher<ByteBuffer> body) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.complete(given);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                signals.add(new Signal(buffer, null));
            }

            @Override
            public void onError(Throwable failure) {
                signals.add(new Signal(null, failure));
            }

            @Override
            public void onComplete() {
                signals.add(new Signal(null, null));
            }
        });
    }

    /**
     * Waits for the next buffer.
     *
     * @return null at the end
     * @throws InterruptedIOException if the thread is interrupted; the mark stays on it
     */
    @Nullable
    ByteBuffer next() throws FailedException, InterruptedIOException {
        try {
            subscription.get().request(1);
            Signal signal = signals.take();
            if (signal.failure != null) {
                throw new FailedException(signal.failure);
            }
            return signal.buffer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a file");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a subscription never fails", e);
        }
    }

    @Override
    public void close() {
        var unused = subscription.thenAccept(Flow.Subscription::cancel);
    }
}
