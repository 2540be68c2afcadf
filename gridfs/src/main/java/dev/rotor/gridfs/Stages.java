package dev.rotor.gridfs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What completion stages lack. */
final class Stages {

    private Stages() {}

    /** Begins, and turns what is thrown meanwhile into a failed stage; failures come without wrapping. */
    static <T> CompletableFuture<T> start(Supplier<? extends CompletionStage<T>> first) {
        CompletableFuture<T> from;
        try {
            from = first.get().toCompletableFuture();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
        // Made by the driver's own future, so that it too refuses to be waited for on an event loop.
        CompletableFuture<T> result = from.newIncompleteFuture();
        relay(from, result);
        return result;
    }

    /** Completes a future as a stage completes, failures without wrapping. */
    static <T extends @Nullable Object> void relay(CompletionStage<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(unwrap(failure));
            }
        });
    }

    /** The failure itself, not that some stage failed by it. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
