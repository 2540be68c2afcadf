package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.RawBatch;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.fake.FakeWire;
import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Cursors whose batches the server sends without being asked for each. */
class ExhaustCursorTest {

    private static final int EXHAUST_ALLOWED = 1 << 16;
    /** The request id of every reply of the fake server. */
    private static final int OF_REPLIES = 77;

    private final ClientRig rig = new ClientRig();

    /** Whether the next streamed reply is the first to its request. */
    private boolean begun;

    private FindQuery<Document> query() {
        return rig.collection().find().batchSize(2).cursorType(CursorType.EXHAUST);
    }

    /** Opens a cursor whose first batch holds 0 and 1; the getMore stays unanswered. */
    private AsyncCursor<Document> open() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        return rig.done(query().open());
    }

    private FakeWire wire() {
        return rig.transport.lastAttempt().wire();
    }

    private void deliver(int flags, String json) {
        wire().deliver(FakeMessage.opMsg(begun ? OF_REPLIES : rig.last().requestId(), flags, BsonDocument.parse(json)));
        begun = true;
        rig.run();
    }

    /** Two documents, after which more will come. */
    private void stream(int from) {
        deliver(FakeMessage.MORE_TO_COME, ClientRig.batch("nextBatch", 5, from, 2));
    }

    private void end(int from) {
        deliver(0, ClientRig.batch("nextBatch", 0, from, 1));
    }

    private static List<Integer> ids(List<Document> documents) {
        return documents.stream().map(one -> one.getInteger("_id")).toList();
    }

    private List<Integer> nextBatch(AsyncCursor<Document> cursor) {
        return ids(rig.done(cursor.nextBatch()));
    }

    private int inUse() {
        return rig.server.pool().statistics().inUse();
    }

    // ---- streaming

    @Test
    void oneGetMoreBringsAllBatches() {
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        stream(2);
        stream(4);
        end(6);

        assertThat(ids(rig.done(all))).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        assertThat(rig.sent.get(0).flags() & EXHAUST_ALLOWED).isZero();
        assertThat(rig.sent.get(1).flags() & EXHAUST_ALLOWED).isNotZero();
        assertThat(rig.body(1).getInt32("batchSize").getValue()).isEqualTo(2);
        assertThat(rig.body(1).getDocument("lsid")).isEqualTo(rig.body(0).getDocument("lsid"));
        assertThat(cursor.isExhausted()).isTrue();
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void theConnectionIsTheCursorsUntilItsEndAndUsableAfterwards() {
        AsyncCursor<Document> cursor = open();
        assertThat(inUse()).isZero();
        nextBatch(cursor);
        stream(2);
        assertThat(inUse()).isEqualTo(1);

        nextBatch(cursor);
        end(4);
        assertThat(inUse()).isZero();

        rig.answer(ClientRig.batch("firstBatch", 0, 0, 0));
        rig.done(rig.collection().find().toList());
        assertThat(rig.transport.attempts()).hasSize(1);
        assertThat(nextBatch(cursor)).containsExactly(4);
    }

    @Test
    void aConsumerThatDoesNotComeHoldsUpTheServer() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        assertThat(wire().readInterest()).as("one batch is here").isTrue();
        stream(4);
        assertThat(wire().readInterest()).as("two batches are here").isFalse();

        // What was on its way is not lost.
        stream(6);
        assertThat(nextBatch(cursor)).containsExactly(2, 3);
        rig.run();
        assertThat(wire().readInterest()).as("still two batches").isFalse();
        assertThat(nextBatch(cursor)).containsExactly(4, 5);
        rig.run();
        assertThat(wire().readInterest()).as("one batch is left").isTrue();
        assertThat(nextBatch(cursor)).containsExactly(6, 7);
        end(8);
        assertThat(nextBatch(cursor)).containsExactly(8);
        rig.assertBalanced();
    }

    @Test
    void aConnectionIsReadFromAgainWhenTheCursorEndsWhileItIsHeldUp() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        stream(4);
        end(6);

        assertThat(wire().readInterest()).isTrue();
        assertThat(nextBatch(cursor)).containsExactly(2, 3);
        assertThat(nextBatch(cursor)).containsExactly(4, 5);
        assertThat(nextBatch(cursor)).containsExactly(6);
        assertThat(nextBatch(cursor)).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void theTimeThatAConsumerTakesIsNotTheServers() {
        rig.sockets =
                SocketSettings.builder().socketTimeout(Duration.ofSeconds(5)).build();
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        stream(4);
        rig.pass(Duration.ofMinutes(1));

        assertThat(nextBatch(cursor)).containsExactly(2, 3);
        assertThat(nextBatch(cursor)).containsExactly(4, 5);
        rig.pass(Duration.ofSeconds(4));
        stream(6);
        assertThat(nextBatch(cursor)).containsExactly(6, 7);
    }

    @Test
    void aServerThatSendsNothingMoreRunsIntoTheSocketTimeout() {
        rig.sockets =
                SocketSettings.builder().socketTimeout(Duration.ofSeconds(5)).build();
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        nextBatch(cursor);
        CompletionStage<List<Document>> waiting = cursor.nextBatch();
        rig.pass(Duration.ofSeconds(6));

        assertThat(rig.failure(waiting)).isInstanceOf(MongoConnectionException.class);
        rig.assertBalanced();
    }

    @Test
    void batchesOfARawQueryAreStreamedToo() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        CompletionStage<List<RawBatch>> all = query().rawBatches().toList();
        rig.run();
        stream(2);
        end(4);

        assertThat(rig.done(all)).extracting(RawBatch::documentCount).containsExactly(2, 2, 1);
    }

    /** Notes the command events, from now on. */
    private List<String> listen() {
        List<String> heard = new ArrayList<>();
        rig.listeners = List.of(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                heard.add("started " + event.commandName() + " of "
                        + event.command().getNumber("getMore", new BsonInt64(0)).longValue());
            }

            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                heard.add("succeeded "
                        + event.reply().getDocument("cursor").getInt64("id").getValue());
            }

            @Override
            public void commandFailed(CommandFailedEvent event) {
                heard.add("failed " + event.commandName());
            }
        });
        return heard;
    }

    @Test
    void listenersHearOfEachBatchAsOfAGetMore() {
        List<String> heard = listen();
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        heard.clear();
        stream(2);
        stream(4);
        wire().fail(new IOException("connection reset"));
        rig.failure(all);

        assertThat(heard)
                .containsExactly(
                        "succeeded 5", "started getMore of 5", "succeeded 5", "started getMore of 5", "failed getMore");
    }

    // ---- closing

    @Test
    void closingMidwayClosesTheConnectionAndNothingElse() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        nextBatch(cursor);
        CompletionStage<List<Document>> waiting = cursor.nextBatch();
        rig.run();
        FakeWire used = wire();

        rig.done(cursor.closeAsync());

        assertThat(rig.failure(waiting))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(used.isAborted()).isTrue();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        assertThat(rig.server.failures).as("what the topology is told").isEmpty();
        assertThat(cursor.cursorId()).isZero();
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void closingWhileTheServerIsHeldUpClosesTheConnection() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        stream(4);
        FakeWire used = wire();

        rig.done(cursor.closeAsync());

        assertThat(used.isAborted()).isTrue();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        rig.assertBalanced();
    }

    @Test
    void closingBeforeTheStreamHasBegunWaitsForItsFirstReply() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        CompletionStage<Void> closed = cursor.closeAsync();
        rig.run();
        FakeWire used = wire();
        assertThat(used.isClosed()).isFalse();
        stream(2);

        rig.done(closed);
        assertThat(used.isAborted()).isTrue();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        rig.assertBalanced();
    }

    @Test
    void closingBeforeTheFirstGetMoreKillsTheCursorLikeAnyOther() {
        AsyncCursor<Document> cursor = open();
        rig.answer("{ok: 1}");

        rig.done(cursor.closeAsync());

        assertThat(rig.sentNames()).containsExactly("find", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void closingAfterAllHasArrivedLeavesTheConnectionAlone() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        stream(4);
        end(6);
        FakeWire used = wire();

        rig.done(cursor.closeAsync());

        assertThat(used.isClosed()).isFalse();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        rig.assertBalanced();
    }

    @Test
    void aListThatIsFullClosesTheConnection() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        CompletionStage<List<Document>> three = query().toList(3);
        rig.run();
        stream(2);

        assertThat(ids(rig.done(three))).containsExactly(0, 1, 2);
        assertThat(wire().isAborted()).isTrue();
        rig.assertBalanced();
    }

    // ---- what goes wrong

    @Test
    void aStreamThatBreaksFailsTheCursorAfterWhatHadArrived() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        stream(4);
        rig.breakWire();

        assertThat(nextBatch(cursor)).containsExactly(2, 3);
        assertThat(nextBatch(cursor)).containsExactly(4, 5);
        assertThat(rig.failure(cursor.nextBatch())).isInstanceOf(MongoConnectionException.class);
        assertThat(cursor.isExhausted()).isTrue();
        assertThat(rig.sentNames()).as("nobody is killed").containsExactly("find", "getMore");
        assertThat(rig.server.failures).hasSize(1);
        rig.assertBalanced();
    }

    @Test
    void aPoolThatIsClosedWhileTheServerIsHeldUpEndsTheStreamToo() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        stream(4);
        rig.server.pool().close(true);
        rig.run();

        assertThat(wire().isAborted()).isTrue();
        assertThat(inUse()).isZero();
        assertThat(nextBatch(cursor)).containsExactly(2, 3);
        assertThat(nextBatch(cursor)).containsExactly(4, 5);
        assertThat(rig.failure(cursor.nextBatch())).isInstanceOf(MongoException.class);
        rig.done(cursor.closeAsync());
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
    }

    @Test
    void anErrorEndsTheStream() {
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        stream(2);
        rig.answer("{ok: 1}");
        deliver(0, "{ok: 0, code: 237, errmsg: 'cursor killed'}");

        assertThat(rig.failure(all))
                .isInstanceOfSatisfying(MongoCommandException.class, refused -> assertThat(refused.code())
                        .isEqualTo(237));
        assertThat(wire().isClosed()).isFalse();
        rig.assertBalanced();
    }

    @Test
    void aBatchThatCannotBeReadEndsTheStreamAndKillsTheCursor() {
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        stream(2);
        FakeWire streaming = wire();
        rig.answer("{ok: 1}");
        deliver(FakeMessage.MORE_TO_COME, "{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things'}}");

        assertThat(rig.failure(all)).isInstanceOf(MongoProtocolException.class);
        assertThat(streaming.isAborted()).isTrue();
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void aFailureThatPromisesMoreEndsTheConnection() {
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        FakeWire streaming = wire();
        rig.answer("{ok: 1}");
        deliver(FakeMessage.MORE_TO_COME, "{ok: 0, code: 237, errmsg: 'cursor killed'}");

        assertThat(rig.failure(all)).isInstanceOf(MongoCommandException.class);
        assertThat(streaming.isAborted()).isTrue();
        rig.assertBalanced();
    }

    @Test
    void listenersHearOfTheFailureOfARefusalThatPromisesMore() {
        List<String> heard = listen();
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        stream(2);
        heard.clear();
        rig.answer("{ok: 1}");
        deliver(FakeMessage.MORE_TO_COME, "{ok: 0, code: 237, errmsg: 'cursor killed'}");

        rig.failure(all);
        assertThat(heard).startsWith("started getMore of 5", "failed getMore");
    }

    @Test
    void aBatchThatCannotBeReadBeforeAnybodyHasAskedForItIsKilledAllTheSame() {
        AsyncCursor<Document> cursor = open();
        nextBatch(cursor);
        stream(2);
        deliver(FakeMessage.MORE_TO_COME, "{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things'}}");
        rig.answer("{ok: 1}");

        rig.done(cursor.closeAsync());

        assertThat(rig.sentNames()).containsExactly("find", "getMore", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void aStreamThatIsRefusedForOverloadIsBegunAgainAndEachCommandIsToldOnce() {
        List<String> heard = listen();
        AsyncCursor<Document> cursor = open();
        CompletionStage<List<Document>> all = cursor.toList();
        rig.run();
        stream(2);
        heard.clear();
        rig.answer(ClientRig.batch("nextBatch", 0, 4, 1));
        deliver(0, "{ok: 0, code: 462, errmsg: 'busy', errorLabels: ['SystemOverloadedError', 'RetryableError']}");
        rig.pass(Duration.ofSeconds(1));

        assertThat(ids(rig.done(all))).containsExactly(0, 1, 2, 3, 4);
        assertThat(heard)
                .containsExactly("started getMore of 5", "failed getMore", "started getMore of 5", "succeeded 0");
        rig.assertBalanced();
    }

    // ---- where it is an ordinary cursor

    private void assertOrdinary(CompletionStage<List<Document>> list) {
        assertThat(ids(rig.done(list))).containsExactly(0, 1, 2, 3);
        assertThat(rig.sentNames()).startsWith("find", "getMore");
        assertThat(rig.sent.get(1).flags() & EXHAUST_ALLOWED).isZero();
        rig.assertBalanced();
    }

    private void answerTwoBatches() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2), ClientRig.batch("nextBatch", 0, 2, 2));
    }

    @Test
    void aServerThatAnswersWithOneBatchIsAskedAgain() {
        rig.answer(
                ClientRig.batch("firstBatch", 5, 0, 2),
                ClientRig.batch("nextBatch", 5, 2, 2),
                ClientRig.batch("nextBatch", 0, 4, 1));

        assertThat(ids(rig.done(query().toList()))).containsExactly(0, 1, 2, 3, 4);
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
        rig.assertBalanced();
    }

    @Test
    void anOldMongosIsNotAskedToStream() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        rig.wireVersion = 21;
        answerTwoBatches();

        assertOrdinary(query().toList());
    }

    @Test
    void aMongosSince71IsAskedToStream() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        rig.wireVersion = 22;
        answerTwoBatches();
        rig.done(query().toList());

        assertThat(rig.sent.get(1).flags() & EXHAUST_ALLOWED).isNotZero();
    }

    @Test
    void aTransactionNeedsItsCommandsOneByOne() {
        ClientSession session = rig.session();
        session.startTransaction();
        answerTwoBatches();

        assertOrdinary(
                rig.collection(session).find().cursorType(CursorType.EXHAUST).toList());
    }

    @Test
    void aTimeoutForEachIterationNeedsIterations() {
        answerTwoBatches();

        assertOrdinary(query().timeout(Duration.ofSeconds(10))
                .timeoutMode(TimeoutMode.ITERATION)
                .toList());
    }

    @Test
    void aTimeoutForTheWholeCursorEndsTheStream() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        CompletionStage<List<Document>> all =
                query().timeout(Duration.ofSeconds(10)).toList();
        rig.run();
        stream(2);
        rig.answer("{ok: 1}");
        rig.pass(Duration.ofSeconds(11));

        assertThat(rig.failure(all)).hasMessageContaining("10000 ms");
        rig.assertBalanced();
    }

    @Test
    void anExplicitSessionIsKeptUntilTheEnd() {
        ClientSession session = rig.session();
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        CompletionStage<List<Document>> all =
                rig.collection(session).find().cursorType(CursorType.EXHAUST).toList();
        rig.run();
        session.close();
        stream(2);
        end(4);

        assertThat(rig.done(all)).hasSize(5);
        assertThat(rig.sent.get(1).flags() & EXHAUST_ALLOWED).isNotZero();
        rig.assertBalanced();
    }

    @Test
    void aLimitIsRefused() {
        assertThat(rig.failure(query().limit(5).toList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
        assertThat(rig.failure(query().limit(-5).open())).isInstanceOf(IllegalArgumentException.class);
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void theFirstDocumentAloneNeedsNoStream() {
        rig.answer(ClientRig.batch("firstBatch", 0, 0, 1));

        assertThat(rig.done(query().first())).isEqualTo(new Document("_id", 0));
        assertThat(rig.sentNames()).containsExactly("find");
    }
}
