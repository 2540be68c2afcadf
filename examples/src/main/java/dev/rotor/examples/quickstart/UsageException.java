package dev.rotor.examples.quickstart;

import java.io.Serial;

/** The quickstart was called in a way that it does not understand. */
final class UsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message which option, and what is wrong with it
     */
    UsageException(String message) {
        super(message);
    }
}
