package dev.rotor.driver.core.auth;

import java.io.Serial;

/** Kerberos has failed; the message says why, and what to do. */
final class KerberosException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    KerberosException(String message, Throwable cause) {
        super(message, cause);
    }
}
