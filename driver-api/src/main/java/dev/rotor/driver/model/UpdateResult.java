package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** What became of an update or a replacement, as the CRUD specification defines it. */
public final class UpdateResult {
    private static final UpdateResult UNACKNOWLEDGED = new UpdateResult(false, 0, 0, null);

    private final boolean acknowledged;
    private final long matchedCount;
    private final long modifiedCount;
    private final @Nullable BsonValue upsertedId;

    private UpdateResult(boolean acknowledged, long matchedCount, long modifiedCount, @Nullable BsonValue upsertedId) {
        this.acknowledged = acknowledged;
        this.matchedCount = matchedCount;
        this.modifiedCount = modifiedCount;
        this.upsertedId = upsertedId;
    }

    /**
     * The result of an acknowledged write.
     *
     * @param matchedCount how many documents matched, without one that was inserted
     * @param modifiedCount how many of them were changed
     * @param upsertedId the {@code _id} of the document that was inserted because none matched, or {@code null}
     * @return the result
     */
    public static UpdateResult acknowledged(long matchedCount, long modifiedCount, @Nullable BsonValue upsertedId) {
        return new UpdateResult(true, matchedCount, modifiedCount, upsertedId);
    }

    /**
     * The result of a write with {@code w: 0}.
     *
     * @return the result, which knows nothing
     */
    public static UpdateResult unacknowledged() {
        return UNACKNOWLEDGED;
    }

    /**
     * Whether a server said that it was done.
     *
     * @return {@code false} after a write with {@code w: 0}
     */
    public boolean isAcknowledged() {
        return acknowledged;
    }

    /**
     * How many documents matched the filter. A document that was inserted because none matched is not counted.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long matchedCount() {
        Acknowledgement.require(acknowledged, "how many documents matched");
        return matchedCount;
    }

    /**
     * How many documents were changed; one that had the new values already is not counted.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long modifiedCount() {
        Acknowledgement.require(acknowledged, "how many documents were changed");
        return modifiedCount;
    }

    /**
     * How many documents were inserted because none matched.
     *
     * @return 0 or 1
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long upsertedCount() {
        Acknowledgement.require(acknowledged, "whether a document was inserted");
        return upsertedId == null ? 0 : 1;
    }

    /**
     * The {@code _id} of the document that was inserted because none matched.
     *
     * @return the id, or {@code null} when none was inserted
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public @Nullable BsonValue upsertedId() {
        Acknowledgement.require(acknowledged, "whether a document was inserted");
        return upsertedId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpdateResult that
                && acknowledged == that.acknowledged
                && matchedCount == that.matchedCount
                && modifiedCount == that.modifiedCount
                && Objects.equals(upsertedId, that.upsertedId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(acknowledged, matchedCount, modifiedCount, upsertedId);
    }

    @Override
    public String toString() {
        return acknowledged
                ? OptionText.of(
                        "UpdateResult",
                        "matchedCount",
                        matchedCount,
                        "modifiedCount",
                        modifiedCount,
                        "upsertedId",
                        upsertedId)
                : "UpdateResult{unacknowledged}";
    }
}
