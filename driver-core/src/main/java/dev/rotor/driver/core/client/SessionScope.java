package dev.rotor.driver.core.client;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.op.Engine;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that is done in a session which ends with it. */
final class SessionScope {

    private SessionScope() {}

    static <T extends @Nullable Object> CompletionStage<T> run(
            Engine engine, ClientSession session, Function<? super ClientSession, ? extends CompletionStage<T>> body) {
        ContextCarrier.Snapshot context = engine.captureContext();
        CompletableFuture<T> done = started(session, body);
        LinkedFuture<T> result = new LinkedFuture<>(engine, done);
        // The body's stage may be completed by anybody; what follows belongs to the caller.
        done.whenComplete((value, failure) -> Contexts.run(context, () -> end(session, value, failure, result)));
        return result;
    }

    private static <T extends @Nullable Object> void end(
            ClientSession session, @Nullable T value, @Nullable Throwable failure, LinkedFuture<T> result) {
        // That stage is completed in the context of this call.
        session.closeAsync().whenComplete((none, never) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(StageFailures.unwrapped(failure));
            }
        });
    }

    private static <T extends @Nullable Object> CompletableFuture<T> started(
            ClientSession session, Function<? super ClientSession, ? extends CompletionStage<T>> body) {
        try {
            return Objects.requireNonNull(body.apply(session), "inSession: the body gave no stage")
                    .toCompletableFuture();
        } catch (Throwable e) {
            // What the user's code throws is a failure of the body, whatever it is.
            return CompletableFuture.failedFuture(e);
        }
    }
}
