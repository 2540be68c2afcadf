package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that answer nonsense on a real socket: a clear error each time, and the next operation succeeds. */
class HostileServerTest {

    private static final byte[] EMPTY = ScriptedServer.bson(ScriptedServer.EMPTY);

    /** A reply with one byte of its body changed. */
    private static byte[] broken(int requestId, String json, int at, int value) {
        byte[] body = ScriptedServer.bson(json);
        body[at] = (byte) value;
        return ScriptedServer.reply(requestId, body);
    }

    private static byte[] flags(int requestId, int flags) {
        byte[] reply = ScriptedServer.reply(requestId, EMPTY);
        ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN).putInt(16, flags);
        return reply;
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                row("a negative length", "-5", id -> ScriptedServer.replyClaiming(-5, id, EMPTY)),
                row("a huge length", "2147483647", id -> ScriptedServer.replyClaiming(Integer.MAX_VALUE, id, EMPTY)),
                row("a length shorter than a header", "7", id -> ScriptedServer.replyClaiming(7, id, EMPTY)),
                row(
                        "a length of a header alone",
                        "",
                        id -> Arrays.copyOf(ScriptedServer.replyClaiming(16, id, EMPTY), 16)),
                row("another request's reply", "instead of", id -> ScriptedServer.reply(id + 1, EMPTY)),
                row("a reply to nothing", "instead of", id -> ScriptedServer.reply(0, EMPTY)),
                row("unknown required flags", "", id -> flags(id, 1 << 5)),
                row("a promise of more replies", "", id -> flags(id, 2)),
                row("a body that is longer than its message", "", id -> broken(id, "{ok: 1}", 0, 99)),
                row("a body of an unknown BSON type", "", id -> broken(id, "{ok: 1}", 4, 0x55)),
                row("a body without an end", "", id -> broken(id, "{ok: 1}", 12, 7)));
    }

    private interface Answer {
        byte[] of(int requestId);
    }

    private static Arguments row(String what, String words, Answer answer) {
        ScriptedServer.Script script = (name, requestId) -> answer.of(requestId);
        return Arguments.of(what, words, script);
    }

    private static byte[] healthy(String name, int requestId) {
        return ScriptedServer.reply(requestId, name.equals("insert") ? ScriptedServer.bson("{ok: 1, n: 1}") : EMPTY);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nonsense")
    void nonsenseIsAClearErrorAndTheNextOperationSucceeds(String what, String words, ScriptedServer.Script script)
            throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((name, requestId) ->
                        asked.getAndIncrement() == 0 ? script.answer(name, requestId) : healthy(name, requestId));
                MongoClient client = MongoClient.create(server.uri())) {
            MongoCollection<Document> collection = client.getDatabase("app").getCollection("things");

            Throwable failure = catchThrowable(() -> await(collection.find().first()));

            assertThat(failure)
                    .as(what)
                    .isInstanceOf(MongoProtocolException.class)
                    .hasMessageContaining(server.hostAndPort())
                    .hasMessageContaining("find")
                    .hasMessageContaining(words);
            assertThat(await(collection.find().first())).isNull();
            assertThat(await(collection.insertOne(new Document("_id", 1))).isAcknowledged())
                    .isTrue();
            assertThat(asked).hasValue(3);
        }
    }

    private static byte[] half(int requestId) {
        byte[] whole = ScriptedServer.reply(requestId, EMPTY);
        return Arrays.copyOf(whole, whole.length / 2);
    }

    @Test
    void aReplyThatBreaksOffIsANetworkErrorThatNamesTheServerAndTheCommand() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((name, requestId) ->
                        asked.getAndIncrement() == 0 ? half(requestId) : healthy(name, requestId));
                MongoClient client = MongoClient.create(server.uri())) {
            MongoCollection<Document> collection = client.getDatabase("app").getCollection("things");

            Throwable failure = catchThrowable(() -> await(collection.insertOne(new Document("_id", 1))));

            assertThat(failure)
                    .isInstanceOf(MongoConnectionException.class)
                    .hasMessageContaining(server.hostAndPort())
                    .hasMessageContaining("insert");
            assertThat(await(collection.find().first())).isNull();
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void aReadSurvivesAReplyThatBreaksOff() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((name, requestId) ->
                        asked.getAndIncrement() == 0 ? half(requestId) : healthy(name, requestId));
                MongoClient client = MongoClient.create(server.uri())) {
            assertThat(await(client.getDatabase("app")
                            .getCollection("things")
                            .find()
                            .first()))
                    .isNull();
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void documentsOfABatchThatAreNoBsonFailTheCallWithTheServersName() throws Exception {
        byte[] garbage = ScriptedServer.bson(
                "{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: [{abcdef: 'xyz'}]}}");
        int name = indexOf(garbage, "abcdef");
        // The length of the string inside the document: far beyond its end.
        garbage[name + 9] = 0x40;
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer((command, requestId) -> asked.getAndIncrement() < 2
                        ? ScriptedServer.reply(requestId, garbage)
                        : healthy(command, requestId));
                MongoClient client = MongoClient.create(server.uri())) {
            MongoCollection<Document> collection = client.getDatabase("app").getCollection("things");

            Throwable first = catchThrowable(() -> await(collection.find().first()));
            Throwable all = catchThrowable(() -> await(collection.find().toList()));

            assertThat(List.of(first, all)).allSatisfy(failure -> assertThat(failure)
                    .isInstanceOf(MongoProtocolException.class)
                    .hasMessageContaining(server.hostAndPort()));
            assertThat(await(collection.find().toList())).isEmpty();
        }
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
