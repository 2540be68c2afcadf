package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a bulk write runs, as the CRUD specification defines it.
 *
 * @param ordered whether the first failure ends it ({@code true}), or the rest is written all the same; default
 *     {@code true}
 * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record BulkWriteOptions(
        boolean ordered, @Nullable Boolean bypassDocumentValidation, @Nullable Bson let, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final BulkWriteOptions DEFAULT = new BulkWriteOptions(true, null, null, null);

    /**
     * The same with another {@code ordered}.
     *
     * @param ordered whether the first failure ends it ({@code true}), or the rest is written all the same; default
     *     {@code true}
     * @return a copy
     */
    public BulkWriteOptions ordered(boolean ordered) {
        return new BulkWriteOptions(ordered, bypassDocumentValidation, let, comment);
    }

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public BulkWriteOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new BulkWriteOptions(ordered, bypassDocumentValidation, let, comment);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public BulkWriteOptions let(@Nullable Bson let) {
        return new BulkWriteOptions(ordered, bypassDocumentValidation, let, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public BulkWriteOptions comment(@Nullable BsonValue comment) {
        return new BulkWriteOptions(ordered, bypassDocumentValidation, let, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public BulkWriteOptions comment(@Nullable String comment) {
        return new BulkWriteOptions(
                ordered, bypassDocumentValidation, let, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "BulkWriteOptions",
                "ordered",
                ordered ? null : false,
                "bypassDocumentValidation",
                bypassDocumentValidation,
                "let",
                let,
                "comment",
                comment);
    }
}
