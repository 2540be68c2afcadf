package dev.rotor.driver.core.time;

/**
 * Points in monotonic time after which waiting ends, as plain {@code long}s of {@link Clock#nanoTime}, so that carrying
 * one costs nothing. {@link #NONE} means "wait for ever".
 */
public final class Deadline {

    /** No deadline. */
    public static final long NONE = Long.MAX_VALUE;

    private Deadline() {}

    /**
     * The deadline that many nanoseconds from now.
     *
     * @param now the clock's time
     * @param nanos how long; 0 or less means no deadline, as zero timeouts do in all settings
     * @return the deadline, never {@link #NONE} by overflow
     */
    public static long after(long now, long nanos) {
        if (nanos <= 0) {
            return NONE;
        }
        long deadline = now + nanos;
        return deadline == NONE ? deadline - 1 : deadline;
    }

    /**
     * What is left.
     *
     * @param deadline a deadline
     * @param now the clock's time
     * @return nanoseconds, negative when it has passed; {@link Long#MAX_VALUE} for {@link #NONE}
     */
    public static long remaining(long deadline, long now) {
        return deadline == NONE ? Long.MAX_VALUE : deadline - now;
    }

    /**
     * Whether it has passed.
     *
     * @param deadline a deadline
     * @param now the clock's time
     * @return {@code true} from that moment on
     */
    public static boolean passed(long deadline, long now) {
        return deadline != NONE && deadline - now <= 0;
    }

    /**
     * The nearer of two deadlines.
     *
     * @param a a deadline
     * @param b a deadline
     * @param now the clock's time, against which both are compared
     * @return {@code a} or {@code b}
     */
    public static long earlier(long a, long b, long now) {
        return remaining(a, now) <= remaining(b, now) ? a : b;
    }
}
