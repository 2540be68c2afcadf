package dev.rotor.driver.model.search;

/** Groups the results of a search by ranges of dates. */
public sealed interface DateSearchFacet extends SearchFacet permits SearchElement {
    /**
     * Adds a group for everything outside the boundaries.
     *
     * @param name its name; not empty
     * @return a changed copy
     */
    DateSearchFacet defaultBucket(String name);
}
