package dev.rotor.conformance.unified.entity;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what the driver does, but not for ever. */
public final class Await {

    /** More than any case has its operations take. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    /** The result; throws what the operation failed with. */
    public static <T extends @Nullable Object> T result(CompletionStage<T> stage) throws Exception {
        return result(stage, LIMIT);
    }

    /** The result; throws what the operation failed with, and an assertion error when it does not end in time. */
    public static <T extends @Nullable Object> T result(CompletionStage<T> stage, Duration limit) throws Exception {
        try {
            return stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("an operation did not end within " + limit, late);
        } catch (ExecutionException failed) {
            throw cause(failed);
        }
    }

    /** What a stage failed with, without the wrapping. */
    private static Exception cause(ExecutionException failed) {
        Throwable cause = failed.getCause();
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Exception exception) {
            return exception;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return failed;
    }
}
