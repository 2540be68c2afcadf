package dev.rotor.conformance;

import java.util.List;

/** All formats that a run knows. */
public final class Formats {

    private Formats() {}

    /** The formats, in the order in which their groups are started. */
    public static List<Format> all() {
        return List.of();
    }
}
