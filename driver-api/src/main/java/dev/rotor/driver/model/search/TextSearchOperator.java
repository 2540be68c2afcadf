package dev.rotor.driver.model.search;

/** Searches text. Immutable. */
public sealed interface TextSearchOperator extends SearchOperator permits SearchElement {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    @Override
    TextSearchOperator score(SearchScore modifier);

    /**
     * Finds similar terms too.
     *
     * @return a changed copy
     */
    TextSearchOperator fuzzy();

    /**
     * Finds similar terms too.
     *
     * @param options how similar
     * @return a changed copy
     */
    TextSearchOperator fuzzy(FuzzySearchOptions options);

    /**
     * Finds synonyms too, instead of similar terms.
     *
     * @param name the name of a mapping that the index defines; not empty
     * @return a changed copy
     */
    TextSearchOperator synonyms(String name);
}
