package dev.rotor.conformance.unified.match;

/**
 * What a case asks for makes no sense, or the runner cannot do it: the case fails, and no expectation of an error is
 * met by this.
 */
public final class RunnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong */
    public RunnerException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong
     * @param cause why
     */
    public RunnerException(String message, Throwable cause) {
        super(message, cause);
    }
}
