package dev.rotor.gridfs;

import dev.rotor.driver.MongoException;
import java.io.Serial;
import java.util.Objects;

/** What is stored is not what was asked for, or is no whole file. */
public final class MongoGridFsException extends MongoException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** There is no file with this id or name. */
        FILE_NOT_FOUND,
        /** There are files with this name, but not as many revisions. */
        REVISION_NOT_FOUND,
        /** The document of the file has no usable length or chunk size. */
        INVALID_FILE,
        /** A chunk of the file is not there. */
        CHUNK_MISSING,
        /** There is a chunk that the file's length has no room for, or a chunk twice. */
        CHUNK_EXTRA,
        /** A chunk is shorter or longer than its file says. */
        CHUNK_SIZE,
        /** What was read has not the SHA-256 digest that the metadata tells. */
        SHA256_MISMATCH,
        /** A digest was to be compared, but the metadata tells none. */
        SHA256_MISSING,
        /** The upload was aborted. */
        ABORTED
    }

    /** What is wrong. */
    private final Reason reason;

    /**
     * Makes the exception.
     *
     * @param reason what is wrong
     * @param message the same in words, with the file's id or name
     */
    public MongoGridFsException(Reason reason, String message) {
        super(message, null);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * What is wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
