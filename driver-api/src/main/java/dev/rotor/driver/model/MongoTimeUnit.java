package dev.rotor.driver.model;

/** Units of time that pipeline stages know. */
public enum MongoTimeUnit {
    /** A year. */
    YEAR("year", false),
    /** A quarter. */
    QUARTER("quarter", false),
    /** A month. */
    MONTH("month", false),
    /** A week. */
    WEEK("week", true),
    /** A day. */
    DAY("day", true),
    /** An hour. */
    HOUR("hour", true),
    /** A minute. */
    MINUTE("minute", true),
    /** A second. */
    SECOND("second", true),
    /** A millisecond. */
    MILLISECOND("millisecond", true);

    private final String wireName;
    private final boolean fixed;

    MongoTimeUnit(String wireName, boolean fixed) {
        this.wireName = wireName;
        this.fixed = fixed;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "year"}
     */
    public String wireName() {
        return wireName;
    }

    /** Whether every one of them is as long as any other. */
    boolean fixed() {
        return fixed;
    }
}
