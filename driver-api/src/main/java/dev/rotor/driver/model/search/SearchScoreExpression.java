package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** What a score is computed from. */
public sealed interface SearchScoreExpression extends WritableBson
        permits GaussSearchScoreExpression, PathSearchScoreExpression, SearchDocument {
    /**
     * The score that the operator gave.
     *
     * @return the expression
     */
    static SearchScoreExpression relevanceExpression() {
        return new SearchDocument(Shape.of("score", Literal.of("relevance")));
    }

    /**
     * The value of a field.
     *
     * @param path the field
     * @return the expression
     */
    static PathSearchScoreExpression pathExpression(FieldSearchPath path) {
        return new SearchElement(
                "path",
                Shape.of("value", Literal.of(Require.nonNull("path", path).toValue())));
    }

    /**
     * A number.
     *
     * @param value the number
     * @return the expression
     */
    static SearchScoreExpression constantExpression(float value) {
        return new SearchDocument(Shape.of("constant", Literal.of((double) value)));
    }

    /**
     * A value that fades with the distance of a field from an origin.
     *
     * @param origin the origin
     * @param path the field
     * @param scale the distance at which the value has decayed
     * @return the expression
     */
    static GaussSearchScoreExpression gaussExpression(double origin, PathSearchScoreExpression path, double scale) {
        return new SearchElement(
                "gauss",
                Shape.of("origin", Literal.of(origin))
                        .with("path", ((SearchElement) Require.nonNull("path", path)).body())
                        .with("scale", Literal.of(scale)));
    }

    /**
     * The logarithm of a value to base 10.
     *
     * @param expression the value
     * @return the expression
     */
    static SearchScoreExpression logExpression(SearchScoreExpression expression) {
        return new SearchDocument(Shape.of("log", Require.nonNull("expression", expression)));
    }

    /**
     * The logarithm to base 10 of a value and one.
     *
     * @param expression the value
     * @return the expression
     */
    static SearchScoreExpression log1pExpression(SearchScoreExpression expression) {
        return new SearchDocument(Shape.of("log1p", Require.nonNull("expression", expression)));
    }

    /**
     * The sum of values.
     *
     * @param expressions the values, at least two
     * @return the expression
     * @throws IllegalArgumentException if there are fewer than two
     */
    static SearchScoreExpression addExpression(Iterable<? extends SearchScoreExpression> expressions) {
        return new SearchDocument(Shape.of("add", new Items(SearchParts.two("expressions", expressions))));
    }

    /**
     * The product of values.
     *
     * @param expressions the values, at least two
     * @return the expression
     * @throws IllegalArgumentException if there are fewer than two
     */
    static SearchScoreExpression multiplyExpression(Iterable<? extends SearchScoreExpression> expressions) {
        return new SearchDocument(Shape.of("multiply", new Items(SearchParts.two("expressions", expressions))));
    }

    /**
     * An expression of a kind that has no factory here yet.
     *
     * @param expression its definition
     * @return the expression
     */
    static SearchScoreExpression of(Bson expression) {
        return new SearchDocument(Joined.of(Require.nonNull("expression", expression)));
    }
}
