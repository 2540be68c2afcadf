package dev.rotor.driver.model;

import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is renamed.
 *
 * @param dropTarget whether a collection that has the new name already is dropped; default {@code false}: the rename
 *     fails then
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record RenameCollectionOptions(boolean dropTarget, @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final RenameCollectionOptions DEFAULT = new RenameCollectionOptions(false, null);

    /**
     * The same with another {@code dropTarget}.
     *
     * @param dropTarget whether a collection that has the new name already is dropped; default {@code false}: the
     *     rename fails then
     * @return a copy
     */
    public RenameCollectionOptions dropTarget(boolean dropTarget) {
        return new RenameCollectionOptions(dropTarget, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public RenameCollectionOptions comment(@Nullable BsonValue comment) {
        return new RenameCollectionOptions(dropTarget, comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public RenameCollectionOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("RenameCollectionOptions", "dropTarget", dropTarget, "comment", comment);
    }
}
