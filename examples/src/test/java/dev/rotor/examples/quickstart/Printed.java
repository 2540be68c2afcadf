package dev.rotor.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A screen whose text a test can read. */
final class Printed {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Screen screen(boolean terminal, boolean colour) {
        return new Screen(
                new PrintStream(out, true, StandardCharsets.US_ASCII),
                new PrintStream(err, true, StandardCharsets.US_ASCII),
                terminal,
                colour,
                false);
    }

    String out() {
        return out.toString(StandardCharsets.US_ASCII);
    }

    String err() {
        return err.toString(StandardCharsets.US_ASCII);
    }
}
