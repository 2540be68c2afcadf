package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** How the results of a search are counted. */
public sealed interface SearchCount extends WritableBson permits LowerBoundSearchCount, SearchDocument {
    /**
     * Counts all results.
     *
     * @return the count
     */
    static SearchCount total() {
        return new SearchDocument(Shape.of("type", Literal.of("total")));
    }

    /**
     * Counts up to a threshold.
     *
     * @return the count
     */
    static LowerBoundSearchCount lowerBound() {
        return new SearchDocument(Shape.of("type", Literal.of("lowerBound")));
    }

    /**
     * A count of a kind that has no factory here yet.
     *
     * @param count its definition
     * @return the count
     */
    static SearchCount of(Bson count) {
        return new SearchDocument(Joined.of(Require.nonNull("count", count)));
    }
}
