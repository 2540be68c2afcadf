package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How documents are deleted, as the CRUD specification defines it.
 *
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
 * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
 * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record DeleteOptions(
        @Nullable Collation collation,
        @Nullable Bson hint,
        @Nullable String hintString,
        @Nullable Bson let,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(null, null, null, null, null);

    public DeleteOptions {
        Check.oneHint(hint, hintString);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public DeleteOptions collation(@Nullable Collation collation) {
        return new DeleteOptions(collation, hint, hintString, let, comment);
    }

    /**
     * The same with another {@code hint}.
     *
     * @param hint the key pattern of the index to use; takes the place of {@code hintString}; {@code null}: not sent
     * @return a copy
     */
    public DeleteOptions hint(@Nullable Bson hint) {
        return new DeleteOptions(collation, hint, null, let, comment);
    }

    /**
     * The same with another {@code hintString}.
     *
     * @param hintString the name of the index to use; takes the place of {@code hint}; {@code null}: not sent
     * @return a copy
     */
    public DeleteOptions hintString(@Nullable String hintString) {
        return new DeleteOptions(collation, null, hintString, let, comment);
    }

    /**
     * The same with another {@code let}.
     *
     * @param let variables that expressions can use as {@code $$name}; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public DeleteOptions let(@Nullable Bson let) {
        return new DeleteOptions(collation, hint, hintString, let, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public DeleteOptions comment(@Nullable BsonValue comment) {
        return new DeleteOptions(collation, hint, hintString, let, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public DeleteOptions comment(@Nullable String comment) {
        return new DeleteOptions(collation, hint, hintString, let, comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "DeleteOptions",
                "collation",
                collation,
                "hint",
                hint,
                "hintString",
                hintString,
                "let",
                let,
                "comment",
                comment);
    }
}
