package dev.rotor.driver.model.search;

/** Groups the results of a search by ranges of numbers. */
public sealed interface NumberSearchFacet extends SearchFacet permits SearchElement {
    /**
     * Adds a group for everything outside the boundaries.
     *
     * @param name its name; not empty
     * @return a changed copy
     */
    NumberSearchFacet defaultBucket(String name);
}
