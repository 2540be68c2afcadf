package dev.rotor.driver.model.bulk;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What became of one update or replacement of a bulk write.
 *
 * @param matchedCount how many documents the server counts as matched, an upserted one among them
 * @param modifiedCount how many of them were changed
 * @param upsertedId the {@code _id} of the document that was inserted because none matched, which may be a BSON null;
 *     {@code null} when none was inserted
 */
public record ClientUpdateResult(long matchedCount, long modifiedCount, @Nullable BsonValue upsertedId) {}
