package dev.rotor.examples.live;

import static dev.rotor.driver.model.Aggregates.match;
import static dev.rotor.driver.model.Filters.in;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.WatchQuery;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import dev.rotor.examples.web.Answers;
import dev.rotor.examples.web.LiveChanges;
import dev.rotor.examples.web.WebExample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;

/**
 * A page that shows notes as they are written, by whomever: open it in two windows and write in one.
 * {@code examples/run live} starts it.
 */
public final class LivePage implements AutoCloseable {

    private static final int MAX_NOTE_BYTES = 2_000;

    private final MongoCollection<Document> notes;
    private final HttpServer server;
    private final LiveChanges changes;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private LivePage(MongoClient client, int port) throws IOException {
        notes = notes(client);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", Answers.page(LivePage.class, "live.html", "live.js", "live.css"));
        changes = new LiveChanges(changes(notes), LivePage::event, threads);
        server.createContext("/changes", changes);
        server.createContext("/notes", this::write);
    }

    /**
     * Starts the example on port 8080 of this machine, or on another one if that is taken, until it is interrupted.
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
        return WebExample.of(
                client -> changes(notes(client)),
                (client, port) -> "open " + start(client, port).address()
                        + " in two windows, and write a note in one of them; Ctrl-C ends it");
    }

    /**
     * Starts the page.
     *
     * @param client of a replica set or a sharded cluster; stays the caller's
     * @param port 0 for any
     * @return what is to be closed before the client
     * @throws IOException if the port cannot be listened on
     */
    public static LivePage start(MongoClient client, int port) throws IOException {
        LivePage page = new LivePage(client, port);
        page.server.start();
        return page;
    }

    /** Where the page is. */
    public String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        changes.close();
        threads.shutdownNow();
    }

    private static MongoCollection<Document> notes(MongoClient client) {
        return client.getDatabase("live").getCollection("notes");
    }

    private static WatchQuery<ChangeStreamDocument<Document>> changes(MongoCollection<Document> notes) {
        return notes.watch(List.of(match(in("operationType", "insert"))));
    }

    private static Document event(ChangeStreamDocument<Document> change) {
        Document note = change.fullDocument();
        return new Document("text", note == null ? "" : note.getString("text"));
    }

    private void write(HttpExchange exchange) throws IOException {
        // A form of another site cannot send this type, so it cannot write notes in a visitor's name.
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!exchange.getRequestMethod().equals("POST") || type == null || !type.startsWith("application/x-note")) {
            Answers.send(exchange, 400, "text/plain", "A note is posted as application/x-note.\n");
            return;
        }
        byte[] text = exchange.getRequestBody().readNBytes(MAX_NOTE_BYTES + 1);
        if (text.length > MAX_NOTE_BYTES) {
            Answers.send(exchange, 413, "text/plain", "A note has at most " + MAX_NOTE_BYTES + " bytes.\n");
            return;
        }
        try {
            notes.insertOne(new Document("text", new String(text, StandardCharsets.UTF_8)))
                    .toCompletableFuture()
                    .join();
            Answers.send(exchange, 201, "text/plain", "written\n");
        } catch (MongoException | CompletionException e) {
            Answers.send(exchange, 503, "text/plain", "The note could not be written.\n");
        }
    }
}
