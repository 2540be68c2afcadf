package dev.rotor.driver.model;

/** To which writes the validation rules of a collection apply. */
public enum ValidationLevel {
    /** To none. */
    OFF("off"),
    /** To all inserts and updates: the default. */
    STRICT("strict"),
    /** To inserts, and to updates of documents that satisfied them before. */
    MODERATE("moderate");

    private final String wireName;

    ValidationLevel(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "strict"}
     */
    public String wireName() {
        return wireName;
    }
}
