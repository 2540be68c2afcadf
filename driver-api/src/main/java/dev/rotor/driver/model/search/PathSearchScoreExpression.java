package dev.rotor.driver.model.search;

/** The value of a field. */
public sealed interface PathSearchScoreExpression extends SearchScoreExpression permits SearchElement {
    /**
     * Sets the value for documents without the field.
     *
     * @param fallback by default 0
     * @return a changed copy
     */
    PathSearchScoreExpression undefined(float fallback);
}
