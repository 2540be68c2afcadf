package dev.rotor.driver;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for cannot be done as configured: a malformed connection string, options that contradict each other,
 * an unknown transport, a server whose version this driver does not speak.
 */
public final class MongoConfigurationException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong, naming the part
     */
    public MongoConfigurationException(String message) {
        super(message, null);
    }

    /**
     * Makes the exception.
     *
     * @param message what is wrong, naming the part
     * @param cause the failure behind it, or {@code null}
     */
    public MongoConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
