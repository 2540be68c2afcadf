package dev.rotor.packaging;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoConfigurationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * Writes and reads a document over each transport that it is told, and prints what it ran on. The first argument is a
 * connection string without options, ending in a slash; each other one is the name of a transport, or {@code -} for
 * none.
 */
public final class Consumer {

    private static final String DEFAULT = "-";

    private Consumer() {}

    /**
     * Runs.
     *
     * @param args where to connect, then transports
     */
    public static void main(String[] args) throws Exception {
        for (int i = 1; i < args.length; i++) {
            System.out.println(args[i] + ": " + over(args[i], args[0]));
        }
    }

    private static String over(String transport, String uri) throws Exception {
        String option = transport.equals(DEFAULT) ? "" : "?transport=" + transport;
        try (MongoClient client = MongoClient.create(uri + option)) {
            MongoCollection<Document> people = client.getDatabase("app").getCollection("people");
            result(people.deleteOne(new Document("_id", transport)));
            result(people.insertOne(new Document("_id", transport).append("name", "Ada")));
            Document found = result(people.find(new Document("_id", transport)).first());
            return "found " + found.getString("name") + " by "
                    + client.transport().name() + ", " + client.transport().reason();
        } catch (MongoConfigurationException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static <T> T result(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
