package dev.rotor.driver.model;

/**
 * Whether change streams can see documents as they were before a change and as they are after it.
 *
 * @param enabled whether the images are kept
 */
public record ChangeStreamPreAndPostImagesOptions(boolean enabled) {

    /**
     * Says whether the images are kept.
     *
     * @param enabled whether the images are kept
     * @return the rest at its default
     */
    public static ChangeStreamPreAndPostImagesOptions create(boolean enabled) {
        return new ChangeStreamPreAndPostImagesOptions(enabled);
    }

    /** Only what is given. */
    @Override
    public String toString() {
        return OptionText.of("ChangeStreamPreAndPostImagesOptions", "enabled", enabled);
    }
}
