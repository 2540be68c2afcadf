package dev.rotor.driver.model.changestream;

import java.util.Objects;

/**
 * Which state of a document a change stream shows with an update. A value that the driver does not know goes to the
 * server as it is.
 *
 * @param value how it is written in the {@code $changeStream} stage
 */
public record FullDocument(String value) {

    /** Only what changed: the server's default. */
    public static final FullDocument DEFAULT = new FullDocument("default");
    /** What changed and the document as it is some time after the change. */
    public static final FullDocument UPDATE_LOOKUP = new FullDocument("updateLookup");
    /** The document right after the change, where the server has kept it. Needs server 6.0. */
    public static final FullDocument WHEN_AVAILABLE = new FullDocument("whenAvailable");
    /** The document right after the change; an error where the server has not kept it. Needs server 6.0. */
    public static final FullDocument REQUIRED = new FullDocument("required");

    public FullDocument {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The value of that name.
     *
     * @param value how it is written in the {@code $changeStream} stage
     * @return the value
     */
    public static FullDocument of(String value) {
        return new FullDocument(value);
    }
}
