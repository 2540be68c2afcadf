package dev.rotor.conformance;

/** Thrown by the body of a case that cannot run here; the message says why. */
public final class CaseSkippedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason why the case cannot run here, for the report */
    public CaseSkippedException(String reason) {
        super(reason);
    }
}
