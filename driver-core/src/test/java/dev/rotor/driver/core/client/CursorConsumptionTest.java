package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.model.CursorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What can be done with an open cursor beside asking it for the next document, and asking a query again. */
class CursorConsumptionTest {

    private final ClientRig rig = new ClientRig();
    private int cursors;

    /** Serves documents 0 to 9 in batches of 4; the id of a cursor tells where it stands. */
    private void serveTen() {
        rig.script = message -> {
            BsonDocument body = message.body();
            return switch (message.commandName()) {
                case "find" -> {
                    cursors++;
                    yield ClientRig.batch("firstBatch", 100L * cursors + 4, 0, 4);
                }
                case "getMore" -> {
                    long cursor = body.getInt64("getMore").getValue();
                    int from = (int) (cursor % 100);
                    int count = Math.min(4, 10 - from);
                    yield ClientRig.batch("nextBatch", from + count < 10 ? cursor + count : 0, from, count);
                }
                default -> "{ok: 1}";
            };
        };
    }

    private AsyncCursor<Document> open() {
        serveTen();
        return rig.done(rig.collection().find().open());
    }

    private static List<Integer> ids(List<Document> documents) {
        return documents.stream().map(one -> one.getInteger("_id")).toList();
    }

    private int next(AsyncCursor<Document> cursor) {
        return Objects.requireNonNull(rig.done(cursor.next())).getInteger("_id");
    }

    // ---- lists

    @Test
    void toListGivesWhatWasNotConsumed() {
        AsyncCursor<Document> cursor = open();
        next(cursor);

        assertThat(ids(rig.done(cursor.toList()))).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rig.done(cursor.toList())).isEmpty();
        assertThat(cursor.isExhausted()).isTrue();
        assertThat(cursor.cursorId()).isZero();
        rig.assertBalanced();
    }

    @Test
    void toListWithALimitGoesOnWhereTheLastOneStopped() {
        AsyncCursor<Document> cursor = open();

        assertThat(ids(rig.done(cursor.toList(3)))).containsExactly(0, 1, 2);
        assertThat(ids(rig.done(cursor.toList(5)))).containsExactly(3, 4, 5, 6, 7);
        assertThat(next(cursor)).isEqualTo(8);
        assertThat(ids(rig.done(cursor.toList(5)))).containsExactly(9);
    }

    @Test
    void aLimitThatIsNotPositiveIsRefused() {
        AsyncCursor<Document> cursor = open();

        assertThatThrownBy(() -> cursor.toList(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(next(cursor)).isZero();
    }

    @Test
    void aFullListOfATailableCursorIsNotWaitedForAnyLonger() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 1), ClientRig.batch("nextBatch", 5, 1, 0));
        AsyncCursor<Document> cursor = rig.done(
                rig.collection().find().cursorType(CursorType.TAILABLE_AWAIT).open());

        CompletionStage<List<Document>> two = cursor.toList(2);
        rig.run();
        assertThat(two.toCompletableFuture()).isNotDone();
        rig.reply(ClientRig.batch("nextBatch", 5, 1, 2));

        assertThat(ids(rig.done(two))).containsExactly(0, 1);
        assertThat(next(cursor)).isEqualTo(2);
    }

    // ---- consumers

    @Test
    void forEachGivesWhatWasNotConsumed() {
        AsyncCursor<Document> cursor = open();
        next(cursor);
        List<Integer> seen = new ArrayList<>();

        rig.done(cursor.forEach(document -> seen.add(document.getInteger("_id"))));

        assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        rig.assertBalanced();
    }

    @Test
    void aConsumerThatWantsNoMoreLeavesTheCursorOpenBehindItsLastDocument() {
        AsyncCursor<Document> cursor = open();
        List<Integer> seen = new ArrayList<>();

        rig.done(cursor.forEachWhile(document -> {
            seen.add(document.getInteger("_id"));
            return document.getInteger("_id") < 5;
        }));

        assertThat(seen).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(next(cursor)).isEqualTo(6);
    }

    @Test
    void whatAConsumerThrowsFailsTheCallAndTheCursorGoesOn() {
        AsyncCursor<Document> cursor = open();
        IllegalStateException thrown = new IllegalStateException("enough");

        Throwable failure = rig.failure(cursor.forEach(document -> {
            throw thrown;
        }));

        assertThat(failure).isSameAs(thrown);
        assertThat(next(cursor)).isEqualTo(1);
    }

    @Test
    void afterCloseAConsumerIsGivenNothingMore() {
        AsyncCursor<Document> cursor = open();
        List<Integer> seen = new ArrayList<>();

        Throwable failure = rig.failure(cursor.forEach(document -> {
            seen.add(document.getInteger("_id"));
            cursor.close();
        }));

        assertThat(seen).containsExactly(0);
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        rig.assertBalanced();
    }

    @Test
    void whoGivesUpItsCallIsGivenNothingMoreAndTheCursorGoesOn() {
        AsyncCursor<Document> cursor = open();
        List<Integer> seen = new ArrayList<>();
        List<CompletionStage<Void>> call = new ArrayList<>();
        // The first four come at once; then the call is there to be cancelled.
        call.add(cursor.forEach(document -> {
            seen.add(document.getInteger("_id"));
            if (!call.isEmpty()) {
                call.get(0).toCompletableFuture().cancel(true);
            }
        }));
        rig.run();

        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
        assertThat(next(cursor)).isEqualTo(5);
    }

    @Test
    void whatComesAfterACallWasGivenUpIsForTheNextOne() {
        for (boolean one : new boolean[] {true, false}) {
            rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
            AsyncCursor<Document> cursor = rig.done(rig.collection()
                    .find()
                    .cursorType(CursorType.TAILABLE_AWAIT)
                    .open());
            CompletionStage<?> givenUp = one ? cursor.next() : cursor.nextBatch();
            rig.run();
            givenUp.toCompletableFuture().cancel(true);
            rig.reply(ClientRig.batch("nextBatch", 5, 1, 2));

            assertThat(next(cursor)).isEqualTo(1);
            assertThat(next(cursor)).isEqualTo(2);
        }
    }

    @Test
    void callsDoNotOverlap() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 1));
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        CompletionStage<List<Document>> first = cursor.toList();
        rig.run();

        assertThat(rig.failure(cursor.forEach(document -> {}))).hasMessageContaining("chain the calls");
        rig.reply(ClientRig.batch("nextBatch", 0, 1, 1));

        assertThat(ids(rig.done(first))).containsExactly(0, 1);
    }

    // ---- asking again

    @Test
    void aQueryOpenedTwiceGivesTwoCursorsThatBothBeginAtTheStart() {
        serveTen();
        FindQuery<Document> query = rig.collection().find();
        AsyncCursor<Document> one = rig.done(query.open());
        AsyncCursor<Document> other = rig.done(query.open());

        assertThat(ids(rig.done(one.toList(6)))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(next(other)).isZero();
        assertThat(next(one)).isEqualTo(6);
        assertThat(other.cursorId()).isNotEqualTo(one.cursorId());

        one.close();
        assertThat(ids(rig.done(other.toList()))).hasSize(9);
    }

    @Test
    void aQueryWhoseCursorIsPartlyConsumedCanBeAskedAgain() {
        serveTen();
        FindQuery<Document> query = rig.collection().find();
        AsyncCursor<Document> cursor = rig.done(query.open());
        next(cursor);
        cursor.close();

        assertThat(ids(rig.done(query.toList()))).hasSize(10);
        assertThat(ids(rig.done(query.toList()))).hasSize(10);
        assertThat(next(rig.done(query.open()))).isZero();
    }

    @Test
    void aCopyOfAQueryLeavesItAsItWas() {
        rig.script = message -> ClientRig.batch("firstBatch", 0, 0, 1);
        FindQuery<Document> query = rig.collection().find().skip(1);

        rig.done(query.skip(2).sort(new Document("a", 1)).toList());
        rig.done(query.toList());

        assertThat(rig.body(0).getInt64("skip").getValue()).isEqualTo(2);
        assertThat(rig.body(1).getInt64("skip").getValue()).isEqualTo(1);
        assertThat(rig.body(1).containsKey("sort")).isFalse();
    }
}
