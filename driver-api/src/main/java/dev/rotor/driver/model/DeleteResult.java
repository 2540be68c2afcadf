package dev.rotor.driver.model;

import org.jspecify.annotations.Nullable;

/** What became of a delete, as the CRUD specification defines it. */
public final class DeleteResult {
    private static final DeleteResult UNACKNOWLEDGED = new DeleteResult(false, 0);

    private final boolean acknowledged;
    private final long deletedCount;

    private DeleteResult(boolean acknowledged, long deletedCount) {
        this.acknowledged = acknowledged;
        this.deletedCount = deletedCount;
    }

    /**
     * The result of an acknowledged write.
     *
     * @param deletedCount how many documents were deleted
     * @return the result
     */
    public static DeleteResult acknowledged(long deletedCount) {
        return new DeleteResult(true, deletedCount);
    }

    /**
     * The result of a write with {@code w: 0}.
     *
     * @return the result, which knows nothing
     */
    public static DeleteResult unacknowledged() {
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
     * How many documents were deleted.
     *
     * @return 0 or more
     * @throws UnsupportedOperationException if the write was not acknowledged
     */
    public long deletedCount() {
        Acknowledgement.require(acknowledged, "how many documents were deleted");
        return deletedCount;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeleteResult that
                && acknowledged == that.acknowledged
                && deletedCount == that.deletedCount;
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(acknowledged) + Long.hashCode(deletedCount);
    }

    @Override
    public String toString() {
        return acknowledged ? "DeleteResult{deletedCount=" + deletedCount + "}" : "DeleteResult{unacknowledged}";
    }
}
