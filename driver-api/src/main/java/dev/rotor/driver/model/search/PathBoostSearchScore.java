package dev.rotor.driver.model.search;

/** Multiplies the score by the value of a field. */
public sealed interface PathBoostSearchScore extends SearchScore permits SearchElement {
    /**
     * Sets the factor for documents without the field.
     *
     * @param fallback by default 0
     * @return a changed copy
     */
    PathBoostSearchScore undefined(float fallback);
}
