package dev.rotor.examples.quickstart;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are not a class file, or not all of one. */
final class BadClassFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, and at which offset
     */
    BadClassFileException(String message) {
        super(message);
    }
}
