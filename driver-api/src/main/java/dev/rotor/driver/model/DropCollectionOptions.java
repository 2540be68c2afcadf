package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is dropped.
 *
 * @param encryptedFields the encrypted fields of a collection with queryable encryption, so that the collections that
 *     hold their metadata are dropped first, by commands of their own; never sent; {@code null}: the collection alone
 *     is dropped
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record DropCollectionOptions(@Nullable Bson encryptedFields, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final DropCollectionOptions DEFAULT = new DropCollectionOptions(null, null);

    /**
     * The same with another {@code encryptedFields}.
     *
     * @param encryptedFields the encrypted fields of a collection with queryable encryption, so that the collections
     *     that hold their metadata are dropped first, by commands of their own; never sent; {@code null}: the
     *     collection alone is dropped
     * @return a copy
     */
    public DropCollectionOptions encryptedFields(@Nullable Bson encryptedFields) {
        return new DropCollectionOptions(encryptedFields, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public DropCollectionOptions comment(@Nullable BsonValue comment) {
        return new DropCollectionOptions(encryptedFields, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public DropCollectionOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("DropCollectionOptions", "encryptedFields", encryptedFields, "comment", comment);
    }
}
