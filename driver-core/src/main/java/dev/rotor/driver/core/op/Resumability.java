package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;

/**
 * After which failures of a getMore a change stream is resumed. Pure functions, after the Change Streams specification.
 */
final class Resumability {

    /** Server 4.4 and its successors label what can be resumed. */
    private static final int WIRE_VERSION_WITH_LABEL = 9;

    private Resumability() {}

    /**
     * Whether the stream is resumed at once.
     *
     * @param wireVersion of the connection on which the getMore failed
     */
    static boolean isResumable(Throwable failure, int wireVersion) {
        if (failure instanceof MongoClientClosedException || isOperationTimeout(failure)) {
            return false;
        }
        if (failure instanceof MongoCommandException refused) {
            return refused.code() == ErrorCodes.CURSOR_NOT_FOUND
                    || (wireVersion >= WIRE_VERSION_WITH_LABEL
                            ? refused.hasErrorLabel(MongoException.RESUMABLE_CHANGE_STREAM_ERROR)
                            : isResumable(refused.code()));
        }
        return failure instanceof MongoConnectionException
                || failure instanceof MongoPoolClearedException
                || failure instanceof MongoTimeoutException;
    }

    /** {@code timeoutMS} of one call is over: the stream is resumed by the next one. */
    static boolean isOperationTimeout(Throwable failure) {
        return failure instanceof MongoTimeoutException timeout
                && timeout.waiting() == MongoTimeoutException.Waiting.OPERATION;
    }

    private static boolean isResumable(int code) {
        return switch (code) {
            case 6, 7, 63, 89, 91, 133, 150, 189, 234, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436 -> true;
            default -> false;
        };
    }
}
