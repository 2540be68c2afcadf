package dev.rotor.driver.model;

import org.jspecify.annotations.Nullable;

/**
 * How a view is made.
 *
 * @param collation the rules by which strings are compared; {@code null}: not sent
 */
public record CreateViewOptions(@Nullable Collation collation) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final CreateViewOptions DEFAULT = new CreateViewOptions(null);

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public CreateViewOptions collation(@Nullable Collation collation) {
        return new CreateViewOptions(collation);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of("CreateViewOptions", "collation", collation);
    }
}
