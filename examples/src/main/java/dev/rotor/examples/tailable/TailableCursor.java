package dev.rotor.examples.tailable;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.bson.Document;

/**
 * A log in a capped collection that one part of an application writes and another one follows. {@code examples/run
 * tailable} runs it.
 */
public final class TailableCursor {

    private static final int LINES = 20;
    private static final String END = "the end";

    private final MongoDatabase database;
    private final MongoCollection<Document> log;
    private final Consumer<String> tell;

    private TailableCursor(MongoClient client, Consumer<String> tell) {
        database = client.getDatabase("tailable");
        log = database.getCollection("log");
        this.tell = tell;
    }

    /**
     * Runs the example.
     *
     * @param arguments a connection string, or nothing
     */
    public static void main(String[] arguments) {
        Examples.main(arguments, example());
    }

    /**
     * The example.
     *
     * @return what {@link #main} runs
     */
    public static Example example() {
        return (client, tell) -> new TailableCursor(client, tell).run();
    }

    private CompletionStage<Void> run() {
        // Small enough that its first lines are gone before the last ones are written, if nobody reads them in time.
        CreateCollectionOptions capped = CreateCollectionOptions.DEFAULT.capped(64L * 1024);
        return log.drop()
                .thenCompose(none -> database.createCollection("log", capped))
                .thenCompose(none -> {
                    // It is empty now: the first cursors end at once, and the follower tries again.
                    CompletionStage<Void> followed = new Follower(log, this::print).follow();
                    return write(1).thenCompose(written -> followed);
                });
    }

    private boolean print(Document line) {
        tell.accept(line.getInteger("_id") + "  " + line.getString("text"));
        return !line.getString("text").equals(END);
    }

    private CompletionStage<Void> write(int number) {
        String text = number == LINES ? END : "line " + number;
        return log.insertOne(new Document("_id", number).append("text", text))
                .thenCompose(written -> number == LINES ? CompletableFuture.completedFuture(null) : write(number + 1));
    }
}
