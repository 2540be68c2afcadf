package dev.rotor.driver.model.search;

/** A value that fades with the distance of a field from an origin. */
public sealed interface GaussSearchScoreExpression extends SearchScoreExpression permits SearchElement {
    /**
     * Sets the distance from which on the value fades.
     *
     * @param offset by default 0
     * @return a changed copy
     */
    GaussSearchScoreExpression offset(double offset);

    /**
     * Sets what is left of the value at the distance of the scale.
     *
     * @param decay between 0 and 1; by default 0.5
     * @return a changed copy
     */
    GaussSearchScoreExpression decay(double decay);
}
