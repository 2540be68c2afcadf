package dev.rotor.driver.model.search;

/** An operator made of others, of which some should match. Immutable. */
public sealed interface ShouldCompoundSearchOperator extends CompoundSearchOperator permits SearchElement {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    @Override
    ShouldCompoundSearchOperator score(SearchScore modifier);

    /**
     * Sets how many of those that should match must match.
     *
     * @param minimumShouldMatch by default 0
     * @return a changed copy
     */
    ShouldCompoundSearchOperator minimumShouldMatch(int minimumShouldMatch);
}
