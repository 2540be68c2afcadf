package dev.rotor.testserver.engine;

import java.time.Clock;

/**
 * What kind of deployment the data belongs to.
 *
 * @param topology decides what is refused (a change stream on a standalone: 40573; transactions: 20)
 * @param version the version all members start with; a request carries the version of the member it came to
 * @param clock wall clock for operation times, {@code wallTime} and TTL
 */
public record EngineSettings(DeploymentKind topology, ServerVersion version, Clock clock) {}
