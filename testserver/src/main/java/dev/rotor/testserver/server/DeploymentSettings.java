package dev.rotor.testserver.server;

import dev.rotor.testserver.auth.ExternalUsers;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.tls.ServerTls;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for: {@code firstPort} is 0 for any free ports, {@code user} and {@code password} are null without
 * authentication, {@code tls} is null for plain text.
 */
public record DeploymentSettings(
        DeploymentKind kind,
        int members,
        ServerVersion version,
        int firstPort,
        String setName,
        Duration electionTimeout,
        @Nullable String user,
        @Nullable String password,
        @Nullable ServerTls tls,
        Map<String, Object> parameters,
        ExternalUsers external) {

    @Override
    public String toString() {
        return "DeploymentSettings[" + kind + ", " + members + ", " + version + "]";
    }
}
