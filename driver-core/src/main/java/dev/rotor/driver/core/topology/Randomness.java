package dev.rotor.driver.core.topology;

import java.util.concurrent.ThreadLocalRandom;

/** Where server selection gets its random numbers from. Injected, so that tests choose. */
@FunctionalInterface
public interface Randomness {

    /** A number from 0 to {@code bound - 1}, all equally likely. */
    int below(int bound);

    /** A number from 0 to 1. */
    default double fraction() {
        return (double) below(Integer.MAX_VALUE) / (Integer.MAX_VALUE - 1);
    }

    /** The random numbers of the calling thread. */
    static Randomness threadLocal() {
        return bound -> ThreadLocalRandom.current().nextInt(bound);
    }
}
