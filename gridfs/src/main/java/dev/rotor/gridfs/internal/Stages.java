package dev.rotor.gridfs.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What completion stages lack. */
public final class Stages {

    private Stages() {}

    /** Begins, and turns what is thrown meanwhile into a failed stage; failures come without wrapping. */
    public static <T> CompletableFuture<T> start(Supplier<? extends CompletionStage<T>> first) {
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
    public static <T extends @Nullable Object> void relay(CompletionStage<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, failure) -> {
            if (failure == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(unwrap(failure));
            }
        });
    }

    /**
     * Ends the work behind a future that somebody was given when this one cancels it: now, if that has been done
     * already.
     */
    public static void onCancel(CompletableFuture<?> given, Runnable end) {
        given.whenComplete((value, failure) -> {
            if (given.isCancelled()) {
                end.run();
            }
        });
    }

    /** The failure itself, not that some stage failed by it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
