package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.conversions.Bson;

/** What a search index of type {@code vectorSearch} holds. Immutable. */
public final class SearchIndexDefinition extends Shaped {

    private final Shape shape;

    private SearchIndexDefinition(Shape shape) {
        super(shape);
        this.shape = shape;
    }

    /**
     * An index of vectors.
     *
     * @param fields its fields; {@link VectorSearchIndexFields} builds them
     * @return the definition
     * @throws IllegalArgumentException if there is none
     */
    public static SearchIndexDefinition vectorSearch(Bson... fields) {
        return vectorSearch(Require.some("fields", fields));
    }

    /**
     * An index of vectors.
     *
     * @param fields its fields; {@link VectorSearchIndexFields} builds them
     * @return the definition
     * @throws IllegalArgumentException if there is none
     */
    public static SearchIndexDefinition vectorSearch(List<? extends Bson> fields) {
        return new SearchIndexDefinition(Shape.of("fields", new Items(Require.<Bson>some("fields", fields))));
    }

    /**
     * Sets which fields the index stores, so that searches can give them without the documents.
     *
     * @param storedSource the fields to include or exclude
     * @return a changed copy
     */
    public SearchIndexDefinition storedSource(Bson storedSource) {
        return new SearchIndexDefinition(shape.with("storedSource", Require.nonNull("storedSource", storedSource)));
    }
}
