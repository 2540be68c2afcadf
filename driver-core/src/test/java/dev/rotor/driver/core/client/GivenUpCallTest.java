package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.model.CursorType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls to a cursor that are given up while they are answered: what came of them is the next call's. */
class GivenUpCallTest {

    private static final String REFUSED = "{ok: 0, code: 11601, errmsg: 'interrupted'}";

    private final ClientRig rig = new ClientRig();

    // ---- round trips that fail

    static Stream<Function<AsyncCursor<Document>, CompletionStage<?>>> calls() {
        return Stream.of(
                AsyncCursor::next,
                AsyncCursor::tryNext,
                AsyncCursor::nextBatch,
                AsyncCursor::toList,
                cursor -> cursor.forEach(document -> {}));
    }

    private AsyncCursor<Document> failedForNobody(Function<AsyncCursor<Document>, CompletionStage<?>> call) {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        CompletionStage<?> givenUp = call.apply(cursor);
        rig.run();
        givenUp.toCompletableFuture().cancel(false);
        rig.answer("{ok: 1}");
        rig.reply(REFUSED);
        return cursor;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aFailureThatNobodyWaitedForIsToldToTheNextCall(Function<AsyncCursor<Document>, CompletionStage<?>> call) {
        AsyncCursor<Document> cursor = failedForNobody(call);

        assertThat(cursor.isExhausted()).isFalse();
        assertThat(rig.failure(cursor.next())).isInstanceOf(MongoCommandException.class);
        assertThat(cursor.isExhausted()).isTrue();
        assertThat(rig.failure(cursor.next()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void afterCloseAFailureThatNobodyWaitedForIsNobodysConcern() {
        AsyncCursor<Document> cursor = failedForNobody(AsyncCursor::next);

        cursor.close();

        assertThat(cursor.isExhausted()).isTrue();
        assertThat(rig.failure(cursor.next()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        rig.assertBalanced();
    }

    @Test
    void aFailureThatComesWhileACallIsBeingGivenUpIsNotTheEnd() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        CompletableFuture<Document> givenUp = cursor.next().toCompletableFuture();
        rig.run();
        // Whatever hangs on the call is run by whoever ends it.
        CompletionStage<Boolean> exhausted = givenUp.handle((none, failure) -> {
            rig.answer("{ok: 1}");
            rig.reply(REFUSED);
            return cursor.isExhausted();
        });
        givenUp.completeExceptionally(new java.util.concurrent.TimeoutException());

        assertThat(rig.done(exhausted)).isFalse();
        assertThat(rig.failure(cursor.next())).isInstanceOf(MongoCommandException.class);
    }

    @Test
    void whatAConsumerThrowsWhoseCallWasGivenUpIsNotToldToTheNextCall() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        AsyncCursor<Document> cursor = rig.done(rig.collection().find().open());
        CompletableFuture<?>[] call = new CompletableFuture<?>[1];
        call[0] = cursor.forEach(document -> {
                    call[0].cancel(false);
                    throw new IllegalStateException("of the consumer");
                })
                .toCompletableFuture();
        rig.run();
        rig.reply(ClientRig.batch("nextBatch", 0, 1, 2));

        assertThat(rig.done(cursor.next())).isEqualTo(new Document("_id", 2));
    }

    // ---- documents

    private record Thing(int id) {}

    /** Does what the test says while it decodes. */
    private static final class HookedCodec implements Codec<Thing> {
        private @Nullable Runnable hook;
        private int unreadable = -1;

        void once(Runnable task) {
            hook = task;
        }

        @Override
        public void encode(BsonWriter writer, Thing value, EncoderContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Thing decode(BsonReader reader, DecoderContext context) {
            reader.readStartDocument();
            int id = reader.readInt32("_id");
            reader.readEndDocument();
            Runnable task = hook;
            if (task != null) {
                hook = null;
                task.run();
            }
            if (id == unreadable) {
                throw new IllegalStateException("unreadable: " + id);
            }
            return new Thing(id);
        }

        @Override
        public Class<Thing> getEncoderClass() {
            return Thing.class;
        }
    }

    private final HookedCodec codec = new HookedCodec();

    private AsyncCursor<Thing> empty() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        FindQuery<Thing> query = rig.database()
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromCodecs(codec), MongoClientSettings.DEFAULT_CODEC_REGISTRY))
                .getCollection("things", Thing.class)
                .find();
        return rig.done(query.cursorType(CursorType.TAILABLE_AWAIT).open());
    }

    /** A call that is given up while the first of three documents is decoded, which are all that there will be. */
    private <R> AsyncCursor<Thing> givenUpWhileDecoding(Function<AsyncCursor<Thing>, CompletionStage<R>> call) {
        AsyncCursor<Thing> cursor = empty();
        CompletableFuture<R> givenUp = call.apply(cursor).toCompletableFuture();
        rig.run();
        codec.once(() -> givenUp.cancel(false));
        rig.reply(ClientRig.batch("nextBatch", 0, 0, 3));
        assertThat(givenUp).isCancelled();
        return cursor;
    }

    private int next(AsyncCursor<Thing> cursor) {
        return Objects.requireNonNull(rig.done(cursor.next())).id();
    }

    @Test
    void aDocumentThatIsDecodedWhileItsCallIsGivenUpIsForTheNextCall() {
        AsyncCursor<Thing> cursor = givenUpWhileDecoding(AsyncCursor::next);

        assertThat(cursor.isExhausted()).isFalse();
        assertThat(next(cursor)).isZero();
        assertThat(next(cursor)).isEqualTo(1);
        assertThat(next(cursor)).isEqualTo(2);
        assertThat(rig.done(cursor.next())).isNull();
        assertThat(cursor.isExhausted()).isTrue();
    }

    @Test
    void aDocumentOfATryThatIsGivenUpIsPartOfTheNextBatch() {
        AsyncCursor<Thing> cursor = givenUpWhileDecoding(AsyncCursor::tryNext);

        assertThat(rig.done(cursor.nextBatch())).containsExactly(new Thing(0), new Thing(1), new Thing(2));
        assertThat(rig.done(cursor.nextBatch())).isEmpty();
    }

    @Test
    void aBatchThatIsDecodedWhileItsCallIsGivenUpIsForTheNextCalls() {
        AsyncCursor<Thing> cursor = givenUpWhileDecoding(AsyncCursor::nextBatch);

        assertThat(next(cursor)).isZero();
        assertThat(rig.done(cursor.toList(1))).containsExactly(new Thing(1));
        assertThat(rig.done(cursor.nextBatch())).containsExactly(new Thing(2));
        assertThat(rig.done(cursor.nextBatch())).isEmpty();
    }

    @Test
    void aBatchThatEndsWithADocumentThatCannotBeReadIsGivenBackInItsOrder() {
        codec.unreadable = 1;
        AsyncCursor<Thing> cursor = givenUpWhileDecoding(AsyncCursor::nextBatch);

        assertThat(next(cursor)).isZero();
        assertThat(rig.failure(cursor.next())).hasMessage("unreadable: 1");
        assertThat(next(cursor)).isEqualTo(2);
        assertThat(rig.done(cursor.next())).isNull();
    }

    @Test
    void aDocumentThatCannotBeReadWhileItsCallIsGivenUpFailsTheNextCall() {
        codec.unreadable = 0;
        AsyncCursor<Thing> cursor = givenUpWhileDecoding(AsyncCursor::next);

        assertThat(rig.failure(cursor.next())).hasMessage("unreadable: 0");
        assertThat(rig.done(cursor.toList())).isEqualTo(List.of(new Thing(1), new Thing(2)));
    }
}
