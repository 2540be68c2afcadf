package dev.rotor.driver;

import java.util.Objects;
import org.bson.BsonDocument;

/**
 * Why a server refused one write of several, as the CRUD specification defines it.
 *
 * @param index the index of the write in the call, from 0
 * @param code the server's error code
 * @param message the server's words
 * @param details what the server added, {@code errInfo}, for example which validation rule was broken; may be empty
 */
public record BulkWriteError(int index, int code, String message, BsonDocument details) {

    public BulkWriteError {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(details, "details");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative: " + index);
        }
    }

    /**
     * Whether a unique index has such a key already.
     *
     * @return {@code true} for the codes 11000, 11001 and 12582
     */
    public boolean isDuplicateKey() {
        return WriteErrorText.isDuplicateKey(code);
    }
}
