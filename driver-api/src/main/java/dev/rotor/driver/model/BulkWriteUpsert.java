package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.BsonValue;

/**
 * A document that a bulk write inserted because none matched.
 *
 * @param index the index of the write in the call, from 0
 * @param id the document's {@code _id}
 */
public record BulkWriteUpsert(int index, BsonValue id) {

    public BulkWriteUpsert {
        Objects.requireNonNull(id, "id");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative: " + index);
        }
    }
}
