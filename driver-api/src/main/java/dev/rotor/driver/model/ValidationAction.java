package dev.rotor.driver.model;

/** What happens to a document that breaks the validation rules of a collection. */
public enum ValidationAction {
    /** The write is refused: the default. */
    ERROR("error"),
    /** The write happens and the server logs it. */
    WARN("warn"),
    /** The write is refused and the server logs it; needs server 8.1. */
    ERROR_AND_LOG("errorAndLog");

    private final String wireName;

    ValidationAction(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "error"}
     */
    public String wireName() {
        return wireName;
    }
}
