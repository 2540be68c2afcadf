package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How several documents are inserted, as the CRUD specification defines it.
 *
 * @param ordered whether the first failure ends it ({@code true}), or the rest is written all the same; default
 *     {@code true}
 * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record InsertManyOptions(
        boolean ordered, @Nullable Boolean bypassDocumentValidation, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final InsertManyOptions DEFAULT = new InsertManyOptions(true, null, null);

    /**
     * The same with another {@code ordered}.
     *
     * @param ordered whether the first failure ends it ({@code true}), or the rest is written all the same; default
     *     {@code true}
     * @return a copy
     */
    public InsertManyOptions ordered(boolean ordered) {
        return new InsertManyOptions(ordered, bypassDocumentValidation, comment);
    }

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public InsertManyOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new InsertManyOptions(ordered, bypassDocumentValidation, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public InsertManyOptions comment(@Nullable BsonValue comment) {
        return new InsertManyOptions(ordered, bypassDocumentValidation, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public InsertManyOptions comment(@Nullable String comment) {
        return new InsertManyOptions(
                ordered, bypassDocumentValidation, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "InsertManyOptions",
                "ordered",
                ordered ? null : false,
                "bypassDocumentValidation",
                bypassDocumentValidation,
                "comment",
                comment);
    }
}
