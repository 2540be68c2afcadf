package dev.rotor.driver.model.changestream;

import java.util.Objects;

/**
 * Whether a change stream shows documents as they were before the change. Needs server 6.0 and a collection that keeps
 * such images. A value that the driver does not know goes to the server as it is.
 *
 * @param value how it is written in the {@code $changeStream} stage
 */
public record FullDocumentBeforeChange(String value) {

    /** It does not: the server's default. */
    public static final FullDocumentBeforeChange OFF = new FullDocumentBeforeChange("off");
    /** It does, where the server has kept the document. */
    public static final FullDocumentBeforeChange WHEN_AVAILABLE = new FullDocumentBeforeChange("whenAvailable");
    /** It does; an error where the server has not kept the document. */
    public static final FullDocumentBeforeChange REQUIRED = new FullDocumentBeforeChange("required");

    public FullDocumentBeforeChange {
        Objects.requireNonNull(value, "value");
    }

    /**
     * The value of that name.
     *
     * @param value how it is written in the {@code $changeStream} stage
     * @return the value
     */
    public static FullDocumentBeforeChange of(String value) {
        return new FullDocumentBeforeChange(value);
    }
}
