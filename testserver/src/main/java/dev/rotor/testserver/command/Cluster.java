package dev.rotor.testserver.command;

import dev.rotor.testserver.auth.Users;
import dev.rotor.testserver.engine.CommandEngine;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.session.SessionCatalog;
import dev.rotor.testserver.topology.Topology;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What the members of a deployment share.
 *
 * @param auth whether clients must authenticate
 * @param parameters server parameters that were given at the start
 */
public record Cluster(
        DeploymentKind kind,
        ServerVersion version,
        String setName,
        List<String> addresses,
        boolean auth,
        Map<String, Object> parameters,
        CommandEngine engine,
        ClusterClock clusterClock,
        SessionCatalog sessions,
        Users users,
        Topology topology,
        Clock clock) {}
