package dev.rotor.driver.transport.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads for the parts of TLS handshakes that take time: keys, signatures, and checks of certificates that may ask a
 * responder on the network. None is there before the first handshake, and none for long after the last.
 */
final class TlsWorkers {

    /** What is run here. */
    interface Job extends Runnable {

        /** Called instead of {@link #run} when it never comes to that. */
        void dropped();
    }

    private static final int MIN_THREADS = 2;
    private static final long IDLE_SECONDS = 5;

    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final ThreadPoolExecutor threads;

    TlsWorkers(ThreadFactory factory) {
        int most = Math.max(MIN_THREADS, Runtime.getRuntime().availableProcessors());
        threads =
                new ThreadPoolExecutor(
                        most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory) {
                    @Override
                    protected void terminated() {
                        ended.complete(null);
                    }
                };
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs a job by and by.
     *
     * @throws java.util.concurrent.RejectedExecutionException after the end
     */
    void execute(Job job) {
        threads.execute(job);
    }

    /** Drops what has not begun and interrupts what has. */
    CompletionStage<@Nullable Void> end() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Job job) {
                job.dropped();
            }
        }
        return ended;
    }
}
