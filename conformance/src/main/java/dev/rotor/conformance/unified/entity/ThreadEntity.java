package dev.rotor.conformance.unified.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** A thread of a case: runs what it is given in order, while the case goes on. */
public final class ThreadEntity implements AutoCloseable {

    private final String name;
    private final ExecutorService executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Future<?>> tasks = new ArrayList<>();

    /** @param name the entity's name */
    public ThreadEntity(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "conformance-" + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the task after those before it; returns at once. */
    public void run(Callable<?> task) {
        lock.lock();
        try {
            tasks.add(executor.submit(task));
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks, waits for the last of them, and fails if one has failed. */
    public void await(Duration limit) throws Exception {
        executor.shutdown();
        List<Future<?>> all;
        lock.lock();
        try {
            all = List.copyOf(tasks);
            tasks.clear();
        } finally {
            lock.unlock();
        }
        long end = System.nanoTime() + limit.toNanos();
        for (Future<?> task : all) {
            try {
                task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                throw new AssertionError("the thread " + name + " did not end within " + limit, late);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof AssertionError assertion) {
                    throw assertion;
                }
                if (failed.getCause() instanceof Exception exception) {
                    throw exception;
                }
                throw failed;
            }
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
