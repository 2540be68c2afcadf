package dev.rotor.conformance.unified;

import dev.rotor.conformance.unified.entity.Await;
import dev.rotor.conformance.unified.entity.InternalClients;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCommandException;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;

/** Ends all sessions of a deployment, and their transactions with them. */
final class ServerSessions {

    /** Interrupted, which the command does to itself; Unauthorized, on servers that forbid it. */
    private static final Set<Integer> UNIMPORTANT = Set.of(11601, 13);

    private ServerSessions() {}

    static void killAll(InternalClients internal) throws Exception {
        for (MongoClient client : internal.everyMongos()) {
            try {
                Await.result(client.getDatabase("admin")
                        .runCommand(new BsonDocument("killAllSessions", new BsonArray()), BsonDocument.class));
            } catch (MongoCommandException failure) {
                if (!UNIMPORTANT.contains(failure.code())) {
                    throw failure;
                }
            }
        }
    }
}
