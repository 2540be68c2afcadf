package dev.rotor.driver.core.op;

import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.future.StageFailures;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Failures that only say that a collection is not there, where the specifications take that for an answer. */
public final class MissingCollection {

    private MissingCollection() {}

    /** Listing the indexes of nothing gives nothing. */
    public static <T> CompletableFuture<BatchCursor<T>> isEmpty(
            DriverFuture.LoopGuard guard, CompletableFuture<BatchCursor<T>> cursor) {
        return LinkedFuture.of(
                guard,
                cursor,
                (opened, failure) -> {
                    if (opened != null) {
                        return opened;
                    }
                    Throwable cause = StageFailures.unwrapped(Objects.requireNonNull(failure));
                    if (IndexCommands.isNamespaceNotFound(cause)) {
                        return IndexCommands.noIndexes(cause);
                    }
                    throw StageFailures.rethrown(cause);
                },
                BatchCursor::close);
    }

    /** Dropping what is not there succeeds. */
    public static CompletableFuture<Void> isDone(Engine engine, CompletableFuture<@Nullable Void> dropped) {
        // Nothing comes out; the stage is declared as of Void.
        @SuppressWarnings("NullAway")
        CompletableFuture<Void> done = LinkedFuture.of(engine, dropped, (none, failure) -> {
            if (failure != null) {
                Throwable cause = StageFailures.unwrapped(failure);
                if (!IndexCommands.isNamespaceNotFound(cause)) {
                    throw StageFailures.rethrown(cause);
                }
            }
            return null;
        });
        return done;
    }
}
