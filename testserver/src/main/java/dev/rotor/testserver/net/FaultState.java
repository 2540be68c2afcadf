package dev.rotor.testserver.net;

import dev.rotor.testserver.ConnectionFaults;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The faults of one member's connections; outlives its process. */
public final class FaultState implements ConnectionFaults {

    private final Runnable closeAll;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long cutAfter = -1;
    private int cutNumber;
    private long delayNanos;
    private boolean drop;
    private boolean frozen;
    private boolean refuse;

    /** With what closes every open connection. */
    public FaultState(Runnable closeAll) {
        this.closeAll = closeAll;
    }

    @Override
    public void closeConnections() {
        closeAll.run();
    }

    @Override
    public void cutAfterBytes(long bytes) {
        change(() -> {
            cutAfter = bytes;
            cutNumber++;
        });
    }

    @Override
    public void delayReplies(Duration delay) {
        change(() -> delayNanos = delay.toNanos());
    }

    @Override
    public void dropReplies(boolean shallDrop) {
        change(() -> drop = shallDrop);
    }

    @Override
    public void freeze(boolean shallFreeze) {
        change(() -> frozen = shallFreeze);
    }

    @Override
    public void refuseConnections(boolean shallRefuse) {
        change(() -> refuse = shallRefuse);
    }

    @Override
    public void clear() {
        change(() -> {
            cutAfter = -1;
            delayNanos = 0;
            drop = false;
            frozen = false;
            refuse = false;
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes up those who wait here: one of their connections was closed. */
    void connectionClosed() {
        change(() -> {});
    }

    boolean refuses() {
        lock.lock();
        try {
            return refuse;
        } finally {
            lock.unlock();
        }
    }

    boolean drops() {
        lock.lock();
        try {
            return drop;
        } finally {
            lock.unlock();
        }
    }

    /** How many of {@code length} bytes may be sent by a connection, which then must close; -1 for all. */
    int allowed(ByteCount sent, int length) {
        lock.lock();
        try {
            if (sent.cutNumber != cutNumber) {
                sent.cutNumber = cutNumber;
                sent.bytes = 0;
            }
            if (cutAfter < 0 || sent.bytes + length <= cutAfter) {
                sent.bytes += length;
                return -1;
            }
            return (int) (cutAfter - sent.bytes);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that a connection has sent since the last {@link #cutAfterBytes}. */
    static final class ByteCount {
        private int cutNumber;
        private long bytes;
    }

    void awaitThaw(Connection connection) {
        lock.lock();
        try {
            while (frozen && connection.isOpen()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds a reply back. */
    void awaitDelay(Connection connection) {
        lock.lock();
        try {
            long end = System.nanoTime() + delayNanos;
            for (long rest = delayNanos; rest > 0 && delayNanos > 0 && connection.isOpen(); ) {
                changed.awaitNanos(rest);
                rest = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Holds a new connection back. */
    void awaitTurn(Connection connection, long nanos) {
        lock.lock();
        try {
            long end = System.nanoTime() + nanos;
            for (long rest = nanos; rest > 0 && connection.isOpen(); rest = end - System.nanoTime()) {
                changed.awaitNanos(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
