package dev.rotor.examples.pictures;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.rotor.driver.MongoClient;
import dev.rotor.examples.Example;
import dev.rotor.examples.Examples;
import dev.rotor.examples.web.Answers;
import dev.rotor.examples.web.LiveChanges;
import dev.rotor.examples.web.WebExample;
import dev.rotor.gridfs.http.GridFsFileChooser;
import dev.rotor.gridfs.http.GridFsHttp;
import dev.rotor.gridfs.http.GridFsHttpHandler;
import dev.rotor.gridfs.http.GridFsHttpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.bson.types.ObjectId;

/**
 * A small web application: pictures, sounds, videos and whatever else are stored in GridFS, shown as they come, and
 * served with ranges, so that a browser can seek in them. {@code examples/run pictures} starts it.
 */
public final class Pictures implements AutoCloseable {

    private static final String FILES = "/files/";

    private final Album album;
    private final HttpServer server;
    private final LiveChanges changes;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpHandler contents;

    private Pictures(MongoClient client, int port) throws IOException {
        album = new Album(client);
        contents = new GridFsHttpHandler(
                GridFsHttp.create(
                        album.bucket(),
                        GridFsHttpOptions.DEFAULT
                                .prefix(FILES)
                                .fileChooser(GridFsFileChooser.byId())
                                // A file never changes: another one has another id.
                                .cacheTime((name, modified, type) -> Duration.ofDays(365))
                                // Strangers have stored it: whatever it holds, it runs nothing in this site's name.
                                .extraHeaders(
                                        (headers, file, request) -> headers.add(
                                                "Content-Security-Policy",
                                                "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"))));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", Answers.page(Pictures.class, "pictures.html", "pictures.js", "pictures.css"));
        changes = new LiveChanges(album.changes(), Album::event, threads);
        server.createContext("/changes", changes);
        server.createContext(FILES, this::files);
    }

    /**
     * Starts the application on port 8080 of this machine, or on another one if that is taken, until it is interrupted.
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
                client -> new Album(client).changes(),
                (client, port) -> "open " + start(client, port).address()
                        + " and add a picture, a sound or a video; Ctrl-C ends it");
    }

    /**
     * Starts the application.
     *
     * @param client of a replica set or a sharded cluster; stays the caller's
     * @param port 0 for any
     * @return what is to be closed before the client
     * @throws IOException if the port cannot be listened on
     */
    public static Pictures start(MongoClient client, int port) throws IOException {
        Pictures pictures = new Pictures(client, port);
        pictures.server.start();
        return pictures;
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

    private void files(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        boolean all = exchange.getRequestURI().getPath().equals(FILES);
        if (all && method.equals("GET")) {
            answer(exchange, this::list);
        } else if (all && method.equals("POST")) {
            answer(exchange, this::add);
        } else if (!all && method.equals("DELETE")) {
            answer(exchange, this::remove);
        } else {
            contents.handle(exchange);
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        Document list =
                new Document("files", album.newest().toCompletableFuture().join());
        Answers.send(exchange, 200, "application/json", list.toJson());
    }

    private void add(HttpExchange exchange) throws IOException {
        // A form of another site cannot send this field, so it cannot store files in a visitor's name.
        String name = exchange.getRequestHeaders().getFirst("X-File-Name");
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (name == null || name.isEmpty() || name.length() > 1_000) {
            Answers.send(exchange, 400, "text/plain", "The field X-File-Name must have the name of the file.\n");
            return;
        }
        ObjectId id = album.add(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        type == null || type.isEmpty() ? "application/octet-stream" : type,
                        exchange.getRequestBody())
                .toCompletableFuture()
                .join();
        Answers.send(exchange, 201, "application/json", new Document("id", id.toHexString()).toJson());
    }

    private void remove(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().substring(FILES.length());
        if (!ObjectId.isValid(id)) {
            Answers.send(exchange, 404, "text/plain", "There is no such file.\n");
            return;
        }
        album.remove(new ObjectId(id)).toCompletableFuture().join();
        Answers.send(exchange, 200, "text/plain", "removed\n");
    }

    /** What waits for the database, on a thread of the web server. */
    private static void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
        try {
            handler.handle(exchange);
        } catch (CompletionException | IllegalArgumentException e) {
            Answers.send(exchange, Problems.status(e), "text/plain", Problems.sentence(e));
        }
    }
}
