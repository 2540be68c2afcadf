package dev.rotor.driver;

import java.util.Objects;
import org.bson.BsonDocument;

/**
 * Why a server refused one write, as the CRUD specification defines it.
 *
 * @param code the server's error code
 * @param message the server's words
 * @param details what the server added, {@code errInfo}, for example which validation rule was broken; may be empty
 */
public record WriteError(int code, String message, BsonDocument details) {

    public WriteError {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(details, "details");
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
