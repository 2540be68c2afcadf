package dev.rotor.driver.model.search;

/** Groups the results of a search by the most frequent strings. */
public sealed interface StringSearchFacet extends SearchFacet permits SearchElement {
    /**
     * Sets how many groups there are at most.
     *
     * @param max by default 10
     * @return a changed copy
     */
    StringSearchFacet numBuckets(int max);
}
