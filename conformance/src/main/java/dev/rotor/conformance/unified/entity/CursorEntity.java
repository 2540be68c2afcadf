package dev.rotor.conformance.unified.entity;

import dev.rotor.driver.AsyncCursor;
import org.bson.BsonDocument;

/**
 * An open cursor of a case.
 *
 * @param kind what the format calls it: change stream, find cursor or command cursor
 * @param cursor the cursor; its server-side cursor exists
 */
public record CursorEntity(String kind, AsyncCursor<BsonDocument> cursor) {}
