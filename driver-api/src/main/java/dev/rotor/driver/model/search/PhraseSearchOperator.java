package dev.rotor.driver.model.search;

/** Searches phrases. Immutable. */
public sealed interface PhraseSearchOperator extends SearchOperator permits SearchElement {
    /**
     * Changes the score that the operator gives.
     *
     * @param modifier how
     * @return a changed copy
     */
    @Override
    PhraseSearchOperator score(SearchScore modifier);

    /**
     * Sets how far apart the terms may be.
     *
     * @param slop by default 0
     * @return a changed copy
     */
    PhraseSearchOperator slop(int slop);

    /**
     * Finds synonyms too.
     *
     * @param name the name of a mapping that the index defines; not empty
     * @return a changed copy
     */
    PhraseSearchOperator synonyms(String name);
}
