package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.deployment.RunningDeployment;
import dev.rotor.conformance.unified.deployment.TopologyKind;
import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The clients with which the runner itself works: sets data up, looks results up, and cleans up. */
public final class InternalClients implements AutoCloseable {

    private final RunningDeployment running;
    private final MongoClient main;
    private final Map<ServerAddress, MongoClient> direct = new ConcurrentHashMap<>();

    /** @param running what to connect to; of several mongos the first is worked with */
    public InternalClients(RunningDeployment running) {
        this.running = running;
        this.main = create(running.singleUri());
    }

    private MongoClient create(String uri) {
        return MongoClient.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .transport(running.transport())
                .build());
    }

    /** The client for setting up and looking up. */
    public MongoClient main() {
        return main;
    }

    /** A client that talks to this server only. */
    public MongoClient at(ServerAddress address) {
        TopologyKind topology = running.deployment().topology();
        boolean mainTalksToItOnly = topology != TopologyKind.REPLICA_SET
                && main.settings().topologySettings().hosts().equals(List.of(address));
        if (topology == TopologyKind.LOAD_BALANCED || mainTalksToItOnly) {
            return main;
        }
        return direct.computeIfAbsent(address, this::connectTo);
    }

    private MongoClient connectTo(ServerAddress address) {
        return create(UriText.parse(running.uri())
                .withHost(address.toString())
                .with(new BsonDocument("directConnection", new BsonString("true")))
                .toString());
    }

    /** A client for each mongos of a sharded cluster; for others the one that there is. */
    public List<MongoClient> everyMongos() {
        if (running.deployment().topology() != TopologyKind.SHARDED) {
            return List.of(main);
        }
        List<MongoClient> clients = new ArrayList<>();
        new ConnectionString(running.uri()).hosts().forEach(host -> clients.add(at(host)));
        return clients;
    }

    @Override
    public void close() {
        direct.values().forEach(MongoClient::close);
        main.close();
    }
}
