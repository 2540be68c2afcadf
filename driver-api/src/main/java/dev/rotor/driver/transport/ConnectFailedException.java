package dev.rotor.driver.transport;

import java.io.IOException;
import java.io.Serial;

/**
 * No address answered. The cause is the failure of the last address tried, those of the others are suppressed; the
 * message names every address with its reason.
 */
public final class ConnectFailedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether time ran out. */
    private final boolean timeout;

    /**
     * Makes the exception.
     *
     * @param message every address tried, each with its reason
     * @param cause the failure of the last address
     * @param timeout whether the connect timeout passed
     */
    public ConnectFailedException(String message, Throwable cause, boolean timeout) {
        super(message, cause);
        this.timeout = timeout;
    }

    /**
     * Whether the connect timeout passed before an address answered.
     *
     * @return {@code true} for a timeout, {@code false} for refusals
     */
    public boolean isTimeout() {
        return timeout;
    }
}
