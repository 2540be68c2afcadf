package dev.rotor.conformance.unified;

import java.util.concurrent.locks.LockSupport;

/**
 * Notices when the machine holds threads up: one that wants to run every few milliseconds is late. Cases whose own
 * limits are some milliseconds apart mean nothing at such a moment.
 */
final class Stalls {

    private static final long PERIOD_NANOS = 4_000_000;
    /** The closest limits that cases have are 10 to 25 ms apart. */
    private static final long STALL_NANOS = 8_000_000;

    private volatile long lastSeen;
    private volatile boolean seen;
    private volatile boolean stopped;

    /** Begins to look, until {@link #stop()}. */
    static Stalls watched() {
        Stalls stalls = new Stalls();
        Thread thread = new Thread(stalls::watch, "conformance-stalls");
        thread.setDaemon(true);
        thread.start();
        return stalls;
    }

    private void watch() {
        long before = System.nanoTime();
        while (!stopped) {
            LockSupport.parkNanos(PERIOD_NANOS);
            long now = System.nanoTime();
            tick(before, now);
            before = now;
        }
    }

    /** Takes note of when the watching thread ran, and when it had run before. */
    void tick(long before, long now) {
        if (now - before - PERIOD_NANOS >= STALL_NANOS) {
            lastSeen = now;
            seen = true;
        }
    }

    /** Whether threads were held up since then, a time of {@link System#nanoTime()}. */
    boolean since(long nanos) {
        return seen && lastSeen - nanos >= 0;
    }

    void stop() {
        stopped = true;
    }
}
