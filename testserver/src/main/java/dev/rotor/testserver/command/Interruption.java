package dev.rotor.testserver.command;

import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import dev.rotor.testserver.engine.Waiting;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Lets a command wait, and ends its waits: at its time limit, or when somebody interrupts it. */
final class Interruption implements Waiting {

    /** Told when the command begins and ends to wait, so that a client who goes away is noticed. */
    interface Watcher {
        void waits(Runnable onDisconnect);

        void goesOn();
    }

    private final Watcher watcher;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread waiter;
    private volatile @Nullable CommandError reason;
    /** {@code System.nanoTime()} of the limit; only the command's thread uses it. */
    private @Nullable Long deadline;

    Interruption(Watcher watcher) {
        this.watcher = watcher;
    }

    void limit(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    @Override
    public void noTimeLimit() {
        deadline = null;
    }

    /** Ends the command at its next or present wait; the first reason counts. */
    void interrupt(CommandError why) {
        lock.lock();
        try {
            if (reason == null) {
                reason = why;
            }
            if (waiter != null) {
                waiter.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void checkForInterrupt() {
        CommandError why = reason;
        if (why != null) {
            throw why;
        }
        if (untilDeadline() <= 0) {
            throw new CommandError(ErrorCode.MAX_TIME_MS_EXPIRED, "operation exceeded time limit");
        }
    }

    private long untilDeadline() {
        Long limit = deadline;
        return limit == null ? Long.MAX_VALUE : limit - System.nanoTime();
    }

    /** The loop is the caller's, as with every condition. */
    @Override
    @SuppressWarnings("WaitNotInLoop")
    public long await(Lock held, Condition condition, long nanos) {
        checkForInterrupt();
        if (nanos <= 0) {
            return nanos;
        }
        watcher.waits(() -> interrupt(new CommandError(ErrorCode.CLIENT_DISCONNECT, "operation was interrupted")));
        long end = System.nanoTime() + nanos;
        try {
            if (begin()) {
                condition.awaitNanos(Math.min(nanos, untilDeadline()));
            }
        } catch (InterruptedException e) {
            // The reason is looked at below; the thread goes on with other commands.
        } finally {
            finish();
            watcher.goesOn();
        }
        checkForInterrupt();
        return end - System.nanoTime();
    }

    private boolean begin() {
        lock.lock();
        try {
            waiter = Thread.currentThread();
            return reason == null;
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            waiter = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for nothing but the time. */
    void sleep(long nanos) {
        ReentrantLock own = new ReentrantLock();
        Condition never = own.newCondition();
        own.lock();
        try {
            for (long rest = nanos; rest > 0; ) {
                rest = await(own, never, rest);
            }
        } finally {
            own.unlock();
        }
    }
}
