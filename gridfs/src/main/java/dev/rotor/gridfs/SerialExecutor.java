package dev.rotor.gridfs;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other on an executor. A task that is handed over by the one before it runs on the same
 * thread: so what follows quickly costs one task of the executor, and not one for each piece.
 */
final class SerialExecutor implements Executor {

    private final Executor executor;
    private final ConcurrentLinkedQueue<Runnable> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        line.add(task);
        if (waiting.getAndIncrement() != 0) {
            return;
        }
        Drain drain = new Drain();
        try {
            executor.execute(drain);
        } catch (Throwable e) {
            if (!drain.take()) {
                Workers.tell(e);
                return;
            }
            line.remove(task);
            if (waiting.decrementAndGet() != 0) {
                // Somebody relied on this task to be followed by theirs.
                Workers.surely(this::drain);
            }
            throw e;
        }
    }

    /** What the executor gets: if it keeps what it has refused, that does nothing any more. */
    private final class Drain implements Runnable {
        private final AtomicBoolean taken = new AtomicBoolean();

        boolean take() {
            return taken.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (take()) {
                drain();
            }
        }
    }

    private void drain() {
        do {
            Runnable next = line.poll();
            if (next != null) {
                next.run();
            }
        } while (waiting.decrementAndGet() != 0);
    }
}
