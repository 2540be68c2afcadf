package dev.rotor.gridfs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses bad arguments by name. */
final class Checks {

    private Checks() {}

    static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    static void timeout(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + timeout);
        }
    }
}
