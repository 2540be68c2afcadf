package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.time.Deadline;

/**
 * What is left of {@code timeoutMS}, and what is told when nothing is: pure functions, after the Client Side Operations
 * Timeout specification.
 */
final class Timeouts {

    /** There is no limit. */
    static final long UNLIMITED = Long.MAX_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Timeouts() {}

    /**
     * How long the server may work so that its reply is still in time: what is left until the deadline, less the
     * shortest round trip, in whole milliseconds, since that is the unit of {@code maxTimeMS}.
     *
     * @param deadline the operation's
     * @param now the clock's time
     * @param minRoundTripNanos the selected server's
     * @return {@link #UNLIMITED} without a deadline; 0 or less when a reply would come too late, and so nothing is to
     *     be sent
     */
    static long millisForServer(long deadline, long now, long minRoundTripNanos) {
        if (deadline == Deadline.NONE) {
            return UNLIMITED;
        }
        long left = Deadline.remaining(deadline, now) - minRoundTripNanos;
        // Rounded up below one millisecond: zero would mean "no limit" to the server.
        return left <= 0 ? 0 : Math.max(1, left / NANOS_PER_MILLI);
    }

    /** Nothing was sent, because the reply would have come too late. */
    static MongoTimeoutException nothingLeft(
            String commandName, ServerAddress server, long timeoutNanos, long leftNanos, long minRoundTripNanos) {
        return new MongoTimeoutException(
                within(timeoutNanos) + commandName + " was not sent to " + server + ": of the time "
                        + Math.max(0, leftNanos) / NANOS_PER_MILLI + " ms were left, and the shortest round trip takes "
                        + minRoundTripNanos / NANOS_PER_MILLI + " ms",
                null,
                server,
                MongoTimeoutException.Waiting.OPERATION);
    }

    /** {@code timeoutMS} ran out; the cause tells during what, and lends its labels. */
    static MongoTimeoutException timedOut(long timeoutNanos, MongoException during) {
        MongoTimeoutException failure = new MongoTimeoutException(
                within(timeoutNanos) + during.getMessage(),
                during,
                during.server(),
                MongoTimeoutException.Waiting.OPERATION);
        for (String label : during.labels()) {
            failure.addLabel(label);
        }
        return failure;
    }

    private static String within(long timeoutNanos) {
        return timeoutNanos == 0
                ? "The operation did not end in time: "
                : "The operation did not end within its timeout of " + timeoutNanos / NANOS_PER_MILLI + " ms: ";
    }

    /** Whether the failure says that time ran out on the server, "Error Transformations". */
    static boolean isServerTimeout(MongoException failure) {
        return failure.code() == ErrorCodes.MAX_TIME_MS_EXPIRED;
    }

    /** A server's own timeout as that of the operation, where there is one; any other failure as it is. */
    static MongoException transformed(MongoException failure, Scope scope) {
        return scope.hasTimeout() && isServerTimeout(failure) ? timedOut(scope.timeoutNanos(), failure) : failure;
    }
}
