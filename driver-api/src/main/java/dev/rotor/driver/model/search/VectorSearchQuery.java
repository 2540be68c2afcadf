package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Require;

/** What {@code $vectorSearch} makes a vector of. */
public sealed interface VectorSearchQuery extends WritableBson permits TextVectorSearchQuery {

    /**
     * A text.
     *
     * @param text the text
     * @return the query
     */
    static TextVectorSearchQuery textQuery(String text) {
        return new TextVectorSearchQuery(Require.nonNull("text", text), null);
    }
}
