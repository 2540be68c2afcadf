package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import java.util.concurrent.TimeUnit;

/** When {@code withTransaction} goes on, and after what pause: pure functions, after the Convenient API spec. */
final class TransactionRetries {

    /** How long it goes on where no time limit is set. */
    static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** {@code BACKOFF_INITIAL}. */
    private static final double INITIAL_NANOS = 5e6;

    /** {@code BACKOFF_MAX}. */
    private static final double MAX_NANOS = 500e6;

    private static final double GROWTH = 1.5;

    private TransactionRetries() {}

    /**
     * The pause before another attempt.
     *
     * @param attempts how many there were, from 1
     * @param jitter random, from 0 to 1
     * @return nanoseconds
     */
    static long backoffNanos(int attempts, double jitter) {
        return Math.round(jitter * Math.min(INITIAL_NANOS * Math.pow(GROWTH, attempts), MAX_NANOS));
    }

    /** Whether the whole transaction may be run again after this failure. */
    static boolean isTransient(Throwable failure) {
        return failure instanceof MongoException told && told.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR);
    }

    /** Whether the commit may be sent again after this failure. */
    static boolean mayCommitAgain(Throwable failure) {
        return failure instanceof MongoException told
                && told.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT)
                && !ranIntoMaxTime(told);
    }

    /** The server gave the commit up because of {@code maxTimeMS}; trying again would exceed what the user allowed. */
    private static boolean ranIntoMaxTime(MongoException failure) {
        return failure.code() == ErrorCodes.MAX_TIME_MS_EXPIRED
                || (failure.getCause() instanceof MongoException cause
                        && cause.code() == ErrorCodes.MAX_TIME_MS_EXPIRED);
    }

    /** There is no time for another attempt: a timeout, which tells what failed last and has its labels. */
    static Throwable outOfTime(Throwable last, long limitNanos, boolean byTimeout) {
        if (!(last instanceof MongoException failure) || failure instanceof MongoTimeoutException) {
            return last;
        }
        MongoTimeoutException timeout = new MongoTimeoutException(
                "The transaction did not get through within " + TimeUnit.NANOSECONDS.toMillis(limitNanos) + " ms: "
                        + failure.getMessage(),
                failure,
                failure.server(),
                byTimeout ? MongoTimeoutException.Waiting.OPERATION : MongoTimeoutException.Waiting.TRANSACTION);
        failure.labels().forEach(timeout::addLabel);
        return timeout;
    }
}
