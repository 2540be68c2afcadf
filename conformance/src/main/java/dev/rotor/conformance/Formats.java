package dev.rotor.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All formats that a run knows. */
public final class Formats {

    private Formats() {}

    /**
     * The formats, in the order in which their groups are started. Besides those of this module's main classes there
     * are, on the class path of its tests, those that reach package-private decisions of the driver.
     */
    public static List<Format> all() {
        List<Format> formats = new ArrayList<>();
        ServiceLoader.load(Format.class).forEach(formats::add);
        return formats;
    }
}
