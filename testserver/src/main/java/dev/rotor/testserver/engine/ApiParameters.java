package dev.rotor.testserver.engine;

import org.jspecify.annotations.Nullable;

/**
 * The Stable API parameters of a command. That the command itself is part of the API was checked; what only its body
 * shows (stages of a pipeline, options) is the engine's to check.
 *
 * @param version {@code apiVersion}, or null
 * @param strict {@code apiStrict}: refuse what is not in the API version, code 323
 * @param deprecationErrors the command asks to refuse what is deprecated in it, code 324
 */
public record ApiParameters(@Nullable String version, boolean strict, boolean deprecationErrors) {

    /** Nothing declared. */
    public static final ApiParameters NONE = new ApiParameters(null, false, false);
}
