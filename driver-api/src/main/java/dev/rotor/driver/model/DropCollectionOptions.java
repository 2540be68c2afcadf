package dev.rotor.driver.model;

import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is dropped.
 *
 * @param encryptedFields the encrypted fields of a collection with queryable encryption, so that the collections that
 *     hold their metadata are dropped too; {@code null}: not sent
 */
public record DropCollectionOptions(@Nullable Bson encryptedFields) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final DropCollectionOptions DEFAULT = new DropCollectionOptions(null);

    /**
     * The same with another {@code encryptedFields}.
     *
     * @param encryptedFields the encrypted fields of a collection with queryable encryption, so that the collections
     *     that hold their metadata are dropped too; {@code null}: not sent
     * @return a copy
     */
    public DropCollectionOptions encryptedFields(@Nullable Bson encryptedFields) {
        return new DropCollectionOptions(encryptedFields);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("DropCollectionOptions", "encryptedFields", encryptedFields);
    }
}
