package dev.rotor.examples.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ConnectionString;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.examples.Examples;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.GridFsUploadOptions;
import dev.rotor.gridfs.http.GridFsHttp;
import dev.rotor.testserver.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NettyFilesTest {

    private final BlockingQueue<Long> killed = new LinkedBlockingQueue<>();
    private final TestServer database = TestServer.standalone().start();
    private final MongoClient client = MongoClient.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(database.connectionString()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandSucceeded(CommandSucceededEvent event) {
                    if (event.commandName().equals("killCursors")) {
                        event.reply()
                                .getArray("cursorsKilled")
                                .forEach(id -> killed.add(id.asInt64().getValue()));
                    }
                }
            })
            .build());
    private final GridFsBucket bucket = GridFsBucket.create(
            client.getDatabase("files"),
            GridFsBucketOptions.DEFAULT.chunkSizeBytes(64 * 1024).bufferBytes(512 * 1024));
    private final NettyFileServer server = new NettyFileServer(GridFsHttp.create(bucket));

    @AfterEach
    void close() {
        server.close();
        client.close();
        database.close();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private byte[] store(String name, int length) throws Exception {
        byte[] contents = new byte[length];
        new Random(length).nextBytes(contents);
        await(bucket.uploadFromBytes(name, contents));
        return contents;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", server.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.address().getPort() + path));
    }

    private static HttpResponse<byte[]> ask(HttpClient browser, HttpRequest.Builder request) throws Exception {
        return await(browser.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    }

    @Test
    void theExampleTellsWhatTheServerAnswered() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Examples.run(
                new String[0],
                NettyFiles.example(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isEqualTo(Examples.OK);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "the file: 200: Dear reader, goodbye.",
                        "a part of it: 206, bytes 5-10/21: reader",
                        "whether it has changed: 304");
    }

    @Test
    void aBrowserGetsFilesWholeInPartsAndNotAtAll() throws Exception {
        byte[] contents = store("a b.bin", 3_000_000);
        store("empty", 0);
        HttpClient browser =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        HttpResponse<byte[]> whole = ask(browser, request("/a%20b.bin"));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(contents);
        HttpResponse<byte[]> head =
                ask(browser, request("/a%20b.bin").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.headers().firstValue("Content-Length")).contains("3000000");
        assertThat(head.body()).isEmpty();
        HttpResponse<byte[]> parts = ask(browser, request("/a%20b.bin").header("Range", "bytes=0-9,2999990-"));
        assertThat(parts.statusCode()).isEqualTo(206);
        assertThat(parts.headers().firstValue("Content-Type").orElse("")).startsWith("multipart/byteranges");
        assertThat(ask(browser, request("/a%20b.bin").header("Range", "bytes=3000000-"))
                        .statusCode())
                .isEqualTo(416);
        assertThat(ask(browser, request("/empty")).body()).isEmpty();
        assertThat(ask(browser, request("/none")).statusCode()).isEqualTo(404);
        assertThat(ask(browser, request("/empty").DELETE()).statusCode()).isEqualTo(405);
    }

    @Test
    void manyBrowsersGetTheirFilesAtOnce() throws Exception {
        byte[] contents = store("file", 500_000);
        HttpClient browser = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(browser.sendAsync(request("/file").build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> one : all) {
            assertThat(await(one).body()).isEqualTo(contents);
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInOrder() throws Exception {
        store("file", 200_000);
        try (Socket socket = connect()) {
            String get = "GET /file HTTP/1.1\r\nHost: x\r\nRange: bytes=";
            socket.getOutputStream()
                    .write((get + "0-99999\r\n\r\n" + get + "0-0\r\nIf-None-Match: *\r\n\r\n" + get
                                    + "7-7\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answers.indexOf("bytes 0-99999/200000")).isPositive();
            assertThat(answers.indexOf("304 Not Modified")).isGreaterThan(answers.indexOf("bytes 0-99999/200000"));
            assertThat(answers.indexOf("bytes 7-7/200000")).isGreaterThan(answers.indexOf("304 Not Modified"));
        }
    }

    @Test
    void oneConnectionCarriesManyRequests() throws Exception {
        store("file", 10);
        try (Socket socket = connect()) {
            for (int i = 0; i < 200; i++) {
                socket.getOutputStream().write("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
                StringBuilder answer = new StringBuilder();
                while (!answer.toString().endsWith("\r\n\r\n")) {
                    answer.append((char) socket.getInputStream().read());
                }
                assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("ontent-Length: 10\r\n");
            }
        }
    }

    @Test
    void aStoredTypeWithSpacesAroundItIsSentWithoutThem() throws Exception {
        await(bucket.uploadFromBytes("page", new byte[5], GridFsUploadOptions.DEFAULT.contentType(" text/html ")));
        HttpClient browser = HttpClient.newHttpClient();

        HttpResponse<byte[]> answer = ask(browser, request("/page"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(answer.body()).isEqualTo(new byte[5]);
    }

    @Test
    void aFileThatCannotBeReadAtAllIsToldByAStatusAndTheConnectionStays() throws Exception {
        store("file", 300_000);
        await(client.getDatabase("files").getCollection("fs.chunks").deleteOne(new Document("n", 0)));
        store("other", 10);
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /file HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            socket.getOutputStream()
                    .write("GET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answers).startsWith("HTTP/1.1 500 ").contains("The file cannot be read.");
            assertThat(answers.indexOf("HTTP/1.1 200 OK")).isPositive();
        }
    }

    @Test
    void aFileThatBreaksOffEndsTheConnection() throws Exception {
        store("file", 300_000);
        await(client.getDatabase("files").getCollection("fs.chunks").deleteOne(new Document("n", 1)));
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /file HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            byte[] answer = socket.getInputStream().readAllBytes();

            assertThat(new String(answer, ISO_8859_1)).startsWith("HTTP/1.1 200 OK");
            assertThat(answer).hasSizeBetween(64 * 1024, 70 * 1024);
        }
    }

    @Test
    void aClientThatGoesAwayReleasesTheCursor() throws Exception {
        store("large", 24 * 1024 * 1024);
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(200_000)).hasSize(200_000);
            assertThat(killed).isEmpty();
        }

        assertThat(killed.poll(60, TimeUnit.SECONDS)).isNotNull().isNotZero();
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("rubbish\r\n\r\n".getBytes(ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 400 ");
        }
    }
}
