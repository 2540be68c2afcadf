package dev.rotor.driver;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be authenticated: the server refused the credential, which is then the {@link #getCause()}
 * with the server's {@link #code()}, or what it answered does not prove that it knows the password. Neither user name
 * nor password shows.
 */
public final class MongoSecurityException extends MongoException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** How. */
    private final AuthMechanism mechanism;

    /**
     * Makes the exception.
     *
     * @param message the most likely cause first
     * @param cause the failure behind it, or {@code null}
     * @param code the server's error code, or -1
     * @param server the server
     * @param mechanism how it was tried
     */
    public MongoSecurityException(
            String message, @Nullable Throwable cause, int code, ServerAddress server, AuthMechanism mechanism) {
        super(message, cause, code, server);
        this.mechanism = Objects.requireNonNull(mechanism, "mechanism");
    }

    /**
     * How it was tried.
     *
     * @return the mechanism, also where it was negotiated
     */
    public AuthMechanism mechanism() {
        return mechanism;
    }
}
