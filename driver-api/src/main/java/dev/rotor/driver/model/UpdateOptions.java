package dev.rotor.driver.model;

import java.util.List;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How documents are updated, as the CRUD specification defines it.
 *
 * @param upsert whether a document is inserted when none matches; {@code null}: not sent
 * @param arrayFilters which array elements {@code $[identifier]} stands for; {@code null}: not sent
 * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
 * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
 * @param sort the order that decides which document is updated when several match; needs server 8.0; {@code null}: not
 *     sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record UpdateOptions(
        @Nullable Boolean upsert,
        @Nullable List<Bson> arrayFilters,
        @Nullable Boolean bypassDocumentValidation,
        @Nullable Collation collation,
        @Nullable Bson hint,
        @Nullable String hintString,
        @Nullable Bson let,
        @Nullable Bson sort,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final UpdateOptions DEFAULT = new UpdateOptions(null, null, null, null, null, null, null, null, null);

    public UpdateOptions {
        arrayFilters = Check.copyOf(arrayFilters, "arrayFilters");
        Check.oneHint(hint, hintString);
    }

    /**
     * The same with another {@code upsert}.
     *
     * @param upsert whether a document is inserted when none matches; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions upsert(@Nullable Boolean upsert) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code arrayFilters}.
     *
     * @param arrayFilters which array elements {@code $[identifier]} stands for; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions arrayFilters(@Nullable List<Bson> arrayFilters) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public UpdateOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions collation(@Nullable Collation collation) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code hint}.
     *
     * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions hint(@Nullable Bson hint) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, null, let, sort, comment);
    }

    /**
     * The same with another {@code hintString}.
     *
     * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions hintString(@Nullable String hintString) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, null, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions let(@Nullable Bson let) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code sort}.
     *
     * @param sort the order that decides which document is updated when several match; needs server 8.0; {@code null}:
     *     not sent
     * @return a copy
     */
    public UpdateOptions sort(@Nullable Bson sort) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions comment(@Nullable BsonValue comment) {
        return new UpdateOptions(
                upsert, arrayFilters, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public UpdateOptions comment(@Nullable String comment) {
        return new UpdateOptions(
                upsert,
                arrayFilters,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                sort,
                comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "UpdateOptions",
                "upsert",
                upsert,
                "arrayFilters",
                arrayFilters,
                "bypassDocumentValidation",
                bypassDocumentValidation,
                "collation",
                collation,
                "hint",
                hint,
                "hintString",
                hintString,
                "let",
                let,
                "sort",
                sort,
                "comment",
                comment);
    }
}
