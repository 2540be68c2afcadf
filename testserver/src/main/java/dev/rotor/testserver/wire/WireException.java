package dev.rotor.testserver.wire;

/** Bytes that are no message: a server closes the connection. */
public final class WireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
