package dev.rotor.driver.model;

import org.bson.BsonValue;

/**
 * What became of an insert, as the CRUD specification defines it.
 *
 * @param isAcknowledged whether a server said that it was done; {@code false} after a write with {@code w: 0}
 * @param insertedId the {@code _id} that was sent, whether the driver or the application made it
 */
public record InsertOneResult(boolean isAcknowledged, BsonValue insertedId) {}
