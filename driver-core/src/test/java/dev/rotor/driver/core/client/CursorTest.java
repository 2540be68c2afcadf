package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.CursorType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How cursors fetch, and that none is left open on the server. */
class CursorTest {

    private final ClientRig rig = new ClientRig();

    /** Serves so many documents, in batches of the size asked for, and forgets a cursor that is killed. */
    private static final class Documents {
        private final int count;
        private final int defaultBatch;
        private int served;

        Documents(int count, int defaultBatch) {
            this.count = count;
            this.defaultBatch = defaultBatch;
        }

        String answer(FakeMessage message) {
            if (message.commandName().equals("killCursors")) {
                return "{ok: 1}";
            }
            BsonDocument body = message.body();
            boolean first = !message.commandName().equals("getMore");
            int size =
                    body.containsKey("batchSize") ? body.getNumber("batchSize").intValue() : defaultBatch;
            int n = Math.min(size, count - served);
            int from = served;
            served += n;
            return ClientRig.batch(first ? "firstBatch" : "nextBatch", served < count ? 5 : 0, from, n);
        }
    }

    private Documents serve(int count, int defaultBatch) {
        Documents documents = new Documents(count, defaultBatch);
        rig.script = documents::answer;
        return documents;
    }

    private static List<Integer> ids(List<Document> documents) {
        return documents.stream().map(one -> one.getInteger("_id")).toList();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Subscribes, and counts. */
    private static final class Recorder implements Flow.Subscriber<Document> {
        final List<Integer> ids = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        int completions;

        Flow.@Nullable Subscription subscription;

        Flow.Subscription subscription() {
            Flow.Subscription present = subscription;
            if (present == null) {
                throw new IllegalStateException("not subscribed");
            }
            return present;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Document item) {
            ids.add(item.getInteger("_id"));
        }

        @Override
        public void onError(Throwable failure) {
            errors.add(failure);
        }

        @Override
        public void onComplete() {
            completions++;
        }
    }

    private void assertKilledOnceAndBalanced() {
        rig.assertBalanced();
        assertThat(rig.sentNames().stream().filter("killCursors"::equals)).hasSize(1);
        FakeMessage kill = rig.sent.stream()
                .filter(message -> message.commandName().equals("killCursors"))
                .findFirst()
                .orElseThrow();
        assertThat(kill.body().getArray("cursors").get(0).asInt64().getValue()).isEqualTo(5);
        assertThat(kill.body().getString("killCursors").getValue()).isEqualTo("things");
        assertThat(kill.body().getDocument("lsid")).isEqualTo(rig.body(0).getDocument("lsid"));
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    // ---- fetching

    @Test
    void exactlyOneBatchIsFetchedAheadOfTheConsumer() {
        serve(100, 10);
        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().batchSize(10).open());
        rig.run();
        assertThat(rig.sentNames()).containsExactly("find");

        assertThat(ids(rig.done(cursor.nextBatch()))).isEqualTo(numbers(10));
        rig.run();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");

        rig.done(cursor.nextBatch());
        rig.run();
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
        cursor.close();
        assertKilledOnceAndBalanced();
    }

    @Test
    void withoutPrefetchABatchIsFetchedWhenItIsAskedFor() {
        serve(100, 10);
        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().prefetch(false).open());
        rig.done(cursor.nextBatch());
        rig.run();
        assertThat(rig.sentNames()).containsExactly("find");
        rig.done(cursor.nextBatch());
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
    }

    @Test
    void nothingIsEverFetchedAheadOfATailableCursor() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        AsyncCursor<Document> cursor = rig.done(
                rig.collection().find().cursorType(CursorType.TAILABLE_AWAIT).open());
        rig.done(cursor.nextBatch());
        rig.run();

        assertThat(rig.sentNames()).containsExactly("find");
    }

    @Test
    void tryNextOfATailableCursorMakesOneRoundTripEvenWhenTheAnswerComesInsideSend() {
        rig.insideSend = true;
        rig.script = message -> message.commandName().equals("find")
                ? ClientRig.batch("firstBatch", 5, 0, 0)
                : ClientRig.batch("nextBatch", 5, 0, 0);
        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().cursorType(CursorType.TAILABLE).open());

        assertThat(rig.done(cursor.tryNext())).isNull();
        assertThat(rig.done(cursor.tryNext())).isNull();

        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
    }

    @Test
    void aSlowSubscriberCausesAsManyRoundTripsAsAFastOne() {
        serve(2_000, 101);
        Recorder fast = new Recorder();
        rig.collection().find().subscribe(fast);
        fast.subscription().request(Long.MAX_VALUE);
        rig.run();
        int roundTrips = rig.sent.size();
        assertThat(fast.ids).isEqualTo(numbers(2_000));
        assertThat(fast.completions).isEqualTo(1);

        ClientRig other = new ClientRig();
        other.script = new Documents(2_000, 101)::answer;
        Recorder slow = new Recorder();
        other.collection().find().subscribe(slow);
        while (slow.completions == 0) {
            slow.subscription().request(1);
            other.run();
        }
        assertThat(slow.ids).isEqualTo(numbers(2_000));
        assertThat(other.sent).hasSize(roundTrips);
        assertThat(other.sent).noneMatch(message -> message.body().containsKey("batchSize"));
        rig.assertBalanced();
        other.assertBalanced();
    }

    @Test
    void theLastBatchAsksForNoMoreThanTheLimitLeaves() {
        serve(25, 10);
        rig.done(rig.collection().find().batchSize(10).limit(25).toList());

        assertThat(rig.body(0).getNumber("limit").intValue()).isEqualTo(25);
        assertThat(rig.sent.stream()
                        .map(message -> message.body().getNumber("batchSize").intValue()))
                .containsExactly(10, 10, 5);
    }

    @Test
    void aBatchOfTheSizeOfTheLimitLeavesNoCursorOpen() {
        serve(100, 10);
        rig.done(rig.collection().find().batchSize(10).limit(10).toList(10));

        assertThat(rig.body(0).getNumber("batchSize").intValue()).isEqualTo(11);
    }

    @Test
    void aCursorOfFiveThousandBatchesDoesNotFillTheStackWhenAnswersComeInsideSend() {
        rig.insideSend = true;
        serve(10_000, 2);
        assertThat(rig.done(rig.collection().find().toList())).hasSize(10_000);

        ClientRig other = new ClientRig();
        other.insideSend = true;
        other.script = new Documents(10_000, 2)::answer;
        Recorder recorder = new Recorder();
        other.collection().find().subscribe(recorder);
        recorder.subscription().request(Long.MAX_VALUE);
        other.run();
        assertThat(recorder.ids).hasSize(10_000);
        assertThat(recorder.completions).isEqualTo(1);
    }

    // ---- closing

    @Test
    void closingEarlyKillsTheCursorWithItsSession() {
        serve(100, 10);
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());

        CompletableFuture<Void> closed = cursor.closeAsync().toCompletableFuture();
        rig.run();

        assertThat(closed).isDone();
        assertThat(rig.failure(cursor.next())).isInstanceOf(IllegalStateException.class);
        assertKilledOnceAndBalanced();
    }

    @Test
    void closingWhileABatchIsOnItsWayFailsTheWaitingCallAtOnceAndKillsTheCursorLater() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        CompletableFuture<Document> next = cursor.next().toCompletableFuture();
        rig.run();
        assertThat(next).isNotDone();

        CompletableFuture<Void> closed = cursor.closeAsync().toCompletableFuture();

        assertThat(next).isCompletedExceptionally();
        assertThat(rig.failure(next)).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThat(closed).isNotDone();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("nextBatch", 5, 0, 3));
        rig.run();
        assertThat(closed).isDone();
        assertKilledOnceAndBalanced();
    }

    @Test
    void theEndOfTheCursorGivesTheSessionBackAndKillsNothing() {
        serve(30, 10);
        assertThat(ids(rig.done(rig.collection().find().toList()))).isEqualTo(numbers(30));

        rig.assertBalanced();
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
        assertThat(rig.sent).allSatisfy(message -> assertThat(message.body().getDocument("lsid"))
                .isEqualTo(rig.body(0).getDocument("lsid")));
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void firstOfAnAggregateWithMoreThanOneBatchKillsTheCursor() {
        serve(100, 10);
        assertThat(rig.done(rig.collection().aggregate(List.of()).first())).isEqualTo(new Document("_id", 0));
        assertKilledOnceAndBalanced();
    }

    @Test
    void aConsumerThatThrowsEndsTheCursorAndItsExceptionIsTheResult() {
        serve(100, 10);
        Throwable failure = rig.failure(rig.collection().find().forEach(document -> {
            throw new IllegalStateException("enough");
        }));

        assertThat(failure).hasMessage("enough");
        assertKilledOnceAndBalanced();
    }

    @Test
    void aConsumerThatWantsNoMoreEndsTheCursor() {
        serve(100, 10);
        List<Document> seen = new ArrayList<>();
        rig.done(rig.collection().find().forEachWhile(document -> seen.add(document) && seen.size() < 15));

        assertThat(ids(seen)).isEqualTo(numbers(15));
        assertKilledOnceAndBalanced();
    }

    @Test
    void givingUpAListBeforeTheCursorIsOpenKillsTheCursor() {
        rig.database();
        CompletableFuture<List<Document>> list =
                rig.collection().find().toList().toCompletableFuture();
        rig.run();
        list.cancel(false);
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("firstBatch", 5, 0, 3));

        assertKilledOnceAndBalanced();
    }

    @Test
    void givingUpAListWhileItIsReadKillsTheCursor() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 3));
        CompletableFuture<List<Document>> list =
                rig.collection().find().toList().toCompletableFuture();
        rig.run();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        list.cancel(false);
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("nextBatch", 5, 3, 3));

        assertKilledOnceAndBalanced();
    }

    @Test
    void aTimeLimitOfTheCallersOwnEndsTheCursorToo() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 3));
        CompletableFuture<Void> all =
                rig.collection().find().forEach(document -> {}).toCompletableFuture();
        rig.run();
        all.completeExceptionally(new java.util.concurrent.TimeoutException());
        serve(100, 3);
        rig.reply(ClientRig.batch("nextBatch", 5, 3, 3));

        assertKilledOnceAndBalanced();
    }

    @Test
    void givingUpTheOpeningOfACursorKillsIt() {
        rig.database();
        CompletableFuture<AsyncCursor<Document>> opening =
                rig.collection().find().open().toCompletableFuture();
        rig.run();
        opening.cancel(false);
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("firstBatch", 5, 0, 3));

        assertKilledOnceAndBalanced();
    }

    // ---- subscriptions

    @Test
    void cancellingBeforeTheFirstRequestSendsNothing() {
        Recorder recorder = new Recorder();
        rig.collection().find().subscribe(recorder);
        recorder.subscription().cancel();
        recorder.subscription().request(5);
        rig.run();

        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void cancellingWhileTheQueryIsOnItsWayKillsTheCursor() {
        Recorder recorder = new Recorder();
        rig.collection().find().subscribe(recorder);
        recorder.subscription().request(1);
        rig.run();
        recorder.subscription().cancel();
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("firstBatch", 5, 0, 3));

        assertThat(recorder.ids).isEmpty();
        assertKilledOnceAndBalanced();
    }

    @Test
    void cancellingBetweenTwoDocumentsKillsTheCursor() {
        serve(100, 10);
        Recorder recorder = new Recorder();
        rig.collection().find().subscribe(recorder);
        recorder.subscription().request(3);
        rig.run();
        recorder.subscription().cancel();
        rig.run();

        assertThat(recorder.ids).containsExactly(0, 1, 2);
        assertThat(recorder.completions).isZero();
        assertKilledOnceAndBalanced();
    }

    @Test
    void cancellingWhileTheNextBatchIsOnItsWayKillsTheCursor() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 3));
        Recorder recorder = new Recorder();
        rig.collection().find().subscribe(recorder);
        recorder.subscription().request(10);
        rig.run();
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        recorder.subscription().cancel();
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("nextBatch", 5, 3, 3));

        assertThat(recorder.ids).containsExactly(0, 1, 2);
        assertKilledOnceAndBalanced();
    }

    @Test
    void aSubscriberThatThrowsIsToldAndTheCursorIsKilled() {
        serve(100, 10);
        List<Throwable> errors = new ArrayList<>();
        rig.collection().find().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(10);
            }

            @Override
            public void onNext(Document item) {
                throw new IllegalStateException("enough");
            }

            @Override
            public void onError(Throwable failure) {
                errors.add(failure);
            }

            @Override
            public void onComplete() {}
        });
        rig.run();

        assertThat(errors).singleElement().isInstanceOf(IllegalStateException.class);
        assertKilledOnceAndBalanced();
    }

    // ---- failures

    @Test
    void aSecondCallBeforeTheFirstIsCompleteIsRefusedAndTheFirstGoesOn() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        CompletionStage<Document> first = cursor.next();
        Throwable refused = rig.failure(cursor.next());

        assertThat(refused).isInstanceOf(IllegalStateException.class).hasMessageContaining("chain");
        rig.reply(ClientRig.batch("nextBatch", 0, 7, 1));
        assertThat(rig.done(first)).isEqualTo(new Document("_id", 7));
    }

    private record Odd(int id) {}

    private static final class OddCodec implements Codec<Odd> {
        @Override
        public void encode(BsonWriter writer, Odd value, EncoderContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Odd decode(BsonReader reader, DecoderContext context) {
            reader.readStartDocument();
            int id = reader.readInt32("_id");
            if (id % 2 == 0) {
                throw new IllegalStateException("even: " + id);
            }
            reader.readEndDocument();
            return new Odd(id);
        }

        @Override
        public Class<Odd> getEncoderClass() {
            return Odd.class;
        }
    }

    @Test
    void aDocumentThatCannotBeDecodedFailsOneCallOnly() {
        serve(4, 2);
        AsyncCursor<Odd> cursor = rig.done(rig.database()
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(new OddCodec()), MongoClientSettings.DEFAULT_CODEC_REGISTRY))
                .getCollection("things", Odd.class)
                .find()
                .open());

        assertThat(rig.failure(cursor.next())).hasMessage("even: 0");
        assertThat(rig.done(cursor.next())).isEqualTo(new Odd(1));
        assertThat(rig.failure(cursor.next())).hasMessage("even: 2");
        assertThat(rig.done(cursor.next())).isEqualTo(new Odd(3));
        assertThat(rig.done(cursor.next())).isNull();
        rig.assertBalanced();
    }

    @Test
    void aRefusedGetMoreIsToldAfterTheDocumentsBeforeItAndEndsTheCursor() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2), "{ok: 0, code: 11601, errmsg: 'interrupted'}", "{ok: 1}");
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());

        assertThat(rig.done(cursor.next()).getInteger("_id")).isZero();
        rig.run();
        assertThat(rig.done(cursor.next()).getInteger("_id")).isEqualTo(1);
        assertThat(rig.failure(cursor.next())).isInstanceOf(MongoCommandException.class);
        assertThat(rig.failure(cursor.next())).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.isExhausted()).isTrue();
        assertKilledOnceAndBalanced();
    }

    @Test
    void aGetMoreThatMeetsANetworkErrorIsNotRetriedAndNobodyIsKilled() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2), ClientRig.BREAK);

        assertThat(rig.failure(rig.collection().find().toList())).isInstanceOf(MongoConnectionException.class);

        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isZero();
    }

    @Test
    void aGetMoreReplyWithoutABatchIsAClearErrorAndEndsTheCursor() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2), "{ok: 1}", "{ok: 1}");

        assertThat(rig.failure(rig.collection().find().toList()))
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("db1:27017")
                .hasMessageContaining("getMore");
        assertKilledOnceAndBalanced();
    }
}
