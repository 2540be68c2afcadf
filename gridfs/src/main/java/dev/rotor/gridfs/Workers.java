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

    /** Sees to it that a task runs, on the calling thread if there can be no other one. */
    static void surely(Runnable task) {
        try {
            SHARED.execute(task);
        } catch (Throwable e) {
            // It takes a task when it has a thread for it: this one has not run.
            task.run();
        }
    }

    /** What an executor threw after it had taken its task: told as if its thread had ended by it. */
    static void tell(Throwable thrown) {
        Thread me = Thread.currentThread();
        me.getUncaughtExceptionHandler().uncaughtException(me, thrown);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rotor-gridfs-" + MADE.incrementAndGet());
        // A stream that never answers must not keep the application from ending.
        thread.setDaemon(true);
        return thread;
    }
}
