package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.conversions.Bson;

/**
 * Deletes the first document that matches. What holds for the whole bulk write ({@code let}, {@code comment}) is said
 * in {@link BulkWriteOptions}.
 *
 * @param filter which document
 * @param options how
 * @param <T> what documents of the collection are read and written as
 */
public record DeleteOneModel<T>(Bson filter, DeleteOptions options) implements WriteModel<T> {

    public DeleteOneModel {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(options, "options");
        ModelCheck.delete(options);
    }

    /**
     * A delete.
     *
     * @param filter which document
     */
    public DeleteOneModel(Bson filter) {
        this(filter, DeleteOptions.DEFAULT);
    }
}
