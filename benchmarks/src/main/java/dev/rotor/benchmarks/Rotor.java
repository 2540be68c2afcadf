package dev.rotor.benchmarks;

import static dev.rotor.driver.model.Filters.eq;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Rotor; a caller that has to block joins the stage. */
final class Rotor implements AsyncSubject {

    private final MongoClient client;
    private final MongoDatabase admin;
    private final MongoCollection<Document> people;
    private final Document ping = People.ping();
    private final Document ada = People.ada();

    /**
     * @param uri where the server is
     * @param transport the transport's name, perhaps with further options of the connection string, each behind an
     *     ampersand; null for the default
     */
    Rotor(String uri, @Nullable String transport) {
        client = MongoClient.create(transport == null ? uri : uri + "/?transport=" + transport);
        admin = client.getDatabase("admin");
        people = client.getDatabase(DATABASE).getCollection(COLLECTION);
    }

    @Override
    public Object call(Operation operation) {
        return Objects.requireNonNull(stage(operation).toCompletableFuture().join());
    }

    @Override
    public void start(Operation operation, BiConsumer<@Nullable Object, @Nullable Throwable> done) {
        stage(operation).whenComplete(done);
    }

    private CompletionStage<? extends @Nullable Object> stage(Operation operation) {
        return switch (operation) {
            case PING -> admin.runCommand(ping);
            case FIND_ONE -> people.find(eq("_id", 1)).first();
            case INSERT_ONE -> people.insertOne(ada);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
