package dev.rotor.driver.core.future;

import java.util.concurrent.CompletionException;

/** Failures of stages: what is in their wrapping, and how they go on. */
public final class StageFailures {

    private StageFailures() {}

    /** What has failed, without what stages that depend on others put around it. */
    public static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** What to throw for it. */
    public static RuntimeException rethrown(Throwable cause) {
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }
}
