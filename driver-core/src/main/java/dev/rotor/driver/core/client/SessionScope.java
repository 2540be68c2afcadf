package dev.rotor.driver.core.client;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.core.future.DriverFuture.LoopGuard;
import dev.rotor.driver.core.future.LinkedFuture;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that is done in a session which ends with it. */
final class SessionScope {

    private SessionScope() {}

    static <T extends @Nullable Object> CompletionStage<T> run(
            LoopGuard guard, ClientSession session, Function<? super ClientSession, ? extends CompletionStage<T>> body) {
        CompletableFuture<T> done = started(session, body);
        LinkedFuture<T> result = new LinkedFuture<>(guard, done);
        done.whenComplete((value, failure) -> session.closeAsync().whenComplete((none, never) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(Failures.unwrapped(failure));
            }
        }));
        return result;
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
