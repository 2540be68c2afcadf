package dev.rotor.conformance.unified.match;

import org.bson.BsonDocument;

/**
 * A log message of a client.
 *
 * @param level its level, as the specification calls it
 * @param component its component, as the specification calls it
 * @param data its key-value pairs
 */
public record LogEntry(String level, String component, BsonDocument data) {

    @Override
    public String toString() {
        return component + '/' + level + ' ' + Matcher.text(data);
    }
}
