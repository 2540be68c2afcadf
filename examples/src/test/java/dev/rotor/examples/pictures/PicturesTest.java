package dev.rotor.examples.pictures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.testserver.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application does with requests, without a browser. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PicturesTest {

    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final TestServer server = TestServer.replicaSet(1).start();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(server.connectionString()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    BsonValue target = event.command().getOrDefault(event.commandName(), event.command());
                    sent.add(event.commandName()
                            + (target.isString() ? " " + target.asString().getValue() : ""));
                }
            })
            .build());
    private final GridFsBucket bucket =
            GridFsBucket.create(client.getDatabase("pictures"), GridFsBucketOptions.DEFAULT.bucketName("album"));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Pictures pictures = start();

    private Pictures start() {
        try {
            return Pictures.start(client, 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        pictures.close();
        client.close();
        server.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(pictures.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String add(String name, String type, String contents) throws Exception {
        HttpResponse<String> added = send(request("files/")
                .header("X-File-Name", name)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(contents)));
        assertThat(added.statusCode()).isEqualTo(201);
        return Document.parse(added.body()).getString("id");
    }

    private BufferedReader events() throws Exception {
        HttpResponse<InputStream> events =
                http.send(request("changes").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(events.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(events.body(), UTF_8));
    }

    private static Document nextEvent(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!line.startsWith("data: ")) {
            line = events.readLine();
        }
        return Document.parse(line.substring("data: ".length()));
    }

    /** Waits for one of these commands. */
    private String awaitAny(String one, String another) throws InterruptedException {
        String next = sent.take();
        while (!next.equals(one) && !next.equals(another)) {
            next = sent.take();
        }
        return next;
    }

    @Test
    void aFileThatGetsAnotherNameIsNotTakenForOneThatIsGone() throws Exception {
        try (BufferedReader events = events()) {
            String id = add("first", "image/png", "1");
            assertThat(nextEvent(events).get("added", Document.class)).containsEntry("id", id);

            join(bucket.rename(new ObjectId(id), "renamed"));
            String second = add("second", "image/png", "2");

            assertThat(nextEvent(events).get("added", Document.class)).containsEntry("id", second);
            assertThat(send(request("files/" + id).DELETE()).statusCode()).isEqualTo(200);
            assertThat(nextEvent(events)).containsEntry("removed", id);
        }
    }

    @Test
    void aChangeStreamEndsWithTheApplicationThoughNothingHappensAnyMore() throws Exception {
        try (BufferedReader events = events()) {
            assertThat(events.readLine()).startsWith(":");
            sent.clear();

            pictures.close();

            assertThat(awaitAny("killCursors album.files", "killCursors album.files"))
                    .isEqualTo("killCursors album.files");
        }
    }

    @Test
    void anUploadWhoseBrowserLeavesMidwayIsNotKept() throws Exception {
        int port = URI.create(pictures.address()).getPort();
        try (Socket browser = new Socket("localhost", port)) {
            browser.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "POST /files/ HTTP/1.1",
                                    "Host: localhost",
                                    "X-File-Name: half",
                                    "Content-Type: image/png",
                                    "Content-Length: 20000000",
                                    "",
                                    "")
                            .getBytes(UTF_8));
            browser.getOutputStream().write(new byte[10_000_000]);
        }

        assertThat(awaitAny("delete album.chunks", "insert album.files")).isEqualTo("delete album.chunks");
        assertThat(join(bucket.find().toList())).isEmpty();
    }

    @Test
    void whatStrangersHaveStoredRunsNothing() throws Exception {
        String id = add("page.html", "text/html", "<script>alert(1)</script>");

        HttpResponse<String> page = send(request("files/" + id));

        assertThat(page.body()).isEqualTo("<script>alert(1)</script>");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox; default-src 'none';"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void anUploadNeedsANameThatCanBeRead() throws Exception {
        HttpRequest.BodyPublisher contents = HttpRequest.BodyPublishers.ofString("1");
        assertThat(send(request("files/").POST(contents)).statusCode()).isEqualTo(400);
        assertThat(send(request("files/").header("X-File-Name", "%zz").POST(contents))
                        .statusCode())
                .isEqualTo(400);
        assertThat(join(bucket.find().toList())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2fpictures.js", "%2e%2e/Pictures.class", "files/..%2f", "files/nothing", "Album.class"})
    void nothingElseIsServed(String path) throws Exception {
        assertThat(send(request(path)).statusCode()).isEqualTo(404);
    }
}
