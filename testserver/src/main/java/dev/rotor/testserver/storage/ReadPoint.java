package dev.rotor.testserver.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a reader sees: what was committed up to a time, and the writes of its own transaction.
 *
 * @param time the newest time that is seen
 * @param overlay the reader's transaction, or null
 */
public record ReadPoint(long time, @Nullable Overlay overlay) {
    /** All that is committed. */
    public static final ReadPoint LATEST = new ReadPoint(Long.MAX_VALUE, null);

    public boolean isLatest() {
        return time == Long.MAX_VALUE && overlay == null;
    }
}
