package dev.rotor.driver.model;

/** How scores are brought into the same range before they are combined. */
public enum ScoreNormalization {
    /** They are left as they are. */
    NONE("none"),
    /** By the sigmoid function. */
    SIGMOID("sigmoid"),
    /** By the smallest and the largest score. */
    MIN_MAX_SCALER("minMaxScaler");

    private final String wireName;

    ScoreNormalization(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "none"}
     */
    public String wireName() {
        return wireName;
    }
}
