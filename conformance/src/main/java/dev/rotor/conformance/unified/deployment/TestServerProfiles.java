package dev.rotor.conformance.unified.deployment;

import dev.rotor.testserver.TestServer;
import dev.rotor.testserver.TestServerBuilder;
import dev.rotor.testserver.auth.ExternalUsers;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The deployments that the test server poses as. Together they can run every case that has not to be skipped. */
public final class TestServerProfiles {

    /** The token of an identity provider that those take where clients must authenticate. */
    public static final String OIDC_TOKEN = "conformance-token";

    private static final String USER = "conformance";
    private static final String PASSWORD = "conformance-password";
    /** The fewest that a server's parameters allow. */
    private static final int FEW_ITERATIONS = 5_000;

    private static final int MONGOS = 2;
    private static final int MEMBERS = 3;

    private TestServerProfiles() {}

    /** All of them: those that can run the most cases come first. */
    public static List<Profile> all(String transport) {
        return List.of(
                profile(TopologyKind.REPLICA_SET, "8.2.1", false, transport),
                profile(TopologyKind.SHARDED, "8.2.1", false, transport),
                profile(TopologyKind.LOAD_BALANCED, "8.2.1", false, transport),
                profile(TopologyKind.SINGLE, "8.2.1", false, transport),
                profile(TopologyKind.REPLICA_SET, "4.2.25", false, transport),
                profile(TopologyKind.REPLICA_SET, "6.0.20", false, transport),
                profile(TopologyKind.REPLICA_SET, "8.1.1", false, transport),
                profile(TopologyKind.SHARDED, "4.2.25", false, transport),
                profile(TopologyKind.SHARDED, "8.1.1", true, transport),
                profile(TopologyKind.SINGLE, "8.1.1", true, transport),
                profile(TopologyKind.LOAD_BALANCED, "8.1.1", true, transport));
    }

    private static Profile profile(TopologyKind topology, String version, boolean auth, String transport) {
        Deployment deployment = new Deployment(topology, Version.parse(version), auth, parameters(auth));
        String name = topology.word() + '-' + version.substring(0, version.lastIndexOf('.')) + (auth ? "-auth" : "");
        return new Profile(name, deployment, () -> start(deployment, transport));
    }

    private static BsonDocument parameters(boolean auth) {
        BsonArray mechanisms = new BsonArray(List.of(new BsonString("SCRAM-SHA-1"), new BsonString("SCRAM-SHA-256")));
        if (auth) {
            mechanisms.add(new BsonString("MONGODB-OIDC"));
        }
        return new BsonDocument("enableTestCommands", BsonBoolean.TRUE)
                .append("acceptApiVersion2", BsonBoolean.TRUE)
                .append("requireApiVersion", BsonBoolean.FALSE)
                .append("authenticationMechanisms", mechanisms);
    }

    private static RunningDeployment start(Deployment deployment, String transport) {
        TestServerBuilder builder =
                switch (deployment.topology()) {
                    case SINGLE -> TestServer.standalone();
                    case REPLICA_SET -> TestServer.replicaSet(MEMBERS);
                    case SHARDED -> TestServer.sharded(MONGOS);
                    case LOAD_BALANCED -> TestServer.loadBalanced(MONGOS);
                };
        builder.version(deployment.version().toString()).parameter("acceptApiVersion2", true);
        if (deployment.auth()) {
            // Clients that are new have to authenticate within the few milliseconds that some cases give an operation.
            ExternalUsers external = new ExternalUsers();
            external.addToken(OIDC_TOKEN, USER);
            builder.auth(USER, PASSWORD)
                    .external(external)
                    .parameter("scramIterationCount", FEW_ITERATIONS)
                    .parameter("scramSHA256IterationCount", FEW_ITERATIONS);
        }
        TestServer server = builder.start();
        String credential = deployment.auth() ? USER + ':' + PASSWORD + '@' : "";
        return switch (deployment.topology()) {
            case SINGLE ->
                running(deployment, uri(credential, server.addresses().get(0), ""), transport, server);
            case REPLICA_SET ->
                running(
                        deployment,
                        uri(credential, String.join(",", server.addresses()), "?replicaSet=" + server.setName()),
                        transport,
                        server);
            case SHARDED ->
                new RunningDeployment(
                        deployment,
                        uri(credential, String.join(",", server.addresses()), ""),
                        uri(credential, server.addresses().get(0), ""),
                        transport,
                        server::close);
            case LOAD_BALANCED ->
                new RunningDeployment(
                        deployment,
                        uri(credential, server.loadBalancerAddresses().get(1), "?loadBalanced=true"),
                        uri(credential, server.loadBalancerAddresses().get(0), "?loadBalanced=true"),
                        transport,
                        server::close);
        };
    }

    private static String uri(String credential, String hosts, String options) {
        return "mongodb://" + credential + hosts + '/' + options;
    }

    private static RunningDeployment running(Deployment deployment, String uri, String transport, TestServer server) {
        return new RunningDeployment(deployment, uri, uri, transport, server::close);
    }
}
