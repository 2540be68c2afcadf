package dev.rotor.gridfs;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that may be kept with a file. */
final class Sha256 {

    private Sha256() {}

    /** One that has seen nothing yet. */
    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
