package dev.rotor.driver.core.client;

import java.util.concurrent.CompletionException;

/** Failures of stages: what is in their wrapping, and how they go on. */
final class Failures {

    private Failures() {}

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What to throw for it. */
    static RuntimeException rethrown(Throwable cause) {
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }
}
