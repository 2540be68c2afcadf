package dev.rotor.driver.model.bulk;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What became of one insert of a bulk write.
 *
 * @param insertedId the {@code _id} that was sent; {@code null} when the server makes it because a raw document without
 *     one was sent as it is
 */
public record ClientInsertOneResult(@Nullable BsonValue insertedId) {}
