package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoClientSettings;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queries as publishers: when they fetch, and how they end when somebody breaks the rules. */
class SubscriptionTest {

    private final ClientRig rig = new ClientRig();

    /** Requests what the test says, and notes what it hears. */
    private static class Recorder<T> implements Flow.Subscriber<T> {
        final List<T> items = new ArrayList<>();
        final List<Throwable> errors = new ArrayList<>();
        int completions;

        private Flow.@Nullable Subscription subscription;

        void request(long n) {
            Objects.requireNonNull(subscription, "subscription").request(n);
        }

        void cancel() {
            Objects.requireNonNull(subscription, "subscription").cancel();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(T item) {
            items.add(item);
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

    private Recorder<Document> subscribed(FindQuery<Document> query) {
        Recorder<Document> recorder = new Recorder<>();
        query.subscribe(recorder);
        return recorder;
    }

    private void request(Recorder<?> recorder, long n) {
        recorder.request(n);
        rig.run();
    }

    // ---- what is fetched

    @ParameterizedTest
    @EnumSource(
            value = CursorType.class,
            names = {"TAILABLE", "TAILABLE_AWAIT"})
    void aTailableCursorIsAskedOnlyWhileSomethingIsRequested(CursorType type) {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        Recorder<Document> recorder = subscribed(rig.collection().find().cursorType(type));

        request(recorder, 2);
        assertThat(recorder.items).hasSize(2);
        assertThat(rig.sentNames()).containsExactly("find");

        request(recorder, 1);
        rig.reply(ClientRig.batch("nextBatch", 5, 2, 0));
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
        rig.reply(ClientRig.batch("nextBatch", 5, 2, 1));

        assertThat(recorder.items).hasSize(3);
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
        rig.answer("{ok: 1}");
        recorder.cancel();
        rig.assertBalanced();
    }

    @Test
    void aChangeStreamIsAskedOnlyWhileSomethingIsRequested() {
        rig.answer("{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things', firstBatch: [{_id: {_data: 'a'}}]}}");
        Recorder<Object> recorder = new Recorder<>();
        rig.collection().watch().subscribe(recorder);

        request(recorder, 1);

        assertThat(recorder.items).hasSize(1);
        assertThat(rig.sentNames()).containsExactly("aggregate");
    }

    @Test
    void withoutPrefetchABatchIsFetchedWhenASubscriberWantsOfIt() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        Recorder<Document> recorder = subscribed(rig.collection().find().prefetch(false));

        request(recorder, 1);
        request(recorder, 1);
        assertThat(rig.sentNames()).containsExactly("find");

        rig.answer(ClientRig.batch("nextBatch", 5, 2, 2));
        request(recorder, 1);
        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        request(recorder, 1);
        assertThat(rig.sentNames()).containsExactly("find", "getMore");

        rig.answer(ClientRig.batch("nextBatch", 0, 4, 1));
        request(recorder, 5);
        assertThat(recorder.items).hasSize(5);
        assertThat(recorder.completions).isEqualTo(1);
        rig.assertBalanced();
    }

    @Test
    void aSubscriberThatRequestsWhileItIsGivenOneNeedsNoOtherSignal() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 1), ClientRig.batch("nextBatch", 0, 1, 1));
        Recorder<Document> recorder = new Recorder<>() {
            @Override
            public void onNext(Document item) {
                super.onNext(item);
                request(1);
            }
        };
        rig.collection().find().prefetch(false).subscribe(recorder);

        request(recorder, 1);

        assertThat(recorder.items).hasSize(2);
        assertThat(recorder.completions).isEqualTo(1);
    }

    @Test
    void anEndThatIsKnownIsToldWithoutBeingAskedFor() {
        rig.answer(ClientRig.batch("firstBatch", 0, 0, 2), ClientRig.batch("firstBatch", 0, 0, 0));
        Recorder<Document> two = subscribed(rig.collection().find().prefetch(false));
        request(two, 2);
        Recorder<Document> none = subscribed(rig.collection().find().prefetch(false));
        request(none, 1);

        assertThat(two.completions).isEqualTo(1);
        assertThat(none.completions).isEqualTo(1);
        rig.assertBalanced();
    }

    @Test
    void theTimeOfAnIterationBeginsWhenASubscriberWantsMore() {
        rig.timeout = Duration.ofMillis(200);
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 1));
        Recorder<Document> recorder = subscribed(rig.collection().find().timeoutMode(TimeoutMode.ITERATION));
        request(recorder, 1);
        rig.pass(Duration.ofMillis(500));
        assertThat(recorder.errors).isEmpty();

        request(recorder, 1);
        rig.pass(Duration.ofMillis(150));
        rig.reply(ClientRig.batch("nextBatch", 0, 1, 1));

        assertThat(recorder.errors).isEmpty();
        assertThat(recorder.items).hasSize(2);
        assertThat(recorder.completions).isEqualTo(1);
    }

    @Test
    void inATransactionTheDriverSendsNothingBetweenTheCommandsOfTheSubscriber() {
        rig.answer(ClientRig.batch("firstBatch", 7, 1, 1));
        ClientSession session = rig.session();
        session.startTransaction();
        Recorder<Document> recorder = subscribed(rig.collection(session).find().prefetch(true));
        request(recorder, 1);
        assertThat(rig.sentNames()).containsExactly("find");

        rig.answer("{ok: 1, n: 1}");
        rig.done(rig.collection(session).insertOne(new Document("_id", 9)));
        rig.answer(ClientRig.batch("nextBatch", 0, 2, 1));
        request(recorder, 1);

        assertThat(rig.sentNames()).containsExactly("find", "insert", "getMore");
        assertThat(recorder.items).hasSize(2);
        assertThat(recorder.completions).isEqualTo(1);
        rig.assertBalanced();
    }

    // ---- before there is a cursor

    private record Unloadable(int id) {}

    /** Fails as a codec does whose class cannot be loaded. */
    private static final class BrokenProvider implements CodecProvider {
        @Override
        public <C> @Nullable Codec<C> get(Class<C> type, CodecRegistry registry) {
            if (type == Unloadable.class) {
                throw new NoClassDefFoundError("of its codec");
            }
            return null;
        }
    }

    private FindQuery<Unloadable> unloadable() {
        return rig.database()
                .withCodecRegistry(CodecRegistries.fromRegistries(
                        CodecRegistries.fromProviders(new BrokenProvider()),
                        MongoClientSettings.DEFAULT_CODEC_REGISTRY))
                .getCollection("things", Unloadable.class)
                .find();
    }

    @Test
    void anErrorBeforeTheQueryIsSentIsTold() {
        Recorder<Unloadable> recorder = new Recorder<>();
        unloadable().subscribe(recorder);
        recorder.request(1);
        rig.run();

        assertThat(recorder.errors).singleElement().isInstanceOf(NoClassDefFoundError.class);
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void anErrorBeforeTheQueryIsSentIsTheResultOfTheCall() {
        assertThat(rig.failure(unloadable().open())).isInstanceOf(NoClassDefFoundError.class);
        assertThat(rig.failure(unloadable().toList())).isInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void cancellingLeavesTheQueueForAServer() {
        rig.database();
        rig.server.known = false;
        Recorder<Document> recorder = subscribed(rig.collection().find());
        request(recorder, 1);
        assertThat(rig.server.waiting).hasSize(1);

        recorder.cancel();

        assertThat(rig.server.waiting).isEmpty();
        rig.assertBalanced();
        assertThat(recorder.errors).isEmpty();
        assertThat(rig.sent).isEmpty();
    }

    // ---- subscribers that throw

    @Test
    void aSubscriberThatThrowsAtTheEndHearsNothingMore() {
        rig.answer(ClientRig.batch("firstBatch", 0, 0, 1));
        Recorder<Document> recorder = new Recorder<>() {
            @Override
            public void onComplete() {
                super.onComplete();
                throw new IllegalStateException("thrown by the subscriber");
            }
        };
        rig.collection().find().subscribe(recorder);

        request(recorder, 2);

        assertThat(recorder.completions).isEqualTo(1);
        assertThat(recorder.errors).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aSubscriberThatThrowsWhenItIsToldOfAFailureLeavesNoCursorOpen() {
        Recorder<Document> recorder = new Recorder<>() {
            @Override
            public void onError(Throwable failure) {
                super.onError(failure);
                throw new IllegalStateException("thrown by the subscriber");
            }
        };
        rig.collection().find().subscribe(recorder);
        request(recorder, 1);
        assertThat(rig.sentNames()).containsExactly("find");

        recorder.request(0);
        rig.answer("{ok: 1}");
        rig.reply(ClientRig.batch("firstBatch", 5, 0, 3));
        recorder.request(1);

        assertThat(recorder.errors).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(recorder.items).isEmpty();
        FakeMessage last = rig.last();
        assertThat(last.commandName()).isEqualTo("killCursors");
        rig.assertBalanced();
    }
}
