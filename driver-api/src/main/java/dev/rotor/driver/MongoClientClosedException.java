package dev.rotor.driver;

import java.io.Serial;

/** The client was closed before or while the operation ran. */
public final class MongoClientClosedException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what had been closed
     */
    public MongoClientClosedException(String message) {
        super(message, null);
    }
}
