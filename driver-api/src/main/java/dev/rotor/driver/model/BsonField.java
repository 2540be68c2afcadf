package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import org.bson.conversions.Bson;

/**
 * A named field of a stage, such as {@link Accumulators} make for {@code $group}.
 *
 * @param name its name; not empty
 * @param value its definition
 */
public record BsonField(String name, Bson value) {

    public BsonField {
        Require.path("name", name);
        Require.nonNull("value", value);
    }
}
