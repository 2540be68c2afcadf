package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/**
 * Builds the fields of {@link SearchIndexDefinition#vectorSearch(Bson...)}. Meant to be imported statically.
 *
 * <p>A path that is {@code null} is refused by a {@link NullPointerException}.
 */
public final class VectorSearchIndexFields {

    private VectorSearchIndexFields() {}

    /**
     * A field that holds vectors.
     *
     * @param path the field
     * @return the field of the index
     * @throws IllegalArgumentException if the path is empty or has a NUL character
     */
    public static VectorSearchIndexField vectorField(String path) {
        return new VectorSearchIndexField(field("vector", path));
    }

    /**
     * A field that searches can filter by.
     *
     * @param path the field
     * @return the field of the index
     * @throws IllegalArgumentException if the path is empty or has a NUL character
     */
    public static Bson filterField(String path) {
        return field("filter", path);
    }

    /**
     * A field that the server makes vectors of.
     *
     * @param path the field
     * @return the field of the index
     * @throws IllegalArgumentException if the path is empty or has a NUL character
     */
    public static AutoEmbedSearchIndexField autoEmbedField(String path) {
        return new AutoEmbedSearchIndexField(field("autoEmbed", path));
    }

    private static Shape field(String type, String path) {
        return Shape.of("type", Literal.of(type)).with("path", Literal.of(Require.path("path", path)));
    }
}
