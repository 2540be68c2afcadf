package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import org.jspecify.annotations.Nullable;

/**
 * A variable that a pipeline can use as {@code $$name}.
 *
 * @param <T> the type of its value
 * @param name its name; not empty
 * @param value its value: an expression, or anything that the codec registry knows; may be {@code null}
 */
public record Variable<T>(String name, @Nullable T value) {

    public Variable {
        Require.path("name", name);
    }
}
