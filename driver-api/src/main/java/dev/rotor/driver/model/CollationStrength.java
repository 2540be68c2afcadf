package dev.rotor.driver.model;

/** Which differences between strings count, by the levels of ICU. */
public enum CollationStrength {
    /** Base characters only. */
    PRIMARY(1),
    /** Accents too. */
    SECONDARY(2),
    /** Case and variants too: the default. */
    TERTIARY(3),
    /** Punctuation too, where it is shifted. */
    QUATERNARY(4),
    /** Every difference, down to the code points. */
    IDENTICAL(5);

    private final int wireValue;

    CollationStrength(int wireValue) {
        this.wireValue = wireValue;
    }

    /**
     * How it is written in a command.
     *
     * @return 1 to 5
     */
    public int wireValue() {
        return wireValue;
    }
}
