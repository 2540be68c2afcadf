package dev.rotor.driver.core.topology;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the hellos of one server take: the exponentially weighted moving average ("Calculation of Average Round Trip
 * Times") and the shortest of the last ten ("Measuring RTT"). Used on the monitor's loop only.
 */
final class RoundTripTimes {

    private static final double ALPHA = 0.2;
    private static final int WINDOW = 10;

    private final long[] recent = new long[WINDOW];
    private int samples;
    private double average;

    /** Forgets everything: the server became unavailable. */
    void reset() {
        samples = 0;
    }

    void add(long nanos) {
        average = samples == 0 ? (double) nanos : average(average, (double) nanos);
        recent[samples % WINDOW] = nanos;
        // Stays above the window's size, and never overflows.
        samples = samples >= 2 * WINDOW - 1 ? WINDOW : samples + 1;
    }

    /** The new average after one more measurement. */
    static double average(double average, double measured) {
        return ALPHA * measured + (1 - ALPHA) * average;
    }

    /** The average, or {@code null} if there is no measurement. */
    @Nullable
    Duration average() {
        return samples == 0 ? null : Duration.ofNanos(Math.round(average));
    }

    /** The shortest of the last ten, or zero while there are fewer than two. */
    Duration minimum() {
        if (samples < 2) {
            return Duration.ZERO;
        }
        long minimum = recent[0];
        for (int i = 1; i < Math.min(samples, WINDOW); i++) {
            minimum = Math.min(minimum, recent[i]);
        }
        return Duration.ofNanos(minimum);
    }
}
