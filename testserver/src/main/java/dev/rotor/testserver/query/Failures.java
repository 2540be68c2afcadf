package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;

/** The engine's exceptions as command errors. */
public final class Failures {
    private Failures() {}

    /** The same failure, with the code that the engine knows; a fault in the engine itself is an internal error. */
    public static CommandError of(RuntimeException failure) {
        if (failure instanceof CommandError error) {
            return error;
        }
        if (failure instanceof MongoServerError error) {
            Throwable cause = error.getCause();
            return cause instanceof MongoServerError inner
                    ? of(inner)
                    : new CommandError(error.getCode(), String.valueOf(error.getMessageWithoutErrorCode()));
        }
        if (failure instanceof MongoServerException) {
            return new CommandError(ErrorCode.BAD_VALUE, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof ClassCastException || failure instanceof UnsupportedOperationException) {
            return new CommandError(ErrorCode.BAD_VALUE, "a value has the wrong type: " + failure.getMessage());
        }
        return new CommandError(ErrorCode.INTERNAL_ERROR, failure.toString());
    }
}
