package dev.rotor.driver.model;

/** Whether upper or lower case comes first where strings differ in case alone. */
public enum CollationCaseFirst {
    /** Upper case first. */
    UPPER("upper"),
    /** Lower case first. */
    LOWER("lower"),
    /** As the locale has it: mostly lower case first. */
    OFF("off");

    private final String wireName;

    CollationCaseFirst(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "upper"}
     */
    public String wireName() {
        return wireName;
    }
}
