package dev.rotor.driver.core.client;

import static java.util.Objects.requireNonNull;

import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoCredential;
import dev.rotor.driver.core.auth.Authenticators;

/**
 * Settings that can be said but not yet done. Passing over one of them would send data in the clear, to the wrong place
 * or without a password, so a client with one is refused.
 */
final class NotYet {

    private NotYet() {}

    static void check(MongoClientSettings settings) {
        MongoCredential credential = settings.credential();
        if (credential != null && !Authenticators.supports(credential)) {
            refuse("authentication by " + requireNonNull(credential.mechanism()).wireName());
        }
    }

    private static void refuse(String what) {
        throw new MongoConfigurationException("This version of Rotor does not support " + what);
    }
}
