package dev.rotor.gridfs.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that may be kept with a file, and that entity tags are made with. */
public final class Sha256 {

    private Sha256() {}

    /** One that has seen nothing yet. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
