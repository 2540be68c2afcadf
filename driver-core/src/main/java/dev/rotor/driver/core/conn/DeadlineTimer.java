package dev.rotor.driver.core.conn;

import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One coarse timer for the deadlines of many requests, one after the other. Requests end long before their deadlines,
 * so the timer is not moved for each: it fires now and then, asks for the deadline of the present request, and sleeps
 * again. A request costs one volatile read here unless its deadline is nearer than what the timer is set to.
 */
final class DeadlineTimer implements Runnable {

    /** Looks whether it is time. */
    @FunctionalInterface
    interface Check {
        /**
         * Does what must be done when a deadline has passed.
         *
         * @param now the time
         * @return the next deadline, or {@link Deadline#NONE}
         */
        long check(long now);
    }

    private final EventLoop loop;
    private final Clock clock;
    private final Check check;
    private final ReentrantLock lock = new ReentrantLock();

    /** When it will fire, or {@link Deadline#NONE}. */
    private volatile long armedFor = Deadline.NONE;

    private @Nullable Cancellable timer;
    private boolean cancelled;

    DeadlineTimer(EventLoop loop, Clock clock, Check check) {
        this.loop = loop;
        this.clock = clock;
        this.check = check;
    }

    /**
     * Makes sure that it fires at a deadline, or before. The deadline must be visible to {@link Check} before this is
     * called: then either this sees a timer that will find it, or sets one.
     */
    void arm(long deadline) {
        long armed = armedFor;
        if (deadline == Deadline.NONE || (armed != Deadline.NONE && armed - deadline <= 0)) {
            return;
        }
        lock.lock();
        try {
            armed = armedFor;
            if (cancelled || (armed != Deadline.NONE && armed - deadline <= 0)) {
                return;
            }
            if (timer != null) {
                timer.cancel();
            }
            timer = loop.schedule(this, Math.max(0, deadline - clock.nanoTime()), TimeUnit.NANOSECONDS);
            armedFor = deadline;
        } catch (RejectedExecutionException e) {
            // The transport has been closed, and with it the wire: there is nothing left to time out.
            timer = null;
        } finally {
            lock.unlock();
        }
    }

    /** Never fires again. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            armedFor = Deadline.NONE;
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            timer = null;
            // Before the check: a request that begins now either is seen by it or arms the timer anew.
            armedFor = Deadline.NONE;
        } finally {
            lock.unlock();
        }
        arm(check.check(clock.nanoTime()));
    }
}
