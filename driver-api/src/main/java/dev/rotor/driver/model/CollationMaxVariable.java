package dev.rotor.driver.model;

/** What is ignored when the alternate is shifted. */
public enum CollationMaxVariable {
    /** Punctuation and spaces: the default. */
    PUNCT("punct"),
    /** Spaces only. */
    SPACE("space");

    private final String wireName;

    CollationMaxVariable(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "punct"}
     */
    public String wireName() {
        return wireName;
    }
}
