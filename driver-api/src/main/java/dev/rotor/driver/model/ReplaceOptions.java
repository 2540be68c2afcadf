package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a document is replaced, as the CRUD specification defines it.
 *
 * @param upsert whether a document is inserted when none matches; {@code null}: not sent
 * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
 * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
 * @param sort the order that decides which document is replaced when several match; needs server 8.0; {@code null}: not
 *     sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record ReplaceOptions(
        @Nullable Boolean upsert,
        @Nullable Boolean bypassDocumentValidation,
        @Nullable Collation collation,
        @Nullable Bson hint,
        @Nullable String hintString,
        @Nullable Bson let,
        @Nullable Bson sort,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final ReplaceOptions DEFAULT = new ReplaceOptions(null, null, null, null, null, null, null, null);

    public ReplaceOptions {
        Check.oneHint(hint, hintString);
    }

    /**
     * The same with another {@code upsert}.
     *
     * @param upsert whether a document is inserted when none matches; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions upsert(@Nullable Boolean upsert) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public ReplaceOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions collation(@Nullable Collation collation) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code hint}.
     *
     * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions hint(@Nullable Bson hint) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, null, let, sort, comment);
    }

    /**
     * The same with another {@code hintString}.
     *
     * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions hintString(@Nullable String hintString) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, null, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions let(@Nullable Bson let) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code sort}.
     *
     * @param sort the order that decides which document is replaced when several match; needs server 8.0; {@code null}:
     *     not sent
     * @return a copy
     */
    public ReplaceOptions sort(@Nullable Bson sort) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions comment(@Nullable BsonValue comment) {
        return new ReplaceOptions(upsert, bypassDocumentValidation, collation, hint, hintString, let, sort, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ReplaceOptions comment(@Nullable String comment) {
        return new ReplaceOptions(
                upsert,
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
                "ReplaceOptions",
                "upsert",
                upsert,
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
