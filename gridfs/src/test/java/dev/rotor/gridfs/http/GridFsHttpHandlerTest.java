package dev.rotor.gridfs.http;

import static dev.rotor.gridfs.http.HttpFixture.await;
import static dev.rotor.gridfs.http.HttpFixture.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rotor.driver.model.Filters;
import dev.rotor.gridfs.GridFsBucket;
import dev.rotor.gridfs.GridFsBucketOptions;
import dev.rotor.gridfs.MongoGridFsException;
import dev.rotor.gridfs.http.RawHttp.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files from the JDK's server, over real sockets. */
class GridFsHttpHandlerTest {

    private final HttpFixture fixture = new HttpFixture();
    private final InetSocketAddress server;

    GridFsHttpHandlerTest() throws IOException {
        server = fixture.serve(fixture.http(fixture.options()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void oneConnectionServesRequestsOfEachKind() throws IOException {
        fixture.store("name.txt", bytes(3500));
        fixture.store("empty", new byte[0]);
        try (RawHttp client = new RawHttp(server)) {
            Answer whole = client.ask("GET", "/name.txt");
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.body()).isEqualTo(bytes(3500));
            assertThat(whole.headers())
                    .containsEntry("Content-Type", "text/plain")
                    .containsKey("Date");

            Answer head = client.ask("HEAD", "/name.txt");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("3500");

            Answer same = client.ask("GET", "/name.txt", "If-None-Match: " + whole.header("ETag"));
            assertThat(same.status()).isEqualTo(304);

            Answer part = client.ask("GET", "/name.txt", "Range: bytes=-5");
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes(3500), 3495, 3500));

            Answer parts = client.ask("GET", "/name.txt", "Range: bytes=0-4,150-250");
            assertThat(parts.status()).isEqualTo(206);
            assertThat(parts.text()).endsWith("--the-boundary--\r\n");

            Answer empty = client.ask("GET", "/empty");
            assertThat(empty.status()).isEqualTo(200);
            assertThat(empty.header("Content-Length")).isEqualTo("0");

            assertThat(client.ask("GET", "/none").status()).isEqualTo(404);
            assertThat(client.ask("HEAD", "/none").status()).isEqualTo(404);
            assertThat(client.ask("GET", "/name.txt", "Range: bytes=5000-").header("Content-Range"))
                    .isEqualTo("bytes */3500");
            assertThat(client.ask("GET", "/name.txt", "If-Match: \"x\"").status())
                    .isEqualTo(412);
            assertThat(client.ask("DELETE", "/name.txt").header("Allow")).isEqualTo("GET, HEAD");
            client.send("POST /name.txt HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.answer(false).status()).isEqualTo(405);
            assertThat(client.ask("GET", "/name.txt").body()).isEqualTo(bytes(3500));
        }
        assertThat(fixture.failures).isEmpty();
    }

    @Test
    void malformedRequestsAreRefusedAndTheServerGoesOn() throws IOException {
        fixture.store("name", bytes(5));
        for (String request : List.of(
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%0d%0aSet-Cookie:%20x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /n\u00e4me HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%E4 HTTP/1.1\r\nHost: x\r\n\r\n")) {
            try (RawHttp client = new RawHttp(server)) {
                client.send(request);
                Answer answer = client.answer(false);
                assertThat(answer.status()).as(request).isEqualTo(400);
                assertThat(answer.header("Set-Cookie")).isNull();
            }
        }
        try (RawHttp client = new RawHttp(server)) {
            assertThat(client.ask("GET", "//evil.example/name").status()).isEqualTo(404);
            assertThat(client.ask("GET", "/a/../name").status()).isEqualTo(404);
            assertThat(client.ask("GET", "http://localhost/name?x").body()).isEqualTo(bytes(5));
        }
    }

    @Test
    void aNameOfAnyScriptIsReachedThroughItsEncoding() throws IOException {
        fixture.store("\u6587\u4ef6 \u00e9.txt", bytes(5));
        try (RawHttp client = new RawHttp(server)) {
            Answer answer = client.ask("GET", "/%E6%96%87%E4%BB%B6%20%C3%A9.txt");

            assertThat(answer.body()).isEqualTo(bytes(5));
            assertThat(answer.header("Content-Disposition"))
                    .isEqualTo("inline; filename=\"__ _.txt\"; filename*=UTF-8''%E6%96%87%E4%BB%B6%20%C3%A9.txt");
        }
    }

    @Test
    void aClientThatGoesAwayReleasesTheCursorAndTheConnection() throws IOException {
        // More than sockets buffer, in more than one batch.
        GridFsBucket large = GridFsBucket.create(
                fixture.files,
                GridFsBucketOptions.DEFAULT.chunkSizeBytes(64 * 1024).bufferBytes(512 * 1024));
        byte[] contents = bytes(24 * 1024 * 1024);
        await(large.uploadFromBytes("large", contents));
        InetSocketAddress largeServer = fixture.serve(GridFsHttp.create(large, fixture.options()));
        try (RawHttp client = new RawHttp(largeServer)) {
            client.send("GET", "/large");
            client.read(200_000);
            assertThat(fixture.killed).isEmpty();
        }

        assertThat(HttpFixture.poll(fixture.killed)).isNotZero();
        fixture.awaitIdle();
        try (RawHttp client = new RawHttp(largeServer)) {
            assertThat(client.ask("GET", "/large", "Range: bytes=-9").body())
                    .isEqualTo(Arrays.copyOfRange(contents, contents.length - 9, contents.length));
        }
        assertThat(fixture.failures).as("that a client goes is no failure").isEmpty();
    }

    @Test
    void aFileWithoutItsFirstChunkIsAnErrorThatTheClientIsTold() throws IOException {
        ObjectId id = fixture.store("name", bytes(3500));
        await(fixture.chunkDocuments().deleteOne(Filters.and(Filters.eq("files_id", id), Filters.eq("n", 0))));
        try (RawHttp client = new RawHttp(server)) {
            Answer answer = client.ask("GET", "/name");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).isEqualTo("The file cannot be read.\n");
            assertThat(answer.headers()).doesNotContainKeys("ETag", "Last-Modified");
            assertThat(client.ask("GET", "/none").status())
                    .as("the connection is good for more")
                    .isEqualTo(404);
        }
        assertThat(fixture.failure()).isInstanceOf(MongoGridFsException.class);
    }

    @Test
    void aFileThatFailsMidwayEndsTheConnection() throws IOException {
        ObjectId id = fixture.store("name", bytes(3500));
        await(fixture.chunkDocuments().deleteOne(Filters.and(Filters.eq("files_id", id), Filters.eq("n", 20))));
        try (RawHttp client = new RawHttp(server)) {
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> client.ask("GET", "/name"))
                    .withMessageContaining("of 3500 bytes");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(fixture.failure()).isInstanceOf(MongoGridFsException.class);
        try (RawHttp client = new RawHttp(server)) {
            assertThat(client.ask("GET", "/name", "Range: bytes=0-99").status()).isEqualTo(206);
        }
    }

    @Test
    void manyClientsAreServedAtOnce() throws IOException {
        fixture.store("name", bytes(3500));
        RawHttp[] clients = new RawHttp[20];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new RawHttp(server);
            clients[i].send("GET", "/name");
        }
        for (RawHttp client : clients) {
            assertThat(client.answer(false).body()).isEqualTo(bytes(3500));
            client.close();
        }
    }
}
