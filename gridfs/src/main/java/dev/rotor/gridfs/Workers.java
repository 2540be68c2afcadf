package dev.rotor.gridfs;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for streams that block, where the application brings none: made when needed, gone when not. */
final class Workers {

    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger MADE = new AtomicInteger();

    /** As many threads as there are streams being read or written right now, in the whole process. */
    static final Executor SHARED = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Workers::thread);

    private Workers() {}

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rotor-gridfs-" + MADE.incrementAndGet());
        // A stream that never answers must not keep the application from ending.
        thread.setDaemon(true);
        return thread;
    }
}
