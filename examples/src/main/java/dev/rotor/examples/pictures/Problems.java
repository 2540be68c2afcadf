package dev.rotor.examples.pictures;

import dev.rotor.examples.Failure;
import dev.rotor.gridfs.MongoGridFsException;

/** What a browser is told when something does not work: what it can do about, and no more. */
final class Problems {

    private Problems() {}

    static int status(Throwable failure) {
        Throwable itself = Failure.itself(failure);
        if (itself instanceof MongoGridFsException missing
                && missing.reason() == MongoGridFsException.Reason.FILE_NOT_FOUND) {
            return 404;
        }
        return itself instanceof IllegalArgumentException ? 400 : 503;
    }

    static String sentence(Throwable failure) {
        return switch (status(failure)) {
            case 404 -> "There is no such file.\n";
            case 400 -> "The request cannot be understood.\n";
            default -> "The database cannot do this at the moment.\n";
        };
    }
}
