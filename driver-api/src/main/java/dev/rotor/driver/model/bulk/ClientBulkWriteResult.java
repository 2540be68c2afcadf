package dev.rotor.driver.model.bulk;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a bulk write of a client, or of the part of it that was done before it failed, as the Bulk Write
 * specification defines it.
 *
 * @param isAcknowledged whether servers said that it was done; {@code false} after a write with {@code w: 0}: then all
 *     counts are 0 and say nothing
 * @param insertedCount how many documents were inserted, without upserts
 * @param upsertedCount how many documents were inserted because none matched
 * @param matchedCount how many documents updates and replacements matched
 * @param modifiedCount how many of them were changed
 * @param deletedCount how many documents were deleted
 * @param verboseResults what became of each write; {@code null} unless {@link ClientBulkWriteOptions#verboseResults()}
 *     asked for it
 */
public record ClientBulkWriteResult(
        boolean isAcknowledged,
        long insertedCount,
        long upsertedCount,
        long matchedCount,
        long modifiedCount,
        long deletedCount,
        @Nullable Verbose verboseResults) {

    /** What is known of a write with {@code w: 0}: nothing. */
    public static final ClientBulkWriteResult UNACKNOWLEDGED = new ClientBulkWriteResult(false, 0, 0, 0, 0, 0, null);

    /**
     * What became of each write that was done, by its index in the call.
     *
     * @param insertResults of the inserts; unmodifiable, in the order of the call
     * @param updateResults of the updates and replacements; unmodifiable, in the order of the call
     * @param deleteResults of the deletes; unmodifiable, in the order of the call
     */
    public record Verbose(
            Map<Integer, ClientInsertOneResult> insertResults,
            Map<Integer, ClientUpdateResult> updateResults,
            Map<Integer, ClientDeleteResult> deleteResults) {

        public Verbose {
            insertResults = ordered(insertResults, "insertResults");
            updateResults = ordered(updateResults, "updateResults");
            deleteResults = ordered(deleteResults, "deleteResults");
        }

        private static <V> Map<Integer, V> ordered(Map<Integer, V> results, String name) {
            return Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(results, name)));
        }
    }
}
