package dev.rotor.driver.model.search;

/** An operator made of others. Immutable. */
public sealed interface CompoundSearchOperator extends CompoundSearchOperatorBase, SearchOperator
        permits SearchElement, ShouldCompoundSearchOperator {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    @Override
    CompoundSearchOperator score(SearchScore modifier);
}
