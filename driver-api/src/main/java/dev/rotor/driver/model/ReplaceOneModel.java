package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.conversions.Bson;

/**
 * Replaces the first document that matches. What holds for the whole bulk write ({@code let}, {@code comment},
 * {@code bypassDocumentValidation}) is said in {@link BulkWriteOptions}.
 *
 * @param filter which document
 * @param replacement what takes its place, without update operators
 * @param options how
 * @param <T> what documents of the collection are read and written as
 */
public record ReplaceOneModel<T>(Bson filter, T replacement, ReplaceOptions options) implements WriteModel<T> {

    public ReplaceOneModel {
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(replacement, "replacement");
        Objects.requireNonNull(options, "options");
        ModelCheck.replaceOne(options);
    }

    /**
     * A replacement.
     *
     * @param filter which document
     * @param replacement what takes its place, without update operators
     */
    public ReplaceOneModel(Bson filter, T replacement) {
        this(filter, replacement, ReplaceOptions.DEFAULT);
    }
}
