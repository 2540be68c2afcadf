package dev.rotor.conformance.unified.match;

import java.io.Serial;

/**
 * Things took another course than a case expects: other events were observed, or an operation succeeded that should
 * have failed. At another pace it might have been the right one; a wrong value never is.
 */
public final class CourseError extends AssertionError {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Without a comparison that failed. */
    public CourseError(String message) {
        super(message);
    }

    /** @param cause the comparison that failed */
    public CourseError(String message, Throwable cause) {
        super(message, cause);
    }
}
