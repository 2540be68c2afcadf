package dev.rotor.driver.model;

import java.util.Objects;

/**
 * Inserts a document. When it has no {@code _id} the driver gives it one.
 *
 * @param document the document
 * @param <T> what documents of the collection are read and written as
 */
public record InsertOneModel<T>(T document) implements WriteModel<T> {

    public InsertOneModel {
        Objects.requireNonNull(document, "document");
    }
}
