package dev.rotor.gridfs.http;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.gridfs.MongoGridFsException;

/** What a failure is to a client, who learns nothing of the inside. */
final class Failures {

    private Failures() {}

    /** Whether it says that there is no such file. */
    static boolean isNotFound(Throwable failure) {
        if (!(failure instanceof MongoGridFsException found)) {
            return false;
        }
        return switch (found.reason()) {
            case FILE_NOT_FOUND, REVISION_NOT_FOUND -> true;
            default -> false;
        };
    }

    /** 404 if there is no such file, 503 if it may work later, 500 otherwise. */
    static int status(Throwable failure) {
        if (isNotFound(failure)) {
            return 404;
        }
        boolean passing = failure instanceof MongoTimeoutException
                || failure instanceof MongoConnectionException
                || failure instanceof MongoPoolClearedException
                || failure instanceof MongoClientClosedException
                || (failure instanceof MongoException known
                        && (known.hasErrorLabel(MongoException.SYSTEM_OVERLOADED_ERROR)
                                || known.hasErrorLabel(MongoException.RETRYABLE_ERROR)));
        return passing ? 503 : 500;
    }
}
