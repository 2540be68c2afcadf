package dev.rotor.driver;

import java.util.Objects;
import org.bson.BsonDocument;

/**
 * Why a write concern was not met, as the CRUD specification defines it. The write itself happened, on the primary at
 * least, and may be rolled back.
 *
 * @param code the server's error code
 * @param codeName the server's name for the code, empty if it sent none
 * @param message the server's words
 * @param details what the server added, {@code errInfo}; may be empty
 */
public record WriteConcernError(int code, String codeName, String message, BsonDocument details) {

    public WriteConcernError {
        Objects.requireNonNull(codeName, "codeName");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(details, "details");
    }
}
