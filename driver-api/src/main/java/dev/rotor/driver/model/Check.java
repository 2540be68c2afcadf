package dev.rotor.driver.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The checks that options have in common. Each names the option that is wrong. */
final class Check {

    private Check() {}

    static void notNegative(@Nullable Duration value, String name) {
        if (value != null && value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    static void notNegative(@Nullable Long value, String name) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    static void positive(@Nullable Duration value, String name) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    static void positive(@Nullable Long value, String name) {
        if (value != null && value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    static void notEmpty(String value, String name) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    static void oneHint(@Nullable Bson hint, @Nullable String hintString) {
        if (hint != null && hintString != null) {
            throw new IllegalArgumentException("hint and hintString name an index each; give one of them");
        }
    }

    static @Nullable List<Bson> copyOf(@Nullable List<Bson> values, String name) {
        if (values == null) {
            return null;
        }
        for (int i = 0; i < values.size(); i++) {
            Objects.requireNonNull(values.get(i), name + "[" + i + "]");
        }
        return List.copyOf(values);
    }

    static void notGiven(@Nullable Object value, String problem) {
        if (value != null) {
            throw new IllegalArgumentException(problem);
        }
    }
}
