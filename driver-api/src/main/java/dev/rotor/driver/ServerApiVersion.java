package dev.rotor.driver;

/** A version of the Stable API. */
public enum ServerApiVersion {
    /** Version 1. */
    V1("1");

    private final String wireName;

    ServerApiVersion(String wireName) {
        this.wireName = wireName;
    }

    /**
     * The value of {@code apiVersion} in commands.
     *
     * @return for example {@code "1"}
     */
    public String wireName() {
        return wireName;
    }
}
