package dev.rotor.driver.model.search;

/** An operator made of others, which has none yet. */
public sealed interface CompoundSearchOperatorBase permits CompoundSearchOperator, SearchElement {
    /**
     * Adds operators that must match.
     *
     * @param clauses the operators
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    CompoundSearchOperator must(Iterable<? extends SearchOperator> clauses);

    /**
     * Adds operators that must not match.
     *
     * @param clauses the operators
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    CompoundSearchOperator mustNot(Iterable<? extends SearchOperator> clauses);

    /**
     * Adds operators that should match: those that do raise the score.
     *
     * @param clauses the operators
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    ShouldCompoundSearchOperator should(Iterable<? extends SearchOperator> clauses);

    /**
     * Adds operators that must match, and do not count for the score.
     *
     * @param clauses the operators
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    CompoundSearchOperator filter(Iterable<? extends SearchOperator> clauses);
}
