package dev.rotor.examples.recording;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.testserver.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Finds a document with a server and a record, and again with the record alone. */
public final class Replay {

    private Replay() {}

    /**
     * Runs it.
     *
     * @param arguments none
     * @throws IOException if there is no place for the record
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Files.createTempFile("rotor", ".record");
        try {
            run(file, System.out::println);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static void run(Path file, Consumer<String> tell) {
        String server;
        // snippet: replay
        System.setProperty(RecordingProvider.FILE, file.toString());
        try (TestServer running = TestServer.standalone().start()) {
            server = running.connectionString().replaceFirst("/?$", "/");
            Document found = with(server + "?transport=recording", books -> books.insertOne(flatland())
                    .thenCompose(inserted -> books.findOne(new Document("_id", 1))));
            tell.accept("with the server: " + found);
        }
        Document again = with(server + "?transport=replaying", books -> books.findOne(new Document("_id", 1)));
        tell.accept("without any server: " + again);
        // end
    }

    private static Document flatland() {
        return new Document("_id", 1).append("title", "Flatland");
    }

    /** Creates a client, uses it, and closes it. */
    private static @Nullable Document with(
            String uri, Function<MongoCollection<Document>, CompletionStage<@Nullable Document>> use) {
        try (MongoClient client = MongoClient.create(uri)) {
            return use.apply(client.getDatabase("shop").getCollection("books"))
                    .toCompletableFuture()
                    .join();
        }
    }
}
