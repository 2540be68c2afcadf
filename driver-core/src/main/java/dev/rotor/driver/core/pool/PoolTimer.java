package dev.rotor.driver.core.pool;

import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A timer of the pool. When it should fire is decided under the pool's lock ({@link #target}); the event loop is told
 * after unlock ({@link #sync}), from whatever thread. Threads may come to {@code sync} in another order than they had
 * the lock, so each looks at the latest target instead of bringing its own.
 */
final class PoolTimer {

    private final EventLoop loop;
    private final Clock clock;
    private final Runnable task;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long target = Deadline.NONE;
    private long scheduledFor = Deadline.NONE;
    private @Nullable Cancellable scheduled;

    PoolTimer(EventLoop loop, Clock clock, Runnable task) {
        this.loop = loop;
        this.clock = clock;
        this.task = task;
    }

    /** When it should fire, {@link Deadline#NONE} for never. */
    long target() {
        return target;
    }

    /** Sets when it should fire. Called under the pool's lock; {@link #sync} must follow. */
    void target(long at) {
        target = at;
    }

    /**
     * Makes the loop agree with the target.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
     */
    void sync() {
        Cancellable obsolete = null;
        lock.lock();
        try {
            long at = target;
            if (at != scheduledFor) {
                obsolete = scheduled;
                scheduled = null;
                scheduledFor = at;
                if (at != Deadline.NONE) {
                    scheduled = loop.schedule(() -> fire(at), at - clock.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }
        } finally {
            lock.unlock();
        }
        if (obsolete != null) {
            obsolete.cancel();
        }
    }

    private void fire(long at) {
        lock.lock();
        try {
            if (scheduledFor != at) {
                // Cancelled too late.
                return;
            }
            scheduledFor = Deadline.NONE;
            scheduled = null;
        } finally {
            lock.unlock();
        }
        task.run();
    }
}
