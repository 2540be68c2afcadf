package dev.rotor.driver.core.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses arguments that make no sense, at the call, by their name. */
final class Checks {

    private Checks() {}

    static void notNegative(@Nullable Duration value, String name) {
        if (value != null && value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    static void notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    static void batchSize(int batchSize) {
        notNegative(batchSize, "batchSize");
    }
}
