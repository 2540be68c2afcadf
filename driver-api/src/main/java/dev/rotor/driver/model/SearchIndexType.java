package dev.rotor.driver.model;

/** The kinds of search indexes. */
public enum SearchIndexType {
    /** For {@code $search}: the server's default. */
    SEARCH("search"),
    /** For {@code $vectorSearch}. */
    VECTOR_SEARCH("vectorSearch");

    private final String wireName;

    SearchIndexType(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "vectorSearch"}
     */
    public String wireName() {
        return wireName;
    }
}
