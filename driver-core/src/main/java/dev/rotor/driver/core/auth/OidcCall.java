package dev.rotor.driver.core.auth;

import dev.rotor.driver.OidcCallback;
import dev.rotor.driver.OidcCallbackContext;
import dev.rotor.driver.OidcCallbackResult;
import dev.rotor.driver.core.future.StageFailures;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's callback, which may block the thread that makes it. It can be given up at any time: then a
 * call that has not begun is never made, a thread that is still in it is interrupted, and what it gave is cancelled.
 */
final class OidcCall {

    private final OidcCallback callback;
    private final OidcCallbackContext context;
    private final Consumer<OidcCallbackResult> given;
    private final Consumer<RuntimeException> failed;
    /** Interrupts a thread only while that thread is in the call. */
    private final FutureTask<@Nullable Void> task = new FutureTask<>(this::call, null);

    private volatile @Nullable CompletionStage<OidcCallbackResult> stage;

    /**
     * Calls nothing yet.
     *
     * @param callback the user's
     * @param context what it is told
     * @param given hears what it gave
     * @param failed hears how it failed
     */
    OidcCall(
            OidcCallback callback,
            OidcCallbackContext context,
            Consumer<OidcCallbackResult> given,
            Consumer<RuntimeException> failed) {
        this.callback = callback;
        this.context = context;
        this.given = given;
        this.failed = failed;
    }

    /** Makes the call, once; returns when the callback has. */
    void run() {
        task.run();
        if (task.isCancelled()) {
            // An interruption that came as the callback was returning is not for the thread's next task.
            var unused = Thread.interrupted();
        }
    }

    /** Nobody waits any longer. Does not block. */
    void giveUp() {
        task.cancel(true);
        cancel(stage);
    }

    private void call() {
        CompletionStage<OidcCallbackResult> answer;
        try {
            answer = callback.onRequest(context);
            if (answer == null) {
                failed.accept(new IllegalStateException("the OIDC callback returned null"));
                return;
            }
            stage = answer;
            if (task.isCancelled()) {
                cancel(answer);
                return;
            }
            var unused = answer.whenComplete(this::completed);
        } catch (Throwable e) {
            failed.accept(failure(e));
        }
    }

    private void completed(@Nullable OidcCallbackResult result, @Nullable Throwable failure) {
        if (failure != null) {
            failed.accept(failure(StageFailures.unwrapped(failure)));
        } else if (result == null) {
            failed.accept(new IllegalStateException("the OIDC callback gave null"));
        } else {
            given.accept(result);
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return new IllegalStateException("the OIDC callback failed: " + cause.getMessage(), cause);
    }

    private static void cancel(@Nullable CompletionStage<OidcCallbackResult> stage) {
        if (stage == null) {
            return;
        }
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // Then it cannot be told; what it gives later is dropped.
            return;
        }
    }
}
