package dev.rotor.examples.quickstart;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one producing thread run ahead of the server, but only so far: while the window is full the producer waits. So
 * reading class files, sending and the server's work overlap, and memory stays bounded.
 */
final class Pipeline {
    private final int window;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * Makes a pipeline.
     *
     * @param window how many operations may be under way at once
     */
    Pipeline(int window) {
        this.window = window;
        this.free = new Semaphore(window);
    }

    /**
     * Starts an operation, as soon as there is room.
     *
     * @param start starts it
     * @throws InterruptedException if the thread was interrupted meanwhile
     * @throws RuntimeException the first failure of an operation before; this one is not started then
     */
    void submit(Supplier<? extends CompletionStage<?>> start) throws InterruptedException {
        free.acquire();
        boolean started = false;
        try {
            throwFailure();
            start.get().whenComplete((result, thrown) -> {
                if (thrown != null) {
                    failure.compareAndSet(null, thrown);
                }
                free.release();
            });
            started = true;
        } finally {
            if (!started) {
                free.release();
            }
        }
    }

    /**
     * Waits until all operations have ended.
     *
     * @throws InterruptedException if the thread was interrupted meanwhile
     * @throws RuntimeException the first failure of an operation
     */
    void drain() throws InterruptedException {
        free.acquire(window);
        free.release(window);
        throwFailure();
    }

    private void throwFailure() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw Waiting.rethrown(thrown);
        }
    }
}
