package dev.rotor.benchmarks;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Objects;
import org.bson.Document;

/** The official driver whose calls block. */
final class OfficialSync implements Subject {

    private final MongoClient client;
    private final MongoDatabase admin;
    private final MongoCollection<Document> people;
    private final Document ping = People.ping();
    private final Document ada = People.ada();

    OfficialSync(String uri) {
        client = MongoClients.create(uri);
        admin = client.getDatabase("admin");
        people = client.getDatabase(DATABASE).getCollection(COLLECTION);
    }

    @Override
    public Object call(Operation operation) {
        return switch (operation) {
            case PING -> admin.runCommand(ping);
            case FIND_ONE -> Objects.requireNonNull(people.find(eq("_id", 1)).first());
            case INSERT_ONE -> people.insertOne(ada);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
