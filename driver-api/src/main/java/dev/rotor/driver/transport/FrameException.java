package dev.rotor.driver.transport;

import java.io.IOException;
import java.io.Serial;

/** The peer sent a message whose declared length cannot be right. Nothing was allocated for it. */
public final class FrameException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The declared length in bytes. */
    private final int length;

    /**
     * Makes the exception.
     *
     * @param length the declared length
     * @param max the largest length that was allowed
     */
    public FrameException(int length, int max) {
        super("the peer declared a message of " + length + " bytes; allowed are 16 to " + max
                + ". Is this really a MongoDB server, and does it speak plain text or TLS as configured?");
        this.length = length;
    }

    /**
     * The declared length.
     *
     * @return bytes, possibly negative
     */
    public int length() {
        return length;
    }
}
