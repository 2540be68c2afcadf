package dev.rotor.driver.model;

/** Whether spaces and punctuation count as base characters. */
public enum CollationAlternate {
    /** They do: the default. */
    NON_IGNORABLE("non-ignorable"),
    /** They do not; they count from quaternary strength on. */
    SHIFTED("shifted");

    private final String wireName;

    CollationAlternate(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "shifted"}
     */
    public String wireName() {
        return wireName;
    }
}
