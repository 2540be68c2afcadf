package dev.rotor.driver.core.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which is done what loops must not do: to look host names up, since the JDK's look-up blocks, to derive
 * keys of passwords, which takes milliseconds, and to ask whether certificates were revoked. There are none until they
 * are needed, and none again some seconds later.
 */
final class HelperThreads {

    private static final int KEEP_ALIVE_SECONDS = 5;

    private HelperThreads() {}

    /**
     * Starts none yet.
     *
     * @param names how the threads' names begin
     * @param most how many there are at most; what is beyond them waits
     */
    static ExecutorService start(String names, int most) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                most, most, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, names + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
