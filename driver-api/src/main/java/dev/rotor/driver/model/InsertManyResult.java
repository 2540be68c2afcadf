package dev.rotor.driver.model;

import java.util.Map;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What became of an insert of several documents, as the CRUD specification defines it. There is such a result only when
 * all went well; otherwise there is a {@link dev.rotor.driver.MongoBulkWriteException}.
 */
public final class InsertManyResult {
    private final boolean acknowledged;
    private final Map<Integer, BsonValue> insertedIds;

    /**
     * Makes a result.
     *
     * @param acknowledged whether a server said that it was done; {@code false} after a write with {@code w: 0}
     * @param insertedIds the {@code _id} of each document in the order of the call, {@code null} where there is none;
     *     copied
     */
    public InsertManyResult(boolean acknowledged, @Nullable BsonValue[] insertedIds) {
        this.acknowledged = acknowledged;
        this.insertedIds = new IdsByIndex(insertedIds);
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
     * The {@code _id} of each document as it was sent, by the document's index in the call.
     *
     * @return an unmodifiable map, in the order of the call
     */
    public Map<Integer, BsonValue> insertedIds() {
        return insertedIds;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InsertManyResult that
                && acknowledged == that.acknowledged
                && insertedIds.equals(that.insertedIds);
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(acknowledged) + insertedIds.hashCode();
    }

    /** How many, not which: there may be very many. */
    @Override
    public String toString() {
        return "InsertManyResult{acknowledged=" + acknowledged + ", inserted=" + insertedIds.size() + "}";
    }
}
