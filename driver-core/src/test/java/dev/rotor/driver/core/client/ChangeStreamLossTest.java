package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Change streams that go wrong while they fetch or resume: no cursor stays open on a server, no call hangs. */
class ChangeStreamLossTest {

    private static final String RESUMABLE =
            "{ok: 0, code: 10107, errmsg: 'not primary', errorLabels: ['ResumableChangeStreamError']}";
    private static final String REFUSED = "{ok: 0, code: 237, errmsg: 'cursor killed'}";
    private static final String OK = "{ok: 1}";

    private final ClientRig rig = new ClientRig();

    private static String batch(String kind, long id, String... tokens) {
        String changes = Stream.of(tokens)
                .map(token -> "{_id: {_data: '" + token + "'}, operationType: 'insert'}")
                .collect(Collectors.joining(", "));
        return "{ok: 1, cursor: {id: {$numberLong: '" + id + "'}, ns: 'app.things', " + kind + ": [" + changes
                + "], postBatchResumeToken: {_data: 'p'}}}";
    }

    private static String first(long id, String... tokens) {
        return batch("firstBatch", id, tokens);
    }

    private static String next(long id, String... tokens) {
        return batch("nextBatch", id, tokens);
    }

    private ChangeStreamCursor<ChangeStreamDocument<Document>> opened() {
        rig.answer(first(5));
        return rig.done(rig.collection().watch().open());
    }

    /** Answers the newest command late, with a token for the whole batch that is no BSON inside. */
    private void replyWithMalformedToken(String json) {
        byte[] reply = FakeMessage.reply(rig.last(), json);
        int name = new String(reply, StandardCharsets.ISO_8859_1).lastIndexOf("_data");
        reply[name - 1] = 0x7A;
        rig.transport.lastAttempt().wire().deliver(reply);
        rig.run();
    }

    private List<Long> killed() {
        return rig.sent.stream()
                .filter(message -> message.commandName().equals("killCursors"))
                .map(message ->
                        message.body().getArray("cursors").get(0).asInt64().getValue())
                .toList();
    }

    // ---- tokens that cannot be read

    @Test
    void aTokenThatCannotBeReadFailsTheCallAndEndsTheStream() {
        ChangeStreamCursor<?> stream = opened();
        CompletionStage<?> next = stream.next();
        rig.run();
        rig.answer(OK);
        replyWithMalformedToken(next(5));

        assertThat(rig.failure(next)).isInstanceOf(MongoProtocolException.class).hasMessageContaining("db1:27017");
        assertThat(stream.isExhausted()).isTrue();
        rig.done(stream.closeAsync());
        assertThat(killed()).containsExactly(5L);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aTokenThatCannotBeReadLetsAStreamBeClosedThatIsClosingAlready() {
        ChangeStreamCursor<?> stream = opened();
        CompletionStage<?> next = stream.next();
        rig.run();
        CompletionStage<Void> closed = stream.closeAsync();
        rig.answer(OK);
        replyWithMalformedToken(next(5));

        rig.failure(next);
        rig.done(closed);
        assertThat(killed()).containsExactly(5L);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aTokenOfAResumedStreamThatCannotBeReadEndsItAndItsNewCursor() {
        ChangeStreamCursor<?> stream = opened();
        rig.answer(RESUMABLE, OK);
        CompletionStage<?> next = stream.next();
        rig.run();
        rig.answer(OK);
        replyWithMalformedToken(first(6));

        assertThat(rig.failure(next)).isInstanceOf(MongoProtocolException.class);
        rig.done(stream.closeAsync());
        assertThat(killed()).containsExactly(5L, 6L);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    // ---- failures after a resume within the same call

    @Test
    void aStreamThatFailsAfterAResumeKillsTheCursorThatItHasByThen() {
        ChangeStreamCursor<?> stream = opened();
        rig.answer(RESUMABLE, OK, first(6), REFUSED, OK);

        assertThat(rig.failure(stream.next())).isInstanceOf(MongoCommandException.class);

        assertThat(rig.sentNames())
                .containsExactly("aggregate", "getMore", "killCursors", "aggregate", "getMore", "killCursors");
        assertThat(killed()).containsExactly(5L, 6L);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void theIdIsThatOfTheCursorThatTheStreamWasResumedWith() {
        ChangeStreamCursor<?> stream = opened();
        rig.answer(RESUMABLE, OK, first(6));
        CompletionStage<?> next = stream.next();
        rig.run();

        assertThat(next.toCompletableFuture()).isNotDone();
        assertThat(stream.cursorId()).isEqualTo(6);
    }

    private ChangeStreamCursor<?> timedOutAfterAResume() {
        rig.timeout = Duration.ofMillis(200);
        ChangeStreamCursor<?> stream = opened();
        rig.answer(RESUMABLE, OK, first(6));
        CompletionStage<?> late = stream.next();
        rig.run();
        rig.script = message -> switch (message.commandName()) {
            case "aggregate" -> first(7, "a");
            default -> OK;
        };
        rig.pass(Duration.ofMillis(300));
        assertThat(rig.failure(late)).isInstanceOf(MongoTimeoutException.class);
        return stream;
    }

    @Test
    void closingAfterATimeoutOfAResumedStreamKillsTheCursorThatItHasByThen() {
        ChangeStreamCursor<?> stream = timedOutAfterAResume();

        rig.done(stream.closeAsync());

        assertThat(killed()).containsExactly(5L, 6L);
        rig.assertBalanced();
    }

    @Test
    void resumingAfterATimeoutOfAResumedStreamLeavesNoCursorBehind() {
        ChangeStreamCursor<?> stream = timedOutAfterAResume();

        assertThat(rig.done(stream.next())).isNotNull();
        rig.done(stream.closeAsync());

        assertThat(killed()).containsExactly(5L, 6L, 7L);
        rig.assertBalanced();
    }

    @Test
    void aStreamThatIsClosedWhileItsSecondCursorIsAskedKillsThatOne() {
        ChangeStreamCursor<?> stream = opened();
        rig.answer(RESUMABLE, OK, first(6));
        CompletionStage<?> next = stream.next();
        rig.run();
        CompletionStage<Void> closed = stream.closeAsync();
        rig.answer(OK);
        rig.reply(REFUSED);

        rig.failure(next);
        rig.done(closed);
        assertThat(killed()).containsExactly(5L, 6L);
        rig.assertBalanced();
    }

    // ---- calls that were given up

    @Test
    void aTimeoutThatNobodyWaitedForIsNotToldToTheNextCallWhichResumes() {
        rig.timeout = Duration.ofMillis(200);
        ChangeStreamCursor<?> stream = opened();
        CompletionStage<?> givenUp = stream.next();
        rig.run();
        givenUp.toCompletableFuture().cancel(false);
        rig.script = message -> message.commandName().equals("aggregate") ? first(6, "a") : OK;
        rig.pass(Duration.ofMillis(300));

        assertThat(stream.isExhausted()).isFalse();
        assertThat(rig.done(stream.next())).isNotNull();
    }
}
