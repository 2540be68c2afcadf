package dev.rotor.testserver;

import dev.rotor.testserver.auth.ExternalUsers;
import dev.rotor.testserver.auth.Users;
import dev.rotor.testserver.engine.DeploymentKind;
import dev.rotor.testserver.engine.ServerVersion;
import dev.rotor.testserver.server.Deployment;
import dev.rotor.testserver.server.DeploymentSettings;
import dev.rotor.testserver.tls.ServerTls;
import dev.rotor.testserver.topology.WireVersions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the deployment shall be, before it starts. Not thread-safe; can be started several times. */
public final class TestServerBuilder {

    private final DeploymentKind kind;
    private final int members;
    private ServerVersion version = WireVersions.latestPatch(8, 2);
    private int firstPort;
    private String setName = "rs0";
    private Duration electionTimeout = Duration.ofMillis(200);
    private @Nullable String user;
    private @Nullable String password;
    private ExternalUsers external = new ExternalUsers();
    private @Nullable ServerTls tls;
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    TestServerBuilder(DeploymentKind kind, int members) {
        if (members < 1 || members > 7) {
            throw new IllegalArgumentException("a deployment has 1 to 7 members, not " + members);
        }
        this.kind = kind;
        this.members = members;
    }

    /**
     * Poses as that version: {@code "4.2"} to {@code "8.2"}, which means a late patch of it, or with a patch
     * {@code "8.0.4"}; 8.2 if not said.
     */
    public TestServerBuilder version(String text) {
        ServerVersion parsed = ServerVersion.parse(text);
        if (!parsed.atLeast(4, 2)) {
            throw new IllegalArgumentException("versions before 4.2 are not offered: " + text);
        }
        boolean withPatch = text.indexOf('.') != text.lastIndexOf('.');
        version = withPatch ? parsed : WireVersions.latestPatch(parsed.major(), parsed.minor());
        return this;
    }

    /** Clients must authenticate; this user exists at the start, in {@code admin}, with the role {@code root}. */
    public TestServerBuilder auth(String userName, String userPassword) {
        user = userName;
        password = userPassword;
        return this;
    }

    /**
     * Users whom the server does not store itself may authenticate as well: by PLAIN, MONGODB-AWS, MONGODB-OIDC and
     * MONGODB-X509, of which those are enabled that one of the users has now. To be said together with {@link #auth}.
     */
    public TestServerBuilder external(ExternalUsers users) {
        external = users;
        return this;
    }

    /** Clients must encrypt. */
    public TestServerBuilder tls(ServerTls encryption) {
        tls = encryption;
        return this;
    }

    /** Sets a server parameter, such as {@code requireApiVersion}, at the start, on every member. */
    public TestServerBuilder parameter(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    /** The first member listens at that port, the others at the next ones; any free ports if not said or 0. */
    public TestServerBuilder port(int port) {
        firstPort = port;
        return this;
    }

    /** Name of the replica set; {@code rs0} if not said. */
    public TestServerBuilder setName(String name) {
        setName = name;
        return this;
    }

    /** How long the members of a replica set miss their primary before they elect another; 200 ms if not said. */
    public TestServerBuilder electionTimeout(Duration timeout) {
        electionTimeout = timeout;
        return this;
    }

    /**
     * Starts all members.
     *
     * @throws java.io.UncheckedIOException if a port cannot be had
     */
    public TestServer start() {
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        if (!external.mechanisms().isEmpty()) {
            List<String> mechanisms = new ArrayList<>(Users.MECHANISMS);
            mechanisms.addAll(external.mechanisms());
            all.putIfAbsent("authenticationMechanisms", mechanisms);
        }
        return Deployment.start(new DeploymentSettings(
                kind,
                members,
                version,
                firstPort,
                setName,
                electionTimeout,
                user,
                password,
                tls,
                Map.copyOf(all),
                external));
    }
}
