package dev.rotor.testserver.storage;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.query.BsonSize;
import org.jspecify.annotations.Nullable;

/**
 * A document of a collection through time. While a transaction has an uncommitted write on it, it belongs to that
 * transaction ({@link #owner}): other writers conflict or wait, readers see the version of their time.
 */
public final class StoredRecord {
    private static final int KEPT_VERSIONS = 256;
    private static final int KEPT_LARGE_VERSIONS = 8;
    private static final int LARGE = 16 * 1024;

    private final long id;
    private @Nullable Version newest;
    private int versions;
    private @Nullable Overlay owner;

    StoredRecord(long id) {
        this.id = id;
    }

    /** Position in natural order. */
    public long id() {
        return id;
    }

    /** The transaction with an uncommitted write on this record, or null. */
    public @Nullable Overlay owner() {
        return owner;
    }

    void own(@Nullable Overlay overlay) {
        owner = overlay;
    }

    /** The newest committed document, or null if it is deleted or not committed yet. */
    public @Nullable Document committed() {
        return newest == null ? null : newest.document();
    }

    /** When the newest committed version was written; 0 if there is none. */
    public long committedAt() {
        return newest == null ? 0 : newest.time();
    }

    /** The document as a reader at {@code at} sees it, or null. */
    public @Nullable Document seenAt(ReadPoint at) {
        Overlay overlay = at.overlay();
        if (overlay != null && overlay == owner) {
            return overlay.documentOf(this);
        }
        Version version = newest;
        while (version != null && version.time() > at.time()) {
            version = version.older();
        }
        return version == null ? null : version.document();
    }

    /** Adds a version; returns the time below which history was given up, or 0. */
    long push(long time, @Nullable Document document) {
        newest = new Version(time, document, newest);
        int most = document != null && BsonSize.of(document) > LARGE ? KEPT_LARGE_VERSIONS : KEPT_VERSIONS;
        if (++versions <= most) {
            return 0;
        }
        // A document that is written without end: the older half of its history goes.
        Version kept = null;
        Version each = newest;
        Version[] all = new Version[most / 2];
        for (int i = 0; i < all.length && each != null; i++, each = each.older()) {
            all[i] = each;
        }
        for (int i = all.length - 1; i >= 0; i--) {
            kept = new Version(all[i].time(), all[i].document(), kept);
        }
        newest = kept;
        versions = all.length;
        return all[all.length - 1].time();
    }
}
