package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.MongoSecurityException;
import dev.rotor.driver.MongoTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed attempt is made again, and which failure the user is told of when it is not. Pure functions, after
 * the Retryable Reads, Retryable Writes and Client Backpressure specifications.
 */
public final class RetryPolicy {

    private RetryPolicy() {}

    /**
     * Adds the label {@code RetryableWriteError} where the driver, not the server, has to: network errors, checkouts
     * from a cleared pool, and replies of servers before 4.4 (wire version 9), which did not label yet.
     *
     * @param failure what failed
     * @param maxWireVersion of the connection, or -1 when there was none
     * @param mongos whether the reply came from a mongos
     */
    static void labelRetryableWrite(MongoException failure, int maxWireVersion, boolean mongos) {
        if (failure instanceof MongoProtocolException) {
            return;
        }
        if (failure instanceof MongoConnectionException
                || (maxWireVersion >= 0 && maxWireVersion < 9 && isRetryableWriteCode(failure, mongos))) {
            failure.addLabel(MongoException.RETRYABLE_WRITE_ERROR);
        }
    }

    private static boolean isRetryableWriteCode(MongoException failure, boolean mongos) {
        // A mongos of those versions passes a shard's write concern error on, on which it has retried itself.
        if (mongos && !(failure instanceof MongoCommandException)) {
            return false;
        }
        return ErrorCodes.isRetryableWrite(failure.code());
    }

    /** Whether this failure may be answered with another attempt of an operation of this kind. */
    static boolean isRetryable(RetryKind kind, MongoException failure) {
        return switch (kind) {
            case NONE -> false;
            case WRITE -> failure.hasErrorLabel(MongoException.RETRYABLE_WRITE_ERROR);
            case READ ->
                (failure instanceof MongoConnectionException && !(failure instanceof MongoProtocolException))
                        || ((failure instanceof MongoCommandException || failure instanceof MongoSecurityException)
                                && ErrorCodes.isRetryableRead(failure.code()));
        };
    }

    /** Whether the server, or the way to it, was overloaded. */
    static boolean isOverload(MongoException failure) {
        return failure.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR);
    }

    /** Whether any command may be sent again after this failure, provided that the settings allow it. */
    static boolean isRetryableOverload(MongoException failure) {
        return isOverload(failure) && failure.hasErrorLabel(MongoException.RETRYABLE_ERROR);
    }

    /**
     * Whether another attempt may follow the one that failed, as far as their number goes.
     *
     * @param attempt the attempt that failed, from 1
     * @param hasTimeout whether {@code timeoutMS} is set: then there may be any number while there is time, else two
     * @param overloaded whether any attempt so far has met an overloaded server, which limits both
     * @param maxAdaptiveRetries how many retries there are then
     */
    static boolean hasAttemptsLeft(int attempt, boolean hasTimeout, boolean overloaded, int maxAdaptiveRetries) {
        if (overloaded) {
            return attempt <= maxAdaptiveRetries;
        }
        return hasTimeout || attempt < 2;
    }

    /**
     * Which of two failures says more about what happened to the user's data.
     *
     * @param previous what the user would have been told of so far, or {@code null}
     * @param current what failed last
     * @param currentWasSent whether the command of the last attempt went out; {@code false} for failed server
     *     selections and checkouts
     */
    static MongoException morePrecise(
            @Nullable MongoException previous, MongoException current, boolean currentWasSent) {
        if (previous == null || isOperationTimeout(current)) {
            return current;
        }
        boolean wroteNothing = !currentWasSent
                || current instanceof MongoPoolClearedException
                || current.hasErrorLabel(MongoException.NO_WRITES_PERFORMED);
        return wroteNothing ? previous : current;
    }

    /** With {@code timeoutMS}, running out of it is what happened, whatever failed before. */
    private static boolean isOperationTimeout(MongoException failure) {
        return failure instanceof MongoTimeoutException timeout
                && timeout.waiting() == MongoTimeoutException.Waiting.OPERATION;
    }
}
