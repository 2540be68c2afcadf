package dev.rotor.examples.quickstart;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Where the asynchronous part ends: the main thread waits here, once for each chapter of what it prints. */
final class Waiting {

    private Waiting() {}

    /**
     * Waits for a stage.
     *
     * @param stage what to wait for
     * @param <T> what comes of it
     * @return what came of it
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    /** What really happened, to be thrown by the thread that waited. */
    static RuntimeException rethrown(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }
}
