package dev.rotor.driver.model.search;

/** How the scores of nested documents become one. */
public enum VectorSearchScoreMode {
    /** Their average. */
    AVG("avg"),
    /** The highest. */
    MAX("max");

    private final String wireName;

    VectorSearchScoreMode(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "avg"}
     */
    public String wireName() {
        return wireName;
    }
}
