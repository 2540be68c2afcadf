package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoWriteConcernException;

/**
 * The labels that the driver, not the server, gives to failures in transactions. Pure functions, after "Error Labels"
 * of the Transactions specification.
 */
final class TransactionLabels {

    private TransactionLabels() {}

    /** A failure of a command in a transaction: the whole of it may be run again when no server has answered. */
    static void ofOperation(MongoException failure) {
        if (hasNoAnswer(failure)) {
            failure.addLabel(MongoException.TRANSIENT_TRANSACTION_ERROR);
        }
    }

    /** A failure of a commit: nobody knows whether it happened, unless the server says so or could not even try. */
    static void ofCommit(MongoException failure) {
        if (hasNoAnswer(failure)
                || failure.hasErrorLabel(MongoException.RETRYABLE_WRITE_ERROR)
                || failure.code() == ErrorCodes.MAX_TIME_MS_EXPIRED
                || isUnmet(failure)) {
            failure.addLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT);
        }
    }

    /** A network error, also of a checkout, or time that ran out before there was an answer. */
    private static boolean hasNoAnswer(MongoException failure) {
        return (failure instanceof MongoConnectionException && !(failure instanceof MongoProtocolException))
                || failure instanceof MongoTimeoutException;
    }

    /** A write concern that was not met, though it could have been. */
    private static boolean isUnmet(MongoException failure) {
        return failure instanceof MongoWriteConcernException
                && failure.code() != ErrorCodes.UNKNOWN_REPL_WRITE_CONCERN
                && failure.code() != ErrorCodes.UNSATISFIABLE_WRITE_CONCERN;
    }
}
