package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;

/**
 * A field that {@code $setWindowFields} adds, and the window function that computes it. {@link WindowOutputFields}
 * makes them.
 *
 * @param toBsonField the field and its definition
 */
public record WindowOutputField(BsonField toBsonField) {

    public WindowOutputField {
        Require.nonNull("toBsonField", toBsonField);
    }
}
