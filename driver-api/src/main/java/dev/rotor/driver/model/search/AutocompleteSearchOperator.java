package dev.rotor.driver.model.search;

/** Searches text by its beginning. Immutable. */
public sealed interface AutocompleteSearchOperator extends SearchOperator permits SearchElement {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    @Override
    AutocompleteSearchOperator score(SearchScore modifier);

    /**
     * Finds similar terms too.
     *
     * @return a changed copy
     */
    AutocompleteSearchOperator fuzzy();

    /**
     * Finds similar terms too.
     *
     * @param options how similar
     * @return a changed copy
     */
    AutocompleteSearchOperator fuzzy(FuzzySearchOptions options);

    /**
     * Finds the terms in any order, which is the default.
     *
     * @return a changed copy
     */
    AutocompleteSearchOperator anyTokenOrder();

    /**
     * Finds the terms only next to each other and in order.
     *
     * @return a changed copy
     */
    AutocompleteSearchOperator sequentialTokenOrder();
}
