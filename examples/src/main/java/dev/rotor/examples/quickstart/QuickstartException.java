package dev.rotor.examples.quickstart;

import java.io.Serial;

/** The quickstart itself found that something is wrong: it refuses to go on, or a count does not agree. */
final class QuickstartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, for the user; further lines are details
     */
    QuickstartException(String message) {
        super(message);
    }
}
