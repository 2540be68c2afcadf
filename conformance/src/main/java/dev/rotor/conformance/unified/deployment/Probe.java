package dev.rotor.conformance.unified.deployment;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoDatabase;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Asks a deployment what it is. */
public final class Probe {

    private Probe() {}

    /** What there is at the end of this connection string. */
    public static Deployment ask(String uri, String transport) throws Exception {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .transport(transport)
                .build();
        try (MongoClient client = MongoClient.create(settings)) {
            MongoDatabase admin = client.getDatabase("admin");
            BsonDocument hello = run(admin, "hello", new BsonInt32(1));
            BsonArray version = run(admin, "buildInfo", new BsonInt32(1)).getArray("versionArray");
            return new Deployment(
                    topology(settings, hello),
                    new Version(number(version, 0), number(version, 1), number(version, 2)),
                    settings.credential() != null,
                    run(admin, "getParameter", new BsonString("*")));
        }
    }

    private static TopologyKind topology(MongoClientSettings settings, BsonDocument hello) {
        if (settings.topologySettings().loadBalanced()) {
            return TopologyKind.LOAD_BALANCED;
        }
        if (hello.containsKey("setName")) {
            return TopologyKind.REPLICA_SET;
        }
        boolean mongos =
                hello.isString("msg") && hello.getString("msg").getValue().equals("isdbgrid");
        return mongos ? TopologyKind.SHARDED : TopologyKind.SINGLE;
    }

    private static BsonDocument run(MongoDatabase admin, String command, BsonValue value) throws Exception {
        return admin.runCommand(new BsonDocument(command, value), BsonDocument.class)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static int number(BsonArray version, int index) {
        return version.get(index).asNumber().intValue();
    }
}
