package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** How the score of an operator is changed. */
public sealed interface SearchScore extends WritableBson permits PathBoostSearchScore, SearchDocument, SearchElement {
    /**
     * Multiplies it.
     *
     * @param value the factor
     * @return the score
     */
    static SearchScore boost(float value) {
        return new SearchElement("boost", Shape.of("value", Literal.of((double) value)));
    }

    /**
     * Multiplies it by the value of a field.
     *
     * @param path the field
     * @return the score
     */
    static PathBoostSearchScore boost(FieldSearchPath path) {
        return new SearchElement("boost", Shape.of("path", SearchParts.field(path)));
    }

    /**
     * Replaces it.
     *
     * @param value the score
     * @return the score
     */
    static SearchScore constant(float value) {
        return new SearchElement("constant", Shape.of("value", Literal.of((double) value)));
    }

    /**
     * Replaces it by the value of an expression.
     *
     * @param expression the expression
     * @return the score
     */
    static SearchScore function(SearchScoreExpression expression) {
        return new SearchDocument(Shape.of("function", Require.nonNull("expression", expression)));
    }

    /**
     * A change of a kind that has no factory here yet.
     *
     * @param score its definition
     * @return the score
     */
    static SearchScore of(Bson score) {
        return new SearchDocument(Joined.of(Require.nonNull("score", score)));
    }
}
