package dev.rotor.driver.model;

/** Series of preferred numbers to which {@code $bucketAuto} rounds its boundaries. */
public enum BucketGranularity {
    /** The Renard series R5. */
    R5("R5"),
    /** The Renard series R10. */
    R10("R10"),
    /** The Renard series R20. */
    R20("R20"),
    /** The Renard series R40. */
    R40("R40"),
    /** The Renard series R80. */
    R80("R80"),
    /** The 1-2-5 series. */
    SERIES_125("1-2-5"),
    /** The E series E6. */
    E6("E6"),
    /** The E series E12. */
    E12("E12"),
    /** The E series E24. */
    E24("E24"),
    /** The E series E48. */
    E48("E48"),
    /** The E series E96. */
    E96("E96"),
    /** The E series E192. */
    E192("E192"),
    /** The powers of two. */
    POWERSOF2("POWERSOF2");

    private final String wireName;

    BucketGranularity(String wireName) {
        this.wireName = wireName;
    }

    /**
     * How it is written in a command.
     *
     * @return for example {@code "R5"}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The series of a name.
     *
     * @param value how it is written in a command, for example {@code "1-2-5"}
     * @return the series
     * @throws IllegalArgumentException if there is none of that name
     */
    public static BucketGranularity fromString(String value) {
        for (BucketGranularity granularity : values()) {
            if (granularity.wireName.equals(value)) {
                return granularity;
            }
        }
        throw new IllegalArgumentException("there is no series of preferred numbers called " + value);
    }
}
