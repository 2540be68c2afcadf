package dev.rotor.driver.model;

/**
 * How a collection is renamed.
 *
 * @param dropTarget whether a collection that has the new name already is dropped; default {@code false}: the rename
 *     fails then
 */
public record RenameCollectionOptions(boolean dropTarget) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final RenameCollectionOptions DEFAULT = new RenameCollectionOptions(false);

    /**
     * The same with another {@code dropTarget}.
     *
     * @param dropTarget whether a collection that has the new name already is dropped; default {@code false}: the
     *     rename fails then
     * @return a copy
     */
    public RenameCollectionOptions dropTarget(boolean dropTarget) {
        return new RenameCollectionOptions(dropTarget);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("RenameCollectionOptions", "dropTarget", dropTarget);
    }
}
