package dev.rotor.examples.quickstart;

/** Where tests reach into a run. The quickstart itself does nothing here. */
interface Hooks {
    /** Leaves everything as it is. */
    Hooks NONE = new Hooks() {};

    /**
     * A batch was handed to the driver; called by the thread that reads class files, before it reads on.
     *
     * @param sent how many documents were handed to the driver so far
     */
    default void batchSent(long sent) {}

    /**
     * The image was counted.
     *
     * @param counted what was counted
     * @return what the catalogue is compared with
     */
    default ImageCount expected(ImageCount counted) {
        return counted;
    }
}
