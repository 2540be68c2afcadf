package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.conversions.Bson;

/**
 * Deletes all documents that match. What holds for the whole bulk write ({@code let}, {@code comment}) is said in
 * {@link BulkWriteOptions}.
 *
 * @param filter which documents
 * @param options how
 * @param <T> what documents of the collection are read and written as
 */
public record DeleteManyModel<T>(Bson filter, DeleteOptions options) implements WriteModel<T> {

    public DeleteManyModel {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(options, "options");
        ModelCheck.delete(options);
    }

    /**
     * A delete.
     *
     * @param filter which documents
     */
    public DeleteManyModel(Bson filter) {
        this(filter, DeleteOptions.DEFAULT);
    }
}
