package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How one document is inserted, as the CRUD specification defines it.
 *
 * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record InsertOneOptions(@Nullable Boolean bypassDocumentValidation, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final InsertOneOptions DEFAULT = new InsertOneOptions(null, null);

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public InsertOneOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new InsertOneOptions(bypassDocumentValidation, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public InsertOneOptions comment(@Nullable BsonValue comment) {
        return new InsertOneOptions(bypassDocumentValidation, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public InsertOneOptions comment(@Nullable String comment) {
        return new InsertOneOptions(bypassDocumentValidation, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "InsertOneOptions", "bypassDocumentValidation", bypassDocumentValidation, "comment", comment);
    }
}
