package dev.rotor.driver.model;

/** How far apart the measurements of a time series are, roughly. */
public enum TimeSeriesGranularity {
    /** Seconds: the default. */
    SECONDS("seconds"),
    /** Minutes. */
    MINUTES("minutes"),
    /** Hours. */
    HOURS("hours");

    private final String wireName;

    TimeSeriesGranularity(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "minutes"}
     */
    public String wireName() {
        return wireName;
    }
}
