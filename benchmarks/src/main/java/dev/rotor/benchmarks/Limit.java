package dev.rotor.benchmarks;

import java.util.concurrent.TimeUnit;

/**
 * When a round ends: as soon as one of the two is reached.
 *
 * @param operations how many operations
 * @param nanos after how long no further operation is begun, in nanoseconds
 */
record Limit(long operations, long nanos) {

    /** Reads {@code 2000ms} or {@code 20000ops}. */
    static Limit parse(String text) {
        if (text.endsWith("ms")) {
            long millis = Long.parseLong(text.substring(0, text.length() - 2));
            return new Limit(Long.MAX_VALUE, TimeUnit.MILLISECONDS.toNanos(millis));
        }
        if (text.endsWith("ops")) {
            return new Limit(Long.parseLong(text.substring(0, text.length() - 3)), Long.MAX_VALUE / 2);
        }
        throw new IllegalArgumentException("not a limit: " + text + "; write 2000ms or 20000ops");
    }

    /** Each one's part when several share the work. */
    Limit share(int parts) {
        return new Limit(operations == Long.MAX_VALUE ? operations : Math.max(1, operations / parts), nanos);
    }
}
