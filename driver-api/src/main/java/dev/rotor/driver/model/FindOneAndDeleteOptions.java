package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a document is found and deleted at once, as the CRUD specification defines it.
 *
 * @param projection which fields are returned; {@code null}: not sent
 * @param sort the order that decides which document is taken when several match; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
 * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record FindOneAndDeleteOptions(
        @Nullable Bson projection,
        @Nullable Bson sort,
        @Nullable Collation collation,
        @Nullable Bson hint,
        @Nullable String hintString,
        @Nullable Bson let,
        @Nullable Duration maxTime,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final FindOneAndDeleteOptions DEFAULT =
            new FindOneAndDeleteOptions(null, null, null, null, null, null, null, null);

    public FindOneAndDeleteOptions {
        Check.notNegative(maxTime, "maxTime");
        Check.oneHint(hint, hintString);
    }

    /**
     * The same with another {@code projection}.
     *
     * @param projection which fields are returned; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions projection(@Nullable Bson projection) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code sort}.
     *
     * @param sort the order that decides which document is taken when several match; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions sort(@Nullable Bson sort) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions collation(@Nullable Collation collation) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code hint}.
     *
     * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions hint(@Nullable Bson hint) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, null, let, maxTime, comment);
    }

    /**
     * The same with another {@code hintString}.
     *
     * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions hintString(@Nullable String hintString) {
        return new FindOneAndDeleteOptions(projection, sort, collation, null, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions let(@Nullable Bson let) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout
     *     of client, database or collection; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public FindOneAndDeleteOptions maxTime(@Nullable Duration maxTime) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions comment(@Nullable BsonValue comment) {
        return new FindOneAndDeleteOptions(projection, sort, collation, hint, hintString, let, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public FindOneAndDeleteOptions comment(@Nullable String comment) {
        return new FindOneAndDeleteOptions(
                projection,
                sort,
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
                "FindOneAndDeleteOptions",
                "projection",
                projection,
                "sort",
                sort,
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
