package dev.rotor.examples;

import java.util.concurrent.CompletionException;

/** What a failed stage is asked. */
public final class Failure {

    private Failure() {}

    /**
     * The failure itself: a stage that depends on a failed one wraps what it is given.
     *
     * @param given what {@code handle}, {@code whenComplete} or {@code exceptionally} gave
     * @return what went wrong first
     */
    public static Throwable itself(Throwable given) {
        Throwable cause = given.getCause();
        return given instanceof CompletionException && cause != null ? cause : given;
    }
}
