package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;

/** What {@code $vectorSearch} does with vectors in nested documents. Immutable. */
public sealed interface VectorSearchNestedOptions extends WritableBson permits SearchDocument {
    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    static VectorSearchNestedOptions vectorSearchNestedOptions() {
        return SearchDocument.EMPTY;
    }

    /**
     * Sets how the scores of nested documents become one.
     *
     * @param scoreMode the way
     * @return a changed copy
     */
    VectorSearchNestedOptions scoreMode(VectorSearchScoreMode scoreMode);

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    VectorSearchNestedOptions option(String name, Object value);
}
