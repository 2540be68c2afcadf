package dev.rotor.gridfs;

import dev.rotor.driver.MongoLoopBlockedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for stages on behalf of streams that block. For one stream, which is used by one thread at a time. */
final class Blocking {

    /** A future of the driver's that never completes: asked to wait for it, it tells whether that is allowed here. */
    private final CompletableFuture<Void> never;

    private @Nullable Thread allowed;

    Blocking(CompletableFuture<Void> never) {
        this.never = never;
    }

    /**
     * Refuses before anything has begun.
     *
     * @throws MongoLoopBlockedException if the calling thread is an event loop
     */
    void refuseOnLoop() {
        if (Thread.currentThread() == allowed) {
            return;
        }
        try {
            never.get(0, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            allowed = Thread.currentThread();
        } catch (InterruptedException e) {
            // Not on a loop; whoever waits next will notice.
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Waits.
     *
     * @throws IOException if the stage failed, which is its cause
     * @throws InterruptedIOException if the thread was interrupted; it still is
     */
    static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws IOException {
        try {
            return stage.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Interrupted while waiting for the server");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        } catch (CancellationException e) {
            throw new IOException(e);
        }
    }

    /** Whether what {@link #await} threw is that an upload was aborted: then there is nothing left to be closed. */
    static boolean isAborted(IOException failure) {
        return failure.getCause() instanceof MongoGridFsException cause
                && cause.reason() == MongoGridFsException.Reason.ABORTED;
    }
}
