package dev.rotor.conformance.unified.entity;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.ServerAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/** The fail points that a case has configured, so that they can be turned off again where they were. */
public final class FailPoints {

    private final InternalClients internal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Configured> configured = new LinkedHashSet<>();

    private record Configured(String name, @Nullable ServerAddress server) {}

    /** @param internal turn the fail points off */
    public FailPoints(InternalClients internal) {
        this.internal = internal;
    }

    /**
     * Configures a fail point.
     *
     * @param client sends the command, to the primary
     * @param server which server that is, or {@code null} where the deployment has only one
     * @param command the command
     */
    public void configure(MongoClient client, @Nullable ServerAddress server, BsonDocument command) throws Exception {
        lock.lock();
        try {
            configured.add(
                    new Configured(command.getString("configureFailPoint").getValue(), server));
        } finally {
            lock.unlock();
        }
        run(client, command);
    }

    /** Turns all of them off. */
    public void turnOff() throws Exception {
        Set<Configured> all;
        lock.lock();
        try {
            all = Set.copyOf(configured);
            configured.clear();
        } finally {
            lock.unlock();
        }
        for (Configured each : all) {
            MongoClient client = each.server() == null ? internal.main() : internal.at(each.server());
            run(
                    client,
                    new BsonDocument("configureFailPoint", new BsonString(each.name()))
                            .append("mode", new BsonString("off")));
        }
    }

    private static void run(MongoClient client, BsonDocument command) throws Exception {
        Await.result(client.getDatabase("admin").runCommand(command, ReadPreference.PRIMARY, BsonDocument.class));
    }
}
