package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.Query;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code timeoutMS} of cursors: what it spans, what the server is told, and what closing has. */
class CursorTimeoutTest {

    private static final String EMPTY = "{ok: 1, cursor: {id: {$numberLong: '7'}, ns: 'app.things', nextBatch: []}}";

    private final ClientRig rig = new ClientRig();

    @BeforeEach
    void aCursorThatNeverEnds() {
        rig.timeout = Duration.ofMillis(200);
        rig.script = message -> switch (message.commandName()) {
            case "find", "aggregate", "listCollections", "listIndexes" -> ClientRig.batch("firstBatch", 7, 1, 1);
            case "getMore" -> null;
            default -> "{ok: 1}";
        };
    }

    private FindQuery<Document> find() {
        return rig.collection().find().batchSize(1).prefetch(false);
    }

    private AsyncCursor<Document> opened(Query<Document> query) {
        AsyncCursor<Document> cursor = rig.done(query.open());
        assertThat(rig.done(cursor.next())).isEqualTo(new Document("_id", 1));
        return cursor;
    }

    private void pass(long millis) {
        rig.transport.loop().advance(Duration.ofMillis(millis));
    }

    private void assertTimesOut(CompletionStage<?> call) {
        assertThat(rig.failure(call)).isInstanceOf(MongoTimeoutException.class);
    }

    private BsonDocument sent(String command) {
        return rig.sent.stream()
                .filter(message -> message.commandName().equals(command))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .body();
    }

    // ---- what it spans

    @Test
    void theTimeoutIsThatOfTheWholeCursor() {
        AsyncCursor<Document> cursor = opened(find());
        pass(150);
        CompletionStage<Document> second = cursor.next();
        rig.run();
        pass(40);
        assertThat(second.toCompletableFuture()).isNotDone();
        pass(20);

        assertTimesOut(second);
        assertThat(sent("find").getInt64("maxTimeMS").getValue()).isEqualTo(200);
        assertThat(sent("getMore").containsKey("maxTimeMS")).isFalse();
        rig.assertBalanced();
    }

    @Test
    void documentsThatAreHereAreGivenEvenWhenTimeIsUp() {
        rig.answer(ClientRig.batch("firstBatch", 7, 1, 2));
        AsyncCursor<Document> cursor = opened(find());
        pass(500);

        assertThat(rig.done(cursor.next())).isEqualTo(new Document("_id", 2));
        assertTimesOut(cursor.next());
        assertThat(rig.sentNames()).containsExactly("find", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void inIterationModeEachCallHasTheWholeTime() {
        AsyncCursor<Document> cursor = opened(find().timeoutMode(TimeoutMode.ITERATION));
        pass(500);
        CompletionStage<Document> second = cursor.next();
        rig.run();
        pass(150);
        rig.reply(ClientRig.batch("nextBatch", 7, 2, 1));
        assertThat(rig.done(second)).isEqualTo(new Document("_id", 2));
        CompletionStage<Document> third = cursor.next();
        rig.run();
        pass(190);
        assertThat(third.toCompletableFuture()).isNotDone();
        pass(20);

        assertTimesOut(third);
        assertThat(sent("find").containsKey("maxTimeMS")).isFalse();
        assertThat(sent("getMore").containsKey("maxTimeMS")).isFalse();
        rig.assertBalanced();
    }

    @Test
    void inIterationModeNothingIsFetchedAhead() {
        AsyncCursor<Document> cursor = opened(find().prefetch(true).timeoutMode(TimeoutMode.ITERATION));

        assertThat(rig.sentNames()).containsExactly("find");
        rig.done(cursor.closeAsync());
    }

    @Test
    void inIterationModeAListTakesTheWholeTimeForEachBatch() {
        CompletionStage<List<Document>> all =
                find().timeoutMode(TimeoutMode.ITERATION).toList();
        rig.run();
        for (int i = 2; i < 6; i++) {
            pass(150);
            rig.reply(ClientRig.batch("nextBatch", i == 5 ? 0 : 7, i, 1));
        }

        assertThat(rig.done(all)).hasSize(5);
        rig.assertBalanced();
    }

    @Test
    void aListTakesTheTimeOfTheCursorForAllBatches() {
        CompletionStage<List<Document>> all = find().toList();
        rig.run();
        pass(150);
        rig.reply(ClientRig.batch("nextBatch", 7, 2, 1));
        pass(60);

        assertTimesOut(all);
        rig.assertBalanced();
    }

    @Test
    @DisplayName("CSOT, prose test 5: the timeout of a blocking call spans all its getMores, tailable cursors")
    void aCallThatAsksSeveralTimesHasItsTimeOnce() {
        rig.timeout = Duration.ofMillis(20);
        AsyncCursor<Document> cursor = opened(find().cursorType(CursorType.TAILABLE));
        CompletionStage<Document> next = cursor.next();
        rig.run();
        pass(15);
        rig.reply(EMPTY);
        pass(15);

        assertTimesOut(next);
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore", "killCursors");
        rig.assertBalanced();
    }

    // ---- what the server is told

    @Test
    void aTailableCursorThatDoesNotWaitHasNoLimitOnTheServer() {
        AsyncCursor<Document> cursor = opened(find().cursorType(CursorType.TAILABLE));
        cursor.tryNext();
        rig.run();

        assertThat(sent("find").containsKey("maxTimeMS")).isFalse();
        assertThat(sent("getMore").containsKey("maxTimeMS")).isFalse();
    }

    @Test
    void aCursorThatWaitsForDataLimitsTheFindButNotItsGetMores() {
        AsyncCursor<Document> cursor = opened(find().cursorType(CursorType.TAILABLE_AWAIT));
        cursor.tryNext();
        rig.run();

        assertThat(sent("find").getInt64("maxTimeMS").getValue()).isEqualTo(200);
        assertThat(sent("getMore").containsKey("maxTimeMS")).isFalse();
    }

    @Test
    void aGetMoreWaitsForDataAsLongAsTheUserSaysOrAsThereIsTime() {
        rig.server.minRoundTripNanos = 30_000_000;
        AsyncCursor<Document> cursor =
                opened(find().cursorType(CursorType.TAILABLE_AWAIT).maxAwaitTime(Duration.ofMillis(100)));
        CompletionStage<Document> next = cursor.next();
        rig.run();
        assertThat(sent("getMore").getInt64("maxTimeMS").getValue()).isEqualTo(100);
        pass(120);
        rig.reply(EMPTY);

        assertThat(sent("getMore").getInt64("maxTimeMS").getValue()).isEqualTo(50);
        rig.reply(ClientRig.batch("nextBatch", 7, 2, 1));
        rig.done(next);
    }

    @Test
    void withoutATimeoutTheUsersWaitIsSentAsItIs() {
        rig.timeout = null;
        AsyncCursor<Document> cursor =
                opened(find().cursorType(CursorType.TAILABLE_AWAIT).maxAwaitTime(Duration.ofMillis(100)));
        cursor.tryNext();
        rig.run();

        assertThat(sent("getMore").getInt64("maxTimeMS").getValue()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource(
            value = CursorType.class,
            names = {"NON_TAILABLE", "TAILABLE", "EXHAUST"})
    void aCursorThatDoesNotWaitForDataSendsNoWait(CursorType type) {
        rig.timeout = null;
        AsyncCursor<Document> cursor = opened(find().cursorType(type).maxAwaitTime(Duration.ofMillis(100)));
        cursor.tryNext();
        rig.run();

        assertThat(sent("getMore").containsKey("maxTimeMS")).isFalse();
    }

    @Test
    void listsOfCollectionsAndIndexesHaveNoLimitInIterationMode() {
        rig.done(rig.database().listCollections(Document.class).open());
        assertThat(sent("listCollections").getInt64("maxTimeMS").getValue()).isEqualTo(200);

        rig.done(rig.database()
                .listCollections(Document.class)
                .timeoutMode(TimeoutMode.ITERATION)
                .open());
        rig.done(rig.collection()
                .listIndexes(Document.class)
                .timeoutMode(TimeoutMode.ITERATION)
                .open());
        rig.done(rig.collection()
                .aggregate(List.of())
                .timeoutMode(TimeoutMode.ITERATION)
                .open());

        assertThat(sent("listCollections").containsKey("maxTimeMS")).isFalse();
        assertThat(sent("listIndexes").containsKey("maxTimeMS")).isFalse();
        assertThat(sent("aggregate").containsKey("maxTimeMS")).isFalse();
    }

    // ---- closing

    @Test
    void closingHasTheWholeTimeAgain() {
        AsyncCursor<Document> cursor = opened(find());
        pass(5000);

        rig.done(cursor.closeAsync());

        assertThat(sent("killCursors").getInt64("maxTimeMS").getValue()).isEqualTo(200);
        rig.assertBalanced();
    }

    @Test
    void closingMayHaveATimeOfItsOwn() {
        AsyncCursor<Document> cursor = opened(find());

        rig.done(cursor.closeAsync(Duration.ofMillis(400)));

        assertThat(sent("killCursors").getInt64("maxTimeMS").getValue()).isEqualTo(400);
    }

    @Test
    void closingWithoutATimeoutSendsNoLimitAndEndsAllTheSame() {
        rig.timeout = null;
        AsyncCursor<Document> cursor = opened(find());
        rig.script = message -> null;
        CompletionStage<Void> closed = cursor.closeAsync();
        rig.run();
        assertThat(sent("killCursors").containsKey("maxTimeMS")).isFalse();
        pass(10_000);

        rig.done(closed);
        rig.assertBalanced();
    }

    @Test
    void aNegativeTimeToCloseIsRefused() {
        AsyncCursor<Document> cursor = opened(find());

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> cursor.closeAsync(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        rig.done(cursor.closeAsync());
    }

    // ---- what is refused

    private void assertRefused(Query<?> query, String because) {
        int before = rig.sent.size();
        assertThat(rig.failure(query.toList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
        assertThat(rig.sent).hasSize(before);
    }

    @Test
    void aModeWithoutATimeoutIsRefused() {
        rig.timeout = null;

        for (TimeoutMode mode : TimeoutMode.values()) {
            assertRefused(find().timeoutMode(mode), "needs a timeout");
            assertRefused(rig.collection().aggregate(List.of()).timeoutMode(mode), "needs a timeout");
            assertRefused(rig.collection().listIndexes(Document.class).timeoutMode(mode), "needs a timeout");
            assertRefused(rig.database().listCollections(Document.class).timeoutMode(mode), "needs a timeout");
        }
    }

    @Test
    void whatDoesNotFitTheKindOfCursorIsRefused() {
        assertRefused(find().cursorType(CursorType.TAILABLE).timeoutMode(TimeoutMode.CURSOR_LIFETIME), "tailable");
        assertRefused(
                rig.collection()
                        .aggregate(List.of(new Document("$out", "elsewhere")))
                        .timeoutMode(TimeoutMode.ITERATION),
                "$out");
        assertRefused(
                rig.collection()
                        .aggregate(List.of(new Document("$merge", new Document("into", "elsewhere"))))
                        .timeoutMode(TimeoutMode.ITERATION),
                "$merge");
    }

    @Test
    void aWaitForDataThatIsNotShorterThanTheTimeoutIsRefused() {
        FindQuery<Document> awaiting = find().cursorType(CursorType.TAILABLE_AWAIT);

        assertRefused(awaiting.maxAwaitTime(Duration.ofMillis(200)), "maxAwaitTime of 200 ms");
        assertRefused(awaiting.maxAwaitTime(Duration.ofMillis(300)), "timeout of 200 ms");
        assertRefused(
                rig.collection().aggregate(List.of()).maxAwaitTime(Duration.ofMillis(200)), "maxAwaitTime of 200 ms");
        rig.done(awaiting.maxAwaitTime(Duration.ofMillis(300))
                .timeout(Duration.ZERO)
                .open());
        rig.done(awaiting.maxAwaitTime(Duration.ofMillis(199)).open());
    }
}
