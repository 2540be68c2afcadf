package dev.rotor.conformance;

import java.util.Locale;

/** How a case ended. */
public enum Status {
    /** The driver did what the case demands. */
    PASSED,
    /** It did not. */
    FAILED,
    /** The case was not run, for a reason that is told. */
    SKIPPED;

    /** The word that reports use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
