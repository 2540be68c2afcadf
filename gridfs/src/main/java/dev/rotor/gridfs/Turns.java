package dev.rotor.gridfs;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in the order of their arrival, on the threads that bring them: whoever comes while another
 * one is at it leaves the task to that one. So the state that they share needs no lock, nobody waits, and tasks that
 * bring tasks do not recurse.
 */
final class Turns {

    private final ConcurrentLinkedQueue<Runnable> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger brought = new AtomicInteger();

    void run(Runnable task) {
        line.add(task);
        if (brought.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        Throwable thrown = null;
        do {
            for (Runnable next = line.poll(); next != null; next = line.poll()) {
                try {
                    next.run();
                } catch (Throwable e) {
                    // The tasks behind it belong to others.
                    thrown = thrown == null ? e : thrown;
                }
            }
            seen = brought.addAndGet(-seen);
        } while (seen != 0);
        rethrow(thrown);
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }
}
