package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import org.jspecify.annotations.Nullable;

/**
 * A field that a stage adds to documents.
 *
 * @param <T> the type of its value
 * @param name its name; not empty
 * @param value its value: an expression, or anything that the codec registry knows; may be {@code null}
 */
public record Field<T>(String name, @Nullable T value) {

    public Field {
        Require.path("name", name);
    }
}
