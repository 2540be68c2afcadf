package dev.rotor.driver.core.fake;

import dev.rotor.driver.core.time.Clock;
import java.time.Duration;

/** A clock that moves when a test says so. Starts close below the overflow, so that wrong comparisons show. */
public final class ManualClock implements Clock {

    private volatile long now = Long.MAX_VALUE - 1_000_000_000L;

    @Override
    public long nanoTime() {
        return now;
    }

    /** Moves on. Timers of a {@link ManualLoop} fire only when the loop is advanced, not the clock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Turned by the one thread that runs the test.
    public void advance(Duration by) {
        now += by.toNanos();
    }

    void set(long nanos) {
        now = nanos;
    }
}
