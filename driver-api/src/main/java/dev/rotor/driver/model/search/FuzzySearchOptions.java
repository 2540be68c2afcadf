package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;

/** How far terms may differ from what is searched. Immutable. */
public sealed interface FuzzySearchOptions extends WritableBson permits SearchDocument {
    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    static FuzzySearchOptions fuzzySearchOptions() {
        return SearchDocument.EMPTY;
    }

    /**
     * Sets by how many characters terms may differ.
     *
     * @param maxEdits 1 or 2; by default 2
     * @return a changed copy
     */
    FuzzySearchOptions maxEdits(int maxEdits);

    /**
     * Sets how many characters at the beginning must be equal.
     *
     * @param prefixLength by default 0
     * @return a changed copy
     */
    FuzzySearchOptions prefixLength(int prefixLength);

    /**
     * Sets how many variants of a term are looked for.
     *
     * @param maxExpansions by default 50
     * @return a changed copy
     */
    FuzzySearchOptions maxExpansions(int maxExpansions);

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    FuzzySearchOptions option(String name, Object value);
}
