package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.AbandonedCursors;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorSource;
import dev.rotor.driver.core.cursor.DocumentCursor;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.log.LogCapture;
import dev.rotor.driver.model.CursorType;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Cursors whose users forget to close them: what a real garbage collection finds is closed. */
class AbandonedCursorTest {

    private static final int COLLECTIONS = 1000;

    private final ClientRig rig = new ClientRig();

    /** Collects garbage until something has happened that follows from it. */
    private void collectUntil(BooleanSupplier happened) throws InterruptedException {
        for (int i = 0; i < COLLECTIONS && !happened.getAsBoolean(); i++) {
            collect();
        }
    }

    /** Collects garbage, and gives those who hear of it a moment. */
    private void collect() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> garbage = new WeakReference<>(new Object(), queue);
        System.gc();
        // What has been cleared is in the queue a little later, and only once.
        while (queue.remove(10) == null) {
            System.gc();
        }
        assertThat(garbage.get()).isNull();
        assertThat(queue.remove(10)).isNull();
        rig.run();
    }

    private void assertKilledOnce(String command) throws InterruptedException {
        collectUntil(() -> rig.sentNames().contains("killCursors"));
        assertThat(rig.sentNames()).containsExactly(command, "killCursors");
        assertThat(rig.last().body().getArray("cursors").get(0).asInt64().getValue())
                .isEqualTo(5);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    private void serveOneBatch() {
        rig.script = message ->
                message.commandName().equals("killCursors") ? "{ok: 1}" : ClientRig.batch("firstBatch", 5, 0, 2);
    }

    // Opened by methods of their own, so that no local variable keeps what they had.

    private void openAndForget() {
        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().prefetch(false).open());
        assertThat(rig.done(cursor.next())).isNotNull();
    }

    private void watchAndForget() {
        ChangeStreamCursor<?> cursor = rig.done(rig.collection().watch().open());
        assertThat(cursor.cursorId()).isEqualTo(5);
    }

    @Test
    void aForgottenCursorIsKilledAndGivesItsSessionBack() throws InterruptedException {
        serveOneBatch();
        openAndForget();

        assertKilledOnce("find");
    }

    @Test
    void aForgottenChangeStreamIsKilled() throws InterruptedException {
        rig.script = message ->
                message.commandName().equals("killCursors") ? "{ok: 1}" : ClientRig.batch("firstBatch", 5, 0, 0);
        watchAndForget();

        assertKilledOnce("aggregate");
    }

    private void openExhaustAndForget() {
        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().cursorType(CursorType.EXHAUST).open());
        assertThat(rig.done(cursor.nextBatch())).hasSize(2);
        rig.transport
                .lastAttempt()
                .wire()
                .deliver(FakeMessage.opMsg(
                        rig.last().requestId(),
                        FakeMessage.MORE_TO_COME,
                        BsonDocument.parse(ClientRig.batch("nextBatch", 5, 2, 2))));
        rig.run();
        assertThat(rig.server.pool().statistics().inUse()).isEqualTo(1);
    }

    @Test
    void aForgottenExhaustCursorLetsItsConnectionGo() throws InterruptedException {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 2));
        openExhaustAndForget();

        collectUntil(() -> rig.server.pool().statistics().inUse() == 0);

        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aForgottenCursorBehindALoadBalancerGivesItsConnectionBack() throws InterruptedException {
        ClusterRig balanced = ClusterRig.loadBalanced("");
        openAndForget(balanced);
        assertThat(balanced.checkedOut).isEqualTo(1);

        collectUntil(() -> {
            balanced.run();
            return balanced.checkedOut == 0;
        });

        assertThat(balanced.checkedOut).isZero();
        assertThat(balanced.member(0).received)
                .extracting(message -> message.commandName())
                .contains("killCursors");
    }

    private static void openAndForget(ClusterRig balanced) {
        balanced.client();
        balanced.member(0).fail(1, "find", ClientRig.batch("firstBatch", 7, 1, 2));
        AsyncCursor<Document> cursor =
                balanced.done(balanced.collection().find().prefetch(false).open());
        assertThat(cursor.cursorId()).isEqualTo(7);
    }

    @Test
    void aSessionForgottenInATransactionBehindALoadBalancerGivesItsConnectionBack() throws InterruptedException {
        ClusterRig balanced = ClusterRig.loadBalanced("");
        insertAndForget(balanced);
        assertThat(balanced.checkedOut).isEqualTo(1);

        collectUntil(() -> {
            balanced.run();
            return balanced.checkedOut == 0;
        });

        assertThat(balanced.checkedOut).isZero();
        assertThat(balanced.done(balanced.collection().insertOne(new Document("_id", 2))))
                .isNotNull();
        assertThat(balanced.transport.attempts()).hasSize(1);
    }

    private static void insertAndForget(ClusterRig balanced) {
        ClientSession session = balanced.client().startSession();
        session.startTransaction();
        balanced.done(balanced.collection().withSession(session).insertOne(new Document("_id", 1)));
    }

    @Test
    void aCursorWhoseAnswerIsWaitedForIsNotForgotten() throws InterruptedException {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 0));
        CompletionStage<@Nullable Document> next = openAndAsk();

        for (int i = 0; i < 5; i++) {
            collect();
        }
        assertThat(rig.sentNames()).containsExactly("find", "getMore");

        rig.reply(ClientRig.batch("nextBatch", 5, 7, 1));
        assertThat(rig.done(next)).isEqualTo(new Document("_id", 7));
    }

    private CompletionStage<@Nullable Document> openAndAsk() {
        AsyncCursor<Document> cursor = rig.done(
                rig.collection().find().cursorType(CursorType.TAILABLE_AWAIT).open());
        CompletionStage<@Nullable Document> next = cursor.next();
        rig.run();
        return next;
    }

    // ---- the report

    /** A cursor on a server that notes what it is told. */
    private static final class Source implements CursorSource<String> {
        final List<Long> killed = new ArrayList<>();
        int released;

        @Override
        public ServerAddress server() {
            return FakeServer.ADDRESS;
        }

        @Override
        public CompletionStage<? extends Batch<String>> more(long cursorId) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
            killed.add(cursorId);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void release() {
            released++;
        }
    }

    private static final class First implements Batch<String> {
        private final long id;

        First(long id) {
            this.id = id;
        }

        @Override
        public long cursorId() {
            return id;
        }

        @Override
        public boolean advance() {
            return false;
        }

        @Override
        public String read() {
            throw new IllegalStateException("nothing is here");
        }
    }

    private final LogCapture log = new LogCapture();
    private final BlockingQueue<Runnable> handedOn = new LinkedBlockingQueue<>();
    private final AbandonedCursors abandoned =
            new AbandonedCursors(() -> handedOn::add, log.logger(AbandonedCursors.LOGGER));

    private DocumentCursor<String> cursor(Source source, long id) {
        DocumentCursor<String> cursor =
                new DocumentCursor<>(() -> false, new BatchCursor<>(source, new First(id), false));
        cursor.closeIfAbandoned(abandoned, abandoned.here());
        return cursor;
    }

    private void forget(Source source) {
        assertThat(cursor(source, 5).isExhausted()).isFalse();
    }

    private Runnable awaitHandedOn() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Runnable task = handedOn.poll(100, TimeUnit.MILLISECONDS);
            if (task != null) {
                return task;
            }
        }
        throw new AssertionError("the garbage collector has found nothing");
    }

    @Test
    void theCleanersThreadOnlyHandsOn() throws InterruptedException {
        Source source = new Source();
        forget(source);

        Runnable task = awaitHandedOn();

        assertThat(source.killed).isEmpty();
        task.run();
        assertThat(source.killed).containsExactly(5L);
        assertThat(source.released).isEqualTo(1);
    }

    @Test
    void theFirstIsToldAloudAndTheOthersAreCounted() throws InterruptedException {
        log.level = Level.WARN;
        for (int i = 0; i < 3; i++) {
            forget(new Source());
            awaitHandedOn().run();
        }

        assertThat(abandoned.found()).isEqualTo(3);
        assertThat(log.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.level()).isEqualTo(Level.WARN);
            assertThat(entry.text()).contains("never closed", "db1:27017", "DEBUG");
            assertThat(entry.thrown()).isNull();
        });
    }

    @Test
    void whoAsksByTheLoggersLevelIsToldWhereEachWasOpened() throws InterruptedException {
        log.level = Level.DEBUG;
        for (int i = 0; i < 2; i++) {
            forget(new Source());
            awaitHandedOn().run();
        }

        assertThat(log.entries()).extracting(LogCapture.Entry::level).containsExactly(Level.WARN, Level.DEBUG);
        assertThat(log.entries()).allSatisfy(entry -> assertThat(
                        Objects.requireNonNull(entry.thrown()).getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("forget")));
        assertThat(log.entries().get(1).text()).contains("2");
    }

    @Test
    void whatIsClosedOrHasEndedIsNotHandedOn() throws InterruptedException {
        Source closed = new Source();
        close(closed);
        Source whole = new Source();
        assertThat(cursor(whole, 0).cursorId()).isZero();
        Source forgotten = new Source();
        forget(forgotten);

        awaitHandedOn().run();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }

        assertThat(forgotten.killed).containsExactly(5L);
        assertThat(handedOn.poll(50, TimeUnit.MILLISECONDS)).isNull();
        assertThat(closed.killed).containsExactly(5L);
        assertThat(whole.killed).isEmpty();
        assertThat(abandoned.found()).isEqualTo(1);
    }

    private void close(Source source) {
        DocumentCursor<String> cursor = cursor(source, 5);
        cursor.close();
        cursor.close();
    }

    @Test
    void afterItsClientIsClosedAForgottenCursorIsNobodysConcern() throws InterruptedException {
        BlockingQueue<String> refused = new LinkedBlockingQueue<>();
        AbandonedCursors late = new AbandonedCursors(
                () -> task -> {
                    refused.add("refused");
                    throw new RejectedExecutionException("closed");
                },
                log.logger(AbandonedCursors.LOGGER));
        log.level = Level.DEBUG;
        Source source = new Source();
        forgetLate(late, source);

        String told = null;
        for (int i = 0; i < COLLECTIONS && told == null; i++) {
            System.gc();
            told = refused.poll(100, TimeUnit.MILLISECONDS);
        }

        assertThat(told).isNotNull();
        assertThat(late.found()).isZero();
        assertThat(log.entries()).isEmpty();
    }

    private static void forgetLate(AbandonedCursors late, Source source) {
        new DocumentCursor<>(() -> false, new BatchCursor<>(source, new First(5), false)).closeIfAbandoned(late, null);
    }
}
