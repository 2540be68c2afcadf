package dev.rotor.driver.model.search;

/** Counts the results of a search up to a threshold. */
public sealed interface LowerBoundSearchCount extends SearchCount permits SearchDocument {
    /**
     * Sets up to which number the count is exact.
     *
     * @param threshold by default 1000
     * @return a changed copy
     */
    LowerBoundSearchCount threshold(int threshold);
}
