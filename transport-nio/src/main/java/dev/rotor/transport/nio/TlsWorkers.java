package dev.rotor.transport.nio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads for the parts of TLS handshakes that take time: keys, signatures, and checks of certificates that may ask a
 * responder on the network. None is there before the first handshake, and none for long after the last.
 */
final class TlsWorkers implements Executor {

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

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Drops what has not begun and interrupts what has. */
    CompletionStage<@Nullable Void> end() {
        threads.shutdownNow();
        return ended;
    }
}
