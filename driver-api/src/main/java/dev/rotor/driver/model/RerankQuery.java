package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** What {@code $rerank} compares documents with. */
public final class RerankQuery extends Shaped {

    private RerankQuery(WritableBson content) {
        super(content);
    }

    /**
     * A text.
     *
     * @param text the text
     * @return the query
     */
    public static RerankQuery rerankQuery(String text) {
        return new RerankQuery(Shape.of("text", Literal.of(Require.nonNull("text", text))));
    }

    /**
     * A query of a kind that has no factory here yet.
     *
     * @param query the query
     * @return the query
     */
    public static RerankQuery rerankQuery(Bson query) {
        return new RerankQuery(Joined.of(Require.nonNull("query", query)));
    }
}
