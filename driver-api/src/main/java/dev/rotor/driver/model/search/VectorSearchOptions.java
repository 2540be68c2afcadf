package dev.rotor.driver.model.search;

import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import org.bson.conversions.Bson;

/** Options of {@code $vectorSearch}. Immutable. */
public sealed interface VectorSearchOptions extends WritableBson permits SearchDocument {
    /**
     * Searches approximately.
     *
     * @param numCandidates how many neighbours are looked at
     * @return the options
     * @throws IllegalArgumentException if it is not positive
     */
    static VectorSearchOptions approximateVectorSearchOptions(long numCandidates) {
        return SearchDocument.EMPTY.with(
                "numCandidates", Literal.of(Require.atLeast("numCandidates", numCandidates, 1)));
    }

    /**
     * Searches exactly.
     *
     * @return the options
     */
    static VectorSearchOptions exactVectorSearchOptions() {
        return SearchDocument.EMPTY.with("exact", Literal.of(true));
    }

    /**
     * Leaves out documents that do not match a filter.
     *
     * @param filter the filter
     * @return a changed copy
     */
    VectorSearchOptions filter(Bson filter);

    /**
     * Leaves out documents that do not match a filter, where the vectors are in nested documents.
     *
     * @param parentFilter the filter of the whole documents
     * @return a changed copy
     */
    VectorSearchOptions parentFilter(Bson parentFilter);

    /**
     * Sets what is done with vectors in nested documents.
     *
     * @param nestedOptions the options
     * @return a changed copy
     */
    VectorSearchOptions nestedOptions(VectorSearchNestedOptions nestedOptions);

    /**
     * Asks for the fields that the index stores instead of whole documents.
     *
     * @param returnStoredSource whether it does
     * @return a changed copy
     */
    VectorSearchOptions returnStoredSource(boolean returnStoredSource);

    /**
     * Sets an option that has no method here yet.
     *
     * @param name its name
     * @param value its value, of any type that the codec registry knows
     * @return a changed copy
     */
    VectorSearchOptions option(String name, Object value);
}
