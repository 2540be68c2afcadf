package dev.rotor.driver.model.bulk;

import org.bson.BsonValue;

/**
 * What became of one insert of a bulk write.
 *
 * @param insertedId the {@code _id} that was sent, whether the driver or the application made it
 */
public record ClientInsertOneResult(BsonValue insertedId) {}
