package dev.rotor.conformance;

import java.util.List;

/** A kind of test file of the driver specifications, and how its cases are run. */
public interface Format {

    /** The name of the format, for people. */
    String name();

    /**
     * Finds the cases by walking the folders of the specifications. Nothing is started yet. A file that cannot be read
     * is a case that fails.
     *
     * @param options where the files are, and what is asked for
     */
    List<CaseGroup> groups(Options options);
}
