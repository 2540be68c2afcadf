package dev.rotor.testserver;

import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ServerVersion;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts deployments; the members land with their network. */
final class Deployments {

    private Deployments() {}

    static TestServer start(
            DeploymentKind kind,
            int members,
            ServerVersion version,
            int firstPort,
            String setName,
            Duration electionTimeout,
            @Nullable String user,
            @Nullable String password,
            Map<String, Object> parameters) {
        if (members < 1) {
            throw new IllegalArgumentException("no members");
        }
        throw new UnsupportedOperationException("no " + kind + " yet");
    }
}
