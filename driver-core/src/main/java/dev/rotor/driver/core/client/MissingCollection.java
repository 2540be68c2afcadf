package dev.rotor.driver.core.client;

import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.op.IndexCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Failures that only say that a collection is not there, where the specifications take that for an answer. */
final class MissingCollection {

    private MissingCollection() {}

    /** Listing the indexes of nothing gives nothing. */
    static <T> CompletableFuture<BatchCursor<T>> isEmpty(CompletableFuture<BatchCursor<T>> cursor) {
        return cursor.exceptionally(failure -> {
            Throwable cause = unwrapped(failure);
            if (IndexCommands.isNamespaceNotFound(cause)) {
                return IndexCommands.noIndexes(cause);
            }
            throw rethrown(cause);
        });
    }

    /** Dropping what is not there succeeds. */
    static CompletableFuture<Void> isDone(CompletableFuture<@Nullable Void> dropped) {
        return dropped.exceptionally(failure -> {
            Throwable cause = unwrapped(failure);
            if (IndexCommands.isNamespaceNotFound(cause)) {
                return null;
            }
            throw rethrown(cause);
        });
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static RuntimeException rethrown(Throwable cause) {
        return cause instanceof RuntimeException unchecked ? unchecked : new CompletionException(cause);
    }
}
