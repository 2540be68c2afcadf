package dev.rotor.driver.core.time;

import java.time.InstantSource;

/** Where the driver reads the time. Injected, so that tests turn it by hand. */
public interface Clock {

    /**
     * Monotonic time with an arbitrary origin, like {@link System#nanoTime}.
     *
     * @return nanoseconds
     */
    long nanoTime();

    /**
     * The machine's clock.
     *
     * @return the shared instance
     */
    static Clock system() {
        return System::nanoTime;
    }

    /**
     * The machine's date, for what is signed and what expires.
     *
     * @return the shared instance
     */
    static InstantSource date() {
        return InstantSource.system();
    }
}
