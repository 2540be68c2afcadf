package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;

/** Options of {@code $search} and {@code $searchMeta}. Immutable. */
public sealed interface SearchOptions extends WritableBson permits SearchDocument {
    /**
     * Options of which none is set: everything is left to the server.
     *
     * @return the options
     */
    static SearchOptions searchOptions() {
        return SearchDocument.EMPTY;
    }

    /**
     * Chooses an index.
     *
     * @param name its name; by default {@code "default"}
     * @return a changed copy
     */
    SearchOptions index(String name);

    /**
     * Asks for highlights.
     *
     * @param option which
     * @return a changed copy
     */
    SearchOptions highlight(SearchHighlight option);

    /**
     * Asks for the number of results.
     *
     * @param option how it is counted
     * @return a changed copy
     */
    SearchOptions count(SearchCount option);

    /**
     * Asks for the fields that the index stores instead of whole documents.
     *
     * @param returnStoredSource whether it does
     * @return a changed copy
     */
    SearchOptions returnStoredSource(boolean returnStoredSource);

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    SearchOptions option(String name, Object value);
}
