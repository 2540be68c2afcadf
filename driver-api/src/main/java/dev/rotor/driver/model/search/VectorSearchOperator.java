package dev.rotor.driver.model.search;

/** Searches vectors. Immutable. */
public sealed interface VectorSearchOperator extends SearchOperator permits SearchElement {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    @Override
    VectorSearchOperator score(SearchScore modifier);

    /**
     * Leaves out documents that an operator does not match.
     *
     * @param filter the operator
     * @return a changed copy
     */
    VectorSearchOperator filter(SearchOperator filter);
}
