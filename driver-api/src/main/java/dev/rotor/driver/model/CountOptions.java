package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How documents are counted, as the CRUD specification defines it.
 *
 * @param skip how many of the matching documents are passed over; not negative; {@code null}: not sent
 * @param limit at which number counting stops; positive; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
 * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
 * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout of
 *     client, database or collection; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record CountOptions(
        @Nullable Long skip,
        @Nullable Long limit,
        @Nullable Collation collation,
        @Nullable Bson hint,
        @Nullable String hintString,
        @Nullable Duration maxTime,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final CountOptions DEFAULT = new CountOptions(null, null, null, null, null, null, null);

    public CountOptions {
        Check.notNegative(skip, "skip");
        Check.positive(limit, "limit");
        Check.notNegative(maxTime, "maxTime");
        Check.oneHint(hint, hintString);
    }

    /**
     * The same with another {@code skip}.
     *
     * @param skip how many of the matching documents are passed over; not negative; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public CountOptions skip(@Nullable Long skip) {
        return new CountOptions(skip, limit, collation, hint, hintString, maxTime, comment);
    }

    /**
     * The same with another {@code limit}.
     *
     * @param limit at which number counting stops; positive; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public CountOptions limit(@Nullable Long limit) {
        return new CountOptions(skip, limit, collation, hint, hintString, maxTime, comment);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public CountOptions collation(@Nullable Collation collation) {
        return new CountOptions(skip, limit, collation, hint, hintString, maxTime, comment);
    }

    /**
     * The same with another {@code hint}.
     *
     * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
     * @return a copy
     */
    public CountOptions hint(@Nullable Bson hint) {
        return new CountOptions(skip, limit, collation, hint, null, maxTime, comment);
    }

    /**
     * The same with another {@code hintString}.
     *
     * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
     * @return a copy
     */
    public CountOptions hintString(@Nullable String hintString) {
        return new CountOptions(skip, limit, collation, null, hintString, maxTime, comment);
    }

    /**
     * The same with another {@code maxTime}.
     *
     * @param maxTime how long the server may work on it, in whole milliseconds; not negative; superseded by the timeout
     *     of client, database or collection; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public CountOptions maxTime(@Nullable Duration maxTime) {
        return new CountOptions(skip, limit, collation, hint, hintString, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public CountOptions comment(@Nullable BsonValue comment) {
        return new CountOptions(skip, limit, collation, hint, hintString, maxTime, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public CountOptions comment(@Nullable String comment) {
        return new CountOptions(
                skip, limit, collation, hint, hintString, maxTime, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "CountOptions",
                "skip",
                skip,
                "limit",
                limit,
                "collation",
                collation,
                "hint",
                hint,
                "hintString",
                hintString,
                "maxTime",
                maxTime,
                "comment",
                comment);
    }
}
