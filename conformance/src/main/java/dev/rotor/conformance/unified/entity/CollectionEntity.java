package dev.rotor.conformance.unified.entity;

import dev.rotor.driver.MongoCollection;
import org.bson.BsonDocument;

/**
 * A collection of a case.
 *
 * @param collection the collection; its documents are not interpreted
 */
public record CollectionEntity(MongoCollection<BsonDocument> collection) {}
