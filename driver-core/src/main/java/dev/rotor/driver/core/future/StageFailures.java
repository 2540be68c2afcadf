package dev.rotor.driver.core.future;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Failures of stages: what is in their wrapping, how they go on, and where those of a step end. */
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

    /** Does one step towards a result. Whatever is thrown in it is the result: nobody else would end that. */
    public static void guarded(CompletableFuture<?> result, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }
}
