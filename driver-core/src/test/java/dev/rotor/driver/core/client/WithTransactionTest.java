package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.TransactionState;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code withTransaction} on virtual time. */
class WithTransactionTest {

    private static final String OK = "{ok: 1, n: 1}";
    private static final String TRANSIENT =
            "{ok: 0, code: 251, errmsg: 'no such transaction', errorLabels: ['TransientTransactionError']}";
    private static final String UNKNOWN =
            "{ok: 1, writeConcernError: {code: 64, errmsg: 'waiting for replication timed out'}}";

    private final ClientRig rig = new ClientRig();
    private int runs;

    @BeforeEach
    void succeed() {
        rig.script = message -> OK;
    }

    private CompletionStage<String> insert(ClientSession session) {
        runs++;
        return rig.collection(session).insertOne(new Document("_id", runs)).thenApply(done -> "run " + runs);
    }

    /** Lets everything happen, however long its pauses. */
    private <T> CompletionStage<T> eventually(CompletionStage<T> stage) {
        rig.run();
        for (int i = 0; i < 2000 && !stage.toCompletableFuture().isDone(); i++) {
            rig.pass(Duration.ofMillis(100));
        }
        return stage;
    }

    /** Convenient API, prose test "Callback Returns a Value". */
    @Test
    void proseTheValueOfTheBodyIsTheResult() {
        ClientSession session = rig.session();

        assertThat(rig.done(session.withTransaction(this::insert))).isEqualTo("run 1");

        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction");
        assertThat(session.transactionState()).isEqualTo(TransactionState.COMMITTED);
        rig.assertBalanced();
    }

    /** Convenient API, prose test "Callback Raises a Custom Error". */
    @Test
    void proseAnErrorWithoutLabelsIsPassedOnAtOnce() {
        ClientSession session = rig.session();
        RuntimeException own = new RuntimeException("own");

        Throwable failure = rig.failure(session.withTransaction(
                bound -> insert(bound).thenCompose(inserted -> CompletableFuture.failedFuture(own))));

        assertThat(failure).isSameAs(own);
        assertThat(runs).isEqualTo(1);
        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction");
    }

    @Test
    void aBodyThatThrowsOrGivesNoStageOrACancelledOneFailsAndAborts() {
        ClientSession session = rig.session();
        RuntimeException own = new RuntimeException("own");

        assertThat(rig.failure(session.withTransaction(bound -> {
                    throw own;
                })))
                .isSameAs(own);
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
        assertThat(rig.failure(session.<String>withTransaction(bound -> nothing())))
                .isInstanceOf(NullPointerException.class);
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        assertThat(rig.failure(session.withTransaction(bound -> cancelled))).isInstanceOf(CancellationException.class);
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
        assertThat(rig.sent).isEmpty();
    }

    @SuppressWarnings("NullAway") // What a user's body may do all the same.
    private static CompletionStage<String> nothing() {
        return null;
    }

    /** A stage of the user's own making that throws when it is asked to tell of its end. */
    private static final class BrokenStage extends CompletableFuture<String> {

        private final RuntimeException thrown;
        private final boolean tells;

        BrokenStage(RuntimeException thrown, boolean tells) {
            this.thrown = thrown;
            this.tells = tells;
            complete("done");
        }

        @Override
        public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
            if (tells) {
                action.accept("done", null);
            }
            throw thrown;
        }
    }

    @Test
    void aStageOfTheBodyThatThrowsWhenItIsAskedToTellIsAFailureOfTheBody() {
        ClientSession session = rig.session();
        RuntimeException own = new RuntimeException("own");
        rig.answer(TRANSIENT);

        // In the second run: then withTransaction has returned, and there is nobody to throw to.
        Throwable failure = rig.failure(
                eventually(session.withTransaction(bound -> runs == 0 ? insert(bound) : new BrokenStage(own, false))));

        assertThat(failure).isSameAs(own);
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
        rig.assertBalanced();
    }

    @Test
    void aStageOfTheBodyThatTellsOfItsEndAndThrowsThenHasEndedOnce() {
        ClientSession session = rig.session();

        String result = rig.done(session.withTransaction(bound -> {
            rig.done(insert(bound));
            return new BrokenStage(new RuntimeException("own"), true);
        }));

        assertThat(result).isEqualTo("done");
        assertThat(session.transactionState()).isEqualTo(TransactionState.COMMITTED);
        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction");
        rig.assertBalanced();
    }

    @Test
    void aTransientFailureOfTheBodyRunsEverythingAgain() {
        rig.answer(TRANSIENT, OK, OK);

        assertThat(rig.done(eventually(rig.session().withTransaction(this::insert))))
                .isEqualTo("run 2");

        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction", "insert", "commitTransaction");
        assertThat(rig.body(2).getInt64("txnNumber").getValue()).isEqualTo(2);
        rig.assertBalanced();
    }

    @Test
    void aTransientFailureOfTheCommitRunsEverythingAgain() {
        rig.answer(OK, TRANSIENT);

        assertThat(rig.done(eventually(rig.session().withTransaction(this::insert))))
                .isEqualTo("run 2");

        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction", "insert", "commitTransaction");
    }

    @Test
    void anUnknownCommitIsSentAgainWithAMajority() {
        rig.answer(OK, UNKNOWN, UNKNOWN);

        assertThat(rig.done(eventually(rig.session().withTransaction(this::insert))))
                .isEqualTo("run 1");

        assertThat(rig.sentNames())
                .containsExactly("insert", "commitTransaction", "commitTransaction", "commitTransaction");
        assertThat(rig.body(3).getDocument("writeConcern"))
                .isEqualTo(BsonDocument.parse("{w: 'majority', wtimeout: {$numberLong: '10000'}}"));
    }

    @Test
    void aCommitThatRanIntoMaxTimeIsNotSentAgain() {
        rig.answer(OK, "{ok: 0, code: 50, errmsg: 'time limit'}");

        Throwable failure = rig.failure(eventually(rig.session().withTransaction(this::insert)));

        assertThat(failure).isInstanceOf(MongoCommandException.class);
        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction");
    }

    @Test
    void aBodyThatEndsTheTransactionIsTakenAtItsWord() {
        ClientSession session = rig.session();

        rig.done(session.withTransaction(bound -> insert(bound).thenCompose(r -> bound.commitTransaction())));
        rig.done(session.withTransaction(bound -> insert(bound).thenCompose(r -> bound.abortTransaction())));

        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction", "insert", "abortTransaction");
    }

    @Test
    void aTransactionInProgressIsAnErrorThatChangesNothing() {
        ClientSession session = rig.session();
        session.startTransaction();

        assertThat(rig.failure(session.withTransaction(this::insert)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already in progress");
        assertThat(runs).isZero();
        assertThat(session.transactionState()).isEqualTo(TransactionState.STARTING);
    }

    /** Convenient API, prose test "Retry Timeout is Enforced", case 1. */
    @Test
    void proseNoOtherRunAfterTwoMinutesOfTransientBodies() {
        rig.script = message -> message.commandName().equals("insert") ? slowly(TRANSIENT) : OK;

        Throwable failure = rig.failure(eventually(rig.session().withTransaction(this::insert)));

        assertTimedOut(failure, MongoException.TRANSIENT_TRANSACTION_ERROR);
        assertThat(runs).isEqualTo(13);
        rig.assertBalanced();
    }

    /** Convenient API, prose test "Retry Timeout is Enforced", case 2. */
    @Test
    void proseNoOtherCommitAfterTwoMinutesOfUnknownResults() {
        rig.script = message -> message.commandName().equals("commitTransaction") ? slowly(UNKNOWN) : OK;

        Throwable failure = rig.failure(eventually(rig.session().withTransaction(this::insert)));

        assertTimedOut(failure, MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT);
        assertThat(runs).isEqualTo(1);
    }

    /** Convenient API, prose test "Retry Timeout is Enforced", case 3. */
    @Test
    void proseNoOtherRunAfterTwoMinutesOfTransientCommits() {
        rig.script = message -> message.commandName().equals("commitTransaction") ? slowly(TRANSIENT) : OK;

        Throwable failure = rig.failure(eventually(rig.session().withTransaction(this::insert)));

        assertTimedOut(failure, MongoException.TRANSIENT_TRANSACTION_ERROR);
    }

    private String slowly(String answer) {
        rig.transport.clock().advance(Duration.ofMillis(9_600));
        return answer;
    }

    private static void assertTimedOut(Throwable failure, String label) {
        assertThat(failure).isInstanceOfSatisfying(MongoTimeoutException.class, e -> {
            assertThat(e.waiting()).isEqualTo(MongoTimeoutException.Waiting.TRANSACTION);
            assertThat(e.hasErrorLabel(label)).isTrue();
            assertThat(e.getCause()).isInstanceOf(MongoException.class);
        });
    }

    /** Convenient API, prose test "Retry Backoff is Enforced". */
    @Test
    void proseThirteenRetriesPauseForAboutTwoPointThreeSecondsAndNotAtAllWithoutJitter() {
        assertThat(durationOfThirteenRetries(0)).isZero();
        assertThat(durationOfThirteenRetries(1)).isBetween(2_200L, 2_400L);
    }

    private static long durationOfThirteenRetries(double jitter) {
        ClientRig rig = new ClientRig();
        rig.jitter = jitter;
        int[] commits = {0};
        rig.script =
                message -> message.commandName().equals("commitTransaction") && ++commits[0] <= 13 ? TRANSIENT : OK;
        long start = rig.transport.clock().nanoTime();
        CompletableFuture<?> through = rig.session()
                .withTransaction(session -> rig.collection(session).insertOne(new Document()))
                .toCompletableFuture();
        rig.run();
        while (!through.isDone()) {
            rig.pass(Duration.ofMillis(1));
        }
        through.join();
        return (rig.transport.clock().nanoTime() - start) / 1_000_000;
    }

    @Test
    void theTimeLimitCoversAllOperationsAndTheAbortHasItAnew() {
        ClientSession session = rig.session();
        rig.script = message -> {
            rig.transport.clock().advance(Duration.ofMillis(300));
            return OK;
        };
        TransactionOptions limited = TransactionOptions.DEFAULT.timeout(Duration.ofMillis(500));

        Throwable failure = rig.failure(eventually(session.withTransaction(
                bound -> insert(bound).thenCompose(r -> insert(bound)).thenCompose(r -> insert(bound)), limited)));

        assertThat(failure).isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e.waiting())
                .isEqualTo(MongoTimeoutException.Waiting.OPERATION));
        assertThat(rig.sentNames().get(rig.sent.size() - 1)).isEqualTo("abortTransaction");
        assertThat(rig.body(0).getNumber("maxTimeMS").longValue()).isEqualTo(500);
        assertThat(rig.body(1).getNumber("maxTimeMS").longValue()).isEqualTo(200);
        assertThat(rig.last().body().getNumber("maxTimeMS").longValue()).isEqualTo(500);
        // The limit ends with the transaction.
        rig.script = message -> OK;
        rig.done(insert(session));
        assertThat(rig.last().body().containsKey("maxTimeMS")).isFalse();
    }

    @Test
    void anOperationWithinCannotHaveATimeLimitOfItsOwn() {
        rig.timeout = Duration.ofMillis(500);
        ClientSession session = rig.session();

        Throwable failure = rig.failure(session.withTransaction(bound ->
                rig.collection(bound).withTimeout(Duration.ofMillis(100)).insertOne(new Document())));

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageContaining("withTransaction");
        assertThat(rig.sent).isEmpty();
        rig.done(session.withTransaction(bound -> rig.collection()
                .withTimeout(Duration.ofMillis(100))
                .withSession(bound)
                .insertOne(new Document())));
        assertThat(rig.body(0).getNumber("maxTimeMS").longValue()).isEqualTo(500);
    }

    @Test
    void cancellingEndsTheRepetitionAndAborts() {
        ClientSession session = rig.session();
        rig.jitter = 1;
        rig.answer(TRANSIENT);
        var pausing = session.withTransaction(this::insert).toCompletableFuture();
        rig.run();
        pausing.cancel(true);
        rig.pass(Duration.ofSeconds(5));
        assertThat(runs).isEqualTo(1);

        rig.script = message -> null;
        var running = session.withTransaction(this::insert).toCompletableFuture();
        rig.run();
        running.cancel(true);
        rig.script = message -> OK;
        rig.reply(OK);

        assertThat(rig.last().commandName()).isEqualTo("abortTransaction");
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
        rig.assertBalanced();
    }
}
