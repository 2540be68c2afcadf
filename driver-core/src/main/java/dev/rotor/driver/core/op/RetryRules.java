package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an operation may be sent again: what {@link RetryPolicy} comes to with the client's settings and the
 * operation's session. Pure functions.
 */
final class RetryRules {

    private RetryRules() {}

    /**
     * The kind that settings and session leave of the operation's.
     *
     * @param use the explicit session, or {@code null}
     */
    static RetryKind kind(Engine engine, Operation<?> operation, @Nullable SessionUse use) {
        RetryKind ofSettings = ofSettings(engine, operation);
        return use == null ? ofSettings : use.retryKind(ofSettings);
    }

    private static RetryKind ofSettings(Engine engine, Operation<?> operation) {
        return switch (operation.retryKind()) {
            case NONE -> RetryKind.NONE;
            case READ -> engine.retryReads ? RetryKind.READ : RetryKind.NONE;
            case WRITE -> engine.retryWrites && operation.isAcknowledged() ? RetryKind.WRITE : RetryKind.NONE;
        };
    }

    /** Whether an attempt that failed like this may be followed by another one, time and number permitting. */
    static boolean mayBeRetried(
            Engine engine, Operation<?> operation, @Nullable SessionUse use, RetryKind kind, MongoException failure) {
        return RetryPolicy.isRetryable(kind, failure)
                || (RetryPolicy.isRetryableOverload(failure) && retriesOverload(engine, operation, use));
    }

    private static boolean retriesOverload(Engine engine, Operation<?> operation, @Nullable SessionUse use) {
        if (use != null && use.endsTransaction()) {
            return true;
        }
        return switch (operation.commandKind()) {
            case READ -> engine.retryReads;
            case WRITE -> engine.retryWrites;
            case GIVEN -> engine.retryReads && engine.retryWrites;
        };
    }
}
