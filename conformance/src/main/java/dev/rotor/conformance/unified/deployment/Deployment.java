package dev.rotor.conformance.unified.deployment;

import org.bson.BsonDocument;

/**
 * What is known of a deployment when it is decided whether a case can run on it.
 *
 * @param topology its kind
 * @param version of its servers
 * @param auth whether clients must authenticate
 * @param parameters its server parameters
 */
public record Deployment(TopologyKind topology, Version version, boolean auth, BsonDocument parameters) {}
