package dev.rotor.driver.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What became of a bulk write, or of the part of it that was done before it failed, as the CRUD specification defines
 * it.
 */
public final class BulkWriteResult {
    private static final BulkWriteResult UNACKNOWLEDGED =
            new BulkWriteResult(false, 0, 0, 0, 0, new IdsByIndex(new BsonValue[0]), List.of());

    private final boolean acknowledged;
    private final long insertedCount;
    private final long matchedCount;
    private final long modifiedCount;
    private final long deletedCount;
    private final Map<Integer, BsonValue> insertedIds;
    private final List<BulkWriteUpsert> upserts;

    private BulkWriteResult(
            boolean acknowledged,
            long insertedCount,
            long matchedCount,
            long modifiedCount,
            long deletedCount,
            Map<Integer, BsonValue> insertedIds,
            List<BulkWriteUpsert> upserts) {
        this.acknowledged = acknowledged;
        this.insertedCount = insertedCount;
        this.matchedCount = matchedCount;
        this.modifiedCount = modifiedCount;
        this.deletedCount = deletedCount;
        this.insertedIds = insertedIds;
        this.upserts = List.copyOf(upserts);
    }

    /**
     * The result of an acknowledged write.
     *
     * @param insertedCount how many documents were inserted, without upserts
     * @param matchedCount how many documents updates and replacements matched
     * @param modifiedCount how many of them were changed
     * @param deletedCount how many documents were deleted
     * @param insertedIds by the index of the write in the call: the {@code _id} of the document that it inserted,
     *     {@code null} where the write was no insert or did not happen; copied
     * @param upserts the documents that were inserted because none matched, in the order of the call
     * @return the result
     */
    public static BulkWriteResult acknowledged(
            long insertedCount,
            long matchedCount,
            long modifiedCount,
            long deletedCount,
            @Nullable BsonValue[] insertedIds,
            List<BulkWriteUpsert> upserts) {
        return new BulkWriteResult(
                true, insertedCount, matchedCount, modifiedCount, deletedCount, new IdsByIndex(insertedIds), upserts);
    }

    /**
     * The result of a write with {@code w: 0}.
     *
     * @return the result, which knows nothing
     */
    public static BulkWriteResult unacknowledged() {
        return UNACKNOWLEDGED;
    }

    /**
     * Whether servers said that it was done.
     *
     * @return {@code false} after a write with {@code w: 0}
     */
    public boolean isAcknowledged() {
        return acknowledged;
    }

    /**
     * How many documents were inserted, without those of {@link #upserts()}.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long insertedCount() {
        Acknowledgement.require(acknowledged, "how many documents were inserted");
        return insertedCount;
    }

    /**
     * How many documents updates and replacements matched.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long matchedCount() {
        Acknowledgement.require(acknowledged, "how many documents matched");
        return matchedCount;
    }

    /**
     * How many documents updates and replacements changed.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long modifiedCount() {
        Acknowledgement.require(acknowledged, "how many documents were changed");
        return modifiedCount;
    }

    /**
     * How many documents were deleted.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long deletedCount() {
        Acknowledgement.require(acknowledged, "how many documents were deleted");
        return deletedCount;
    }

    /**
     * How many documents were inserted because none matched.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long upsertedCount() {
        Acknowledgement.require(acknowledged, "how many documents were upserted");
        return upserts.size();
    }

    /**
     * The {@code _id} of each document that was inserted, by the index of its write in the call. Indexes of other
     * writes are missing.
     *
     * @return an unmodifiable map, in the order of the call
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public Map<Integer, BsonValue> insertedIds() {
        Acknowledgement.require(acknowledged, "which documents were inserted");
        return insertedIds;
    }

    /**
     * The documents that were inserted because none matched.
     *
     * @return an unmodifiable list, in the order of the call
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public List<BulkWriteUpsert> upserts() {
        Acknowledgement.require(acknowledged, "which documents were upserted");
        return upserts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BulkWriteResult that
                && acknowledged == that.acknowledged
                && insertedCount == that.insertedCount
                && matchedCount == that.matchedCount
                && modifiedCount == that.modifiedCount
                && deletedCount == that.deletedCount
                && insertedIds.equals(that.insertedIds)
                && upserts.equals(that.upserts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                acknowledged, insertedCount, matchedCount, modifiedCount, deletedCount, insertedIds, upserts);
    }

    /** The counts, not the ids: there may be very many. */
    @Override
    public String toString() {
        return acknowledged
                ? "BulkWriteResult{inserted=" + insertedCount + ", matched=" + matchedCount + ", modified="
                        + modifiedCount + ", deleted=" + deletedCount + ", upserted=" + upserts.size() + "}"
                : "BulkWriteResult{unacknowledged}";
    }
}
