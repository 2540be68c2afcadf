package dev.rotor.driver.core.time;

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
}
