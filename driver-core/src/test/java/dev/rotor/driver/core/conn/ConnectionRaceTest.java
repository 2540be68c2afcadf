package dev.rotor.driver.core.conn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two threads at once: whatever their order, the handler hears one outcome. */
class ConnectionRaceTest {

    private static final int ROUNDS = 1000;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aReplyAndACloseAtOnceAreOneOutcome() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Rig rig = new Rig().open();
            Outcomes outcomes = new Outcomes();
            rig.connection().send(rig.command("ping"), outcomes, Deadline.NONE);
            byte[] reply = FakeMessage.reply(rig.wire().lastSent(), "{ok: 1}");
            atOnce(() -> rig.wire().deliver(reply), () -> rig.connection().close(new MongoException("closed", null)));
            assertThat(outcomes.all()).isEqualTo(1);
            assertThat(rig.connection().isClosed()).isTrue();
        }
    }

    @Test
    void aSendAndACloseAtOnceAreOneOutcome() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Rig rig = new Rig().open();
            Outcomes outcomes = new Outcomes();
            atOnce(() -> rig.connection().send(rig.command("ping"), outcomes, Deadline.NONE), () -> rig.connection()
                    .close(new MongoException("closed", null)));
            assertThat(outcomes.failures.get()).isEqualTo(1);
            assertThat(outcomes.all()).isEqualTo(1);
        }
    }

    @Test
    void oneOfSeveralRepliesAndACloseAtOnceEndInOneFailure() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Rig rig = new Rig().open();
            Outcomes outcomes = new Outcomes();
            var command = rig.command("hello");
            command.exhaustAllowed();
            rig.connection().send(command, outcomes, Deadline.NONE);
            byte[] reply = FakeMessage.opMsg(
                    rig.wire().lastSent().requestId(), FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1}"));
            atOnce(() -> rig.wire().deliver(reply), () -> rig.connection().close(new MongoException("closed", null)));
            assertThat(outcomes.failures.get()).isEqualTo(1);
            assertThat(outcomes.replies.get()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void aStreamThatIsStoppedWhileAReplyComesIsToldThatAndNothingElse() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Rig rig = new Rig().open();
            Outcomes outcomes = new Outcomes();
            var command = rig.command("hello");
            command.exhaustAllowed();
            rig.connection().send(command, outcomes, Deadline.NONE);
            byte[] reply = FakeMessage.opMsg(
                    rig.wire().lastSent().requestId(), FakeMessage.MORE_TO_COME, BsonDocument.parse("{ok: 1}"));
            atOnce(() -> rig.wire().deliver(reply), () -> rig.connection().stopReplies(outcomes));
            assertThat(outcomes.failure).isInstanceOf(StreamStoppedException.class);
            assertThat(outcomes.failures.get()).isEqualTo(1);
        }
    }

    @Test
    void twoClosesAtOnceAreOneFailure() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Rig rig = new Rig().open();
            Outcomes outcomes = new Outcomes();
            rig.connection().send(rig.command("ping"), outcomes, Deadline.NONE);
            Runnable close = () -> rig.connection().close(new MongoException("closed", null));
            atOnce(close, close);
            assertThat(outcomes.all()).isEqualTo(1);
        }
    }

    private void atOnce(Runnable one, Runnable other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Future<?> first = threads.submit(() -> {
            barrier.await();
            one.run();
            return null;
        });
        Future<?> second = threads.submit(() -> {
            barrier.await();
            other.run();
            return null;
        });
        first.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
    }

    private static final class Outcomes implements ReplyHandler {
        final AtomicInteger replies = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();

        @Nullable
        volatile MongoException failure;

        int all() {
            return replies.get() + failures.get();
        }

        @Override
        public void onReply(Connection connection, ReplyEnvelope reply) {
            replies.incrementAndGet();
        }

        @Override
        public void onSentUnacknowledged(Connection connection) {
            throw new AssertionError("unexpected");
        }

        @Override
        public void onConnectionFailure(Connection connection, MongoException heard) {
            failure = heard;
            failures.incrementAndGet();
        }
    }
}
