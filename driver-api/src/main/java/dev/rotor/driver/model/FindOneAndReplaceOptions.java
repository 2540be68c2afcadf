package dev.rotor.driver.model;

import java.time.Duration;
import java.util.Objects;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a document is found and replaced at once, as the CRUD specification defines it.
 *
 * @param returnDocument whether the document is returned as it was before or as it is after; default before
 * @param upsert whether a document is inserted when none matches; {@code null}: not sent
 * @param projection which fields are returned; {@code null}: not sent
 * @param sort the order that decides which document is taken when several match; {@code null}: not sent
 * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
 * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record FindOneAndReplaceOptions(
        ReturnDocument returnDocument,
        @Nullable Boolean upsert,
        @Nullable Bson projection,
        @Nullable Bson sort,
        @Nullable Boolean bypassDocumentValidation,
        @Nullable Collation collation,
        @Nullable Bson hint,
        @Nullable String hintString,
        @Nullable Bson let,
        @Nullable Duration maxTime,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final FindOneAndReplaceOptions DEFAULT = new FindOneAndReplaceOptions(
            ReturnDocument.BEFORE, null, null, null, null, null, null, null, null, null, null);

    public FindOneAndReplaceOptions {
        Objects.requireNonNull(returnDocument, "returnDocument");
        Check.notNegative(maxTime, "maxTime");
        Check.oneHint(hint, hintString);
    }

    /**
     * The same with another {@code returnDocument}.
     *
     * @param returnDocument whether the document is returned as it was before or as it is after; default before
     * @return a copy
     */
    public FindOneAndReplaceOptions returnDocument(ReturnDocument returnDocument) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code upsert}.
     *
     * @param upsert whether a document is inserted when none matches; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions upsert(@Nullable Boolean upsert) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code projection}.
     *
     * @param projection which fields are returned; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions projection(@Nullable Bson projection) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code sort}.
     *
     * @param sort the order that decides which document is taken when several match; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions sort(@Nullable Bson sort) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code bypassDocumentValidation}.
     *
     * @param bypassDocumentValidation whether the write passes by the rules that validate documents; {@code null}: not
     *     sent
     * @return a copy
     */
    public FindOneAndReplaceOptions bypassDocumentValidation(@Nullable Boolean bypassDocumentValidation) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions collation(@Nullable Collation collation) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code hint}.
     *
     * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions hint(@Nullable Bson hint) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                null,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code hintString}.
     *
     * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions hintString(@Nullable String hintString) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                null,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions let(@Nullable Bson let) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout
     *     of client, database or collection; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public FindOneAndReplaceOptions maxTime(@Nullable Duration maxTime) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions comment(@Nullable BsonValue comment) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndReplaceOptions comment(@Nullable String comment) {
        return new FindOneAndReplaceOptions(
                returnDocument,
                upsert,
                projection,
                sort,
                bypassDocumentValidation,
                collation,
                hint,
                hintString,
                let,
                maxTime,
                comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "FindOneAndReplaceOptions",
                "returnDocument",
                returnDocument == ReturnDocument.BEFORE ? null : returnDocument,
                "upsert",
                upsert,
                "projection",
                projection,
                "sort",
                sort,
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
                "maxTime",
                maxTime,
                "comment",
                comment);
    }
}
