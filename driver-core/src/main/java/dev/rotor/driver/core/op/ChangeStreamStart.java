package dev.rotor.driver.core.op;

import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * From where on a change stream reports. The server refuses more than one of these, which is for it to say.
 *
 * @param startAfter behind this token, even if that is of an invalidation
 * @param resumeAfter behind this token
 * @param startAtOperationTime with the changes of this time
 */
record ChangeStreamStart(
        @Nullable BsonDocument startAfter,
        @Nullable BsonDocument resumeAfter,
        @Nullable BsonTimestamp startAtOperationTime) {}
