package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How a view is made.
 *
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record CreateViewOptions(@Nullable Collation collation, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final CreateViewOptions DEFAULT = new CreateViewOptions(null, null);

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public CreateViewOptions collation(@Nullable Collation collation) {
        return new CreateViewOptions(collation, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public CreateViewOptions comment(@Nullable BsonValue comment) {
        return new CreateViewOptions(collation, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public CreateViewOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("CreateViewOptions", "collation", collation, "comment", comment);
    }
}
