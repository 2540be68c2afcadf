package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What happens when the server says that it has too much to do: the prose tests of Client Backpressure, and more. */
class OverloadTest {

    private static final String OVERLOADED = "{ok: 0, code: 462, errmsg: 'rate exceeded',"
            + " errorLabels: ['SystemOverloadedError', 'RetryableError']}";
    private static final String OVERLOADED_NAMING_ITS_BASE = "{ok: 0, code: 462, errmsg: 'rate exceeded',"
            + " baseBackoffMS: 50, errorLabels: ['SystemOverloadedError', 'RetryableError']}";
    private static final String OVERLOADED_FOR_GOOD =
            "{ok: 0, code: 462, errmsg: 'rate exceeded', errorLabels: ['SystemOverloadedError']}";
    private static final String NOT_PRIMARY_NOW =
            "{ok: 0, code: 91, errmsg: 'stopping', errorLabels: ['RetryableError']}";
    private static final String RETRYABLE_WRITE_ERROR =
            "{ok: 0, code: 91, errmsg: 'stopping', errorLabels: ['RetryableError', 'RetryableWriteError']}";
    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);

    private final ClientRig rig = new ClientRig();

    private CompletionStage<?> insert() {
        return rig.collection().insertOne(new Document("a", 1));
    }

    private CompletionStage<Document> find() {
        return rig.collection().find().first();
    }

    /** Lets time pass until the operation has ended, and tells how much that was. */
    private long millisUntilDone(CompletionStage<?> stage) {
        rig.run();
        long millis = 0;
        while (!stage.toCompletableFuture().isDone() && millis < 60_000) {
            rig.transport.loop().advance(Duration.ofMillis(1));
            millis++;
        }
        return millis;
    }

    private static void assertOverload(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.labels())
                .contains(MongoException.SYSTEM_OVERLOADED_ERROR, MongoException.RETRYABLE_ERROR));
    }

    @Test
    @DisplayName("Client Backpressure, prose test 1: operation retry uses exponential backoff")
    void retriesWaitExponentiallyLonger() {
        rig.script = message -> OVERLOADED;
        rig.jitter = 0;
        assertThat(millisUntilDone(insert())).isZero();

        rig.jitter = 1;
        assertThat(millisUntilDone(insert())).isEqualTo(600);
        rig.assertBalanced();
    }

    @Test
    @DisplayName("Client Backpressure, prose test 3: overload errors are retried a maximum of MAX_RETRIES times")
    void thereAreTwoRetriesByDefault() {
        rig.script = message -> OVERLOADED;

        Throwable failure = rig.failure(find());

        assertOverload(failure);
        assertThat(rig.sentNames()).containsExactly("find", "find", "find");
        rig.assertBalanced();
    }

    @Test
    @DisplayName("Client Backpressure, prose test 4: overload errors are retried maxAdaptiveRetries times")
    void maxAdaptiveRetriesSaysHowOften() {
        rig.maxAdaptiveRetries = 1;
        rig.script = message -> OVERLOADED;

        assertOverload(rig.failure(find()));
        assertThat(rig.sentNames()).containsExactly("find", "find");
    }

    @Test
    @DisplayName("Client Backpressure, prose test 5: baseBackoffMS overrides the base")
    void theServerNamesTheBase() {
        rig.jitter = 1;
        rig.script = message -> OVERLOADED_NAMING_ITS_BASE;

        CompletionStage<?> inserted = insert();

        assertThat(millisUntilDone(inserted)).isEqualTo(300);
        assertThat(rig.failure(inserted)).isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(
                        e.response().getInt32("baseBackoffMS").getValue())
                .isEqualTo(50));
    }

    @Test
    void anErrorThatIsNotRetryableIsNotRetried() {
        rig.answer(OVERLOADED_FOR_GOOD);

        assertThat(rig.failure(find())).isInstanceOf(MongoCommandException.class);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    @DisplayName("Retryable Reads, prose test 4: one overload error sets the maximum for all retries")
    void anOverloadErrorAllowsTwoRetriesOfErrorsThatAreNone() {
        rig.answer(OVERLOADED);
        rig.script = message -> NOT_PRIMARY_NOW;

        assertThat(rig.failure(find())).isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.code())
                .isEqualTo(91));
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    @DisplayName("Retryable Reads, prose test 5: no backoff for errors that are no overload errors")
    void onlyOverloadErrorsAreWaitedFor() {
        rig.jitter = 1;
        rig.answer(OVERLOADED);
        rig.script = message -> NOT_PRIMARY_NOW;

        assertThat(millisUntilDone(find())).isEqualTo(200);
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void commandsThatAreNotRetriedOtherwiseAreRetriedToo() {
        rig.script = message -> rig.sent.size() % 2 == 1 ? OVERLOADED : "{ok: 1, n: 2, nModified: 2}";

        rig.done(rig.collection().updateMany(new Document(), new Document("$set", new Document("a", 1))));
        rig.done(rig.collection().drop());
        rig.done(rig.database().runCommand(new Document("ping", 1)));

        assertThat(rig.sentNames()).containsExactly("update", "update", "drop", "drop", "ping", "ping");
        assertThat(rig.body(1).containsKey("txnNumber")).isFalse();
        rig.assertBalanced();
    }

    @Test
    void whatIsRetriedIsForTheSettingsToSay() {
        rig.retryReads = false;
        rig.script = message -> OVERLOADED;

        rig.failure(find());
        rig.failure(rig.database().runCommand(new Document("ping", 1)));
        assertThat(rig.sentNames()).containsExactly("find", "ping");

        rig.failure(rig.collection().drop());
        assertThat(rig.sentNames()).containsExactly("find", "ping", "drop", "drop", "drop");
    }

    @Test
    void runCommandIsNotRetriedWithoutRetryableWritesEither() {
        rig.retryWrites = false;
        rig.script = message -> OVERLOADED;

        rig.failure(rig.database().runCommand(new Document("ping", 1)));
        rig.failure(rig.collection().drop());

        assertThat(rig.sentNames()).containsExactly("ping", "drop");
    }

    @Test
    void aGetMoreIsRetriedOnItsServer() {
        rig.answer(
                ClientRig.batch("firstBatch", 7, 1, 2), OVERLOADED, OVERLOADED, ClientRig.batch("nextBatch", 0, 3, 1));

        List<Document> all = rig.done(rig.collection().find().batchSize(2).toList());

        assertThat(all).hasSize(3);
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore", "getMore");
        rig.assertBalanced();
    }

    @Test
    void aGetMoreThatIsRefusedTooOftenFailsAndTheCursorIsKilled() {
        rig.answer(ClientRig.batch("firstBatch", 7, 1, 2));
        rig.script = message -> message.commandName().equals("getMore") ? OVERLOADED : "{ok: 1}";

        assertOverload(rig.failure(rig.collection().find().batchSize(2).toList()));
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore", "getMore", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void aRetryableWriteKeepsItsTransactionNumber() {
        rig.answer(OVERLOADED, "{ok: 1, n: 1}");

        rig.done(insert());

        assertThat(rig.body(1).getInt64("txnNumber")).isEqualTo(rig.body(0).getInt64("txnNumber"));
    }

    @Test
    void theOverloadedServerIsAvoidedOnlyWhenTheSettingsSaySo() {
        rig.script = message -> OVERLOADED;
        rig.failure(find());
        assertThat(rig.server.deprioritized).containsOnly(Set.of());

        ClientRig other = new ClientRig();
        other.retarget = true;
        other.answer(OVERLOADED, FOUND);
        other.done(other.collection().find().first());
        assertThat(other.server.deprioritized).containsExactly(Set.<ServerAddress>of(), Set.of(FakeServer.ADDRESS));
    }

    @Test
    void aMongosIsAvoidedWhateverTheError() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        rig.answer("{ok: 0, code: 6, errmsg: 'unreachable'}", FOUND);

        rig.done(find());

        assertThat(rig.server.deprioritized).containsExactly(Set.of(), Set.of(FakeServer.ADDRESS));
    }

    @Test
    void aMemberOfAReplicaSetIsNotAvoidedAfterOtherErrors() {
        rig.retarget = true;
        rig.answer("{ok: 0, code: 6, errmsg: 'unreachable'}", FOUND);

        rig.done(find());

        assertThat(rig.server.deprioritized).containsOnly(Set.of());
    }

    @Test
    void aWaitThatWouldLastLongerThanTheTimeoutIsNotBegun() {
        rig.timeout = Duration.ofMillis(500);
        rig.jitter = 1;
        rig.script = message -> OVERLOADED;

        assertThat(millisUntilDone(find())).isEqualTo(200);
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void withATimeoutToo_anOverloadErrorLimitsTheRetries() {
        rig.timeout = Duration.ofSeconds(60);
        rig.script = message -> OVERLOADED;

        assertOverload(rig.failure(find()));
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void nothingIsHeldDuringTheWait() {
        rig.jitter = 1;
        rig.answer(OVERLOADED);
        CompletionStage<?> inserted = insert();
        rig.run();

        assertThat(inserted.toCompletableFuture()).isNotDone();
        rig.assertBalanced();
    }

    @Test
    void anOperationThatIsGivenUpDuringTheWaitGivesItsSessionBack() {
        rig.jitter = 1;
        rig.answer(OVERLOADED);
        CompletionStage<?> inserted = insert();
        rig.run();

        inserted.toCompletableFuture().cancel(false);
        rig.transport.loop().advance(Duration.ofSeconds(20));

        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aClientThatIsClosedEndsTheWait() {
        rig.jitter = 1;
        rig.answer(OVERLOADED);
        CompletionStage<?> inserted = insert();
        rig.run();

        rig.closeEngine();

        assertThat(rig.failure(inserted)).isInstanceOf(MongoClientClosedException.class);
        rig.transport.loop().advance(Duration.ofSeconds(20));
        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }

    @Test
    void afterTheClientWasClosedThereIsNoWait() {
        rig.jitter = 1;
        rig.answer(OVERLOADED);
        rig.database();
        rig.closeEngine();

        assertThat(rig.failure(insert())).isInstanceOf(MongoClientClosedException.class);
        rig.assertBalanced();
    }

    // ---- which error is told: Retryable Writes, prose test 6

    private static String refusal(int code, boolean wroteNothing) {
        return "{ok: 0, code: " + code + ", errmsg: 'no', errorLabels: ['RetryableError', 'SystemOverloadedError'"
                + (wroteNothing ? ", 'NoWritesPerformed'" : "") + "]}";
    }

    private int toldCode() {
        return ((MongoException) rig.failure(insert())).code();
    }

    @Test
    @DisplayName("Retryable Writes, prose test 6, case 1: errors without NoWritesPerformed: the last")
    void ofErrorsThatMayHaveWrittenTheLastIsTold() {
        rig.answer(refusal(91, false));
        rig.script = message -> refusal(10107, false);

        assertThat(toldCode()).isEqualTo(10107);
    }

    @Test
    @DisplayName("Retryable Writes, prose test 6, case 2: errors with NoWritesPerformed only: the first")
    void ofErrorsThatWroteNothingTheFirstIsTold() {
        rig.answer(refusal(91, true));
        rig.script = message -> refusal(10107, true);

        assertThat(toldCode()).isEqualTo(91);
    }

    @Test
    @DisplayName("Retryable Writes, prose test 6, case 3: some without NoWritesPerformed: the last of these")
    void anErrorThatMayHaveWrittenIsTold() {
        rig.answer(refusal(91, false));
        rig.script = message -> refusal(91, true);

        assertThat(((MongoException) rig.failure(insert())).labels())
                .contains(MongoException.SYSTEM_OVERLOADED_ERROR)
                .doesNotContain(MongoException.NO_WRITES_PERFORMED);
    }

    @Test
    @DisplayName("Retryable Writes, prose test 6, case 4: an overload error sets the maximum for all retries")
    void anOverloadErrorAllowsTwoRetriesOfAWrite() {
        rig.answer(OVERLOADED);
        rig.script = message -> RETRYABLE_WRITE_ERROR;

        assertThat(rig.failure(insert())).isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.code())
                .isEqualTo(91));
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    @DisplayName("Retryable Writes, prose test 6, case 5: no backoff for errors that are no overload errors")
    void ofAWriteOnlyOverloadErrorsAreWaitedFor() {
        rig.jitter = 1;
        rig.answer(OVERLOADED);
        rig.script = message -> RETRYABLE_WRITE_ERROR;

        assertThat(millisUntilDone(insert())).isEqualTo(200);
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void whenTheTimeoutPassesDuringARetryableErrorThatIsTold() {
        rig.timeout = Duration.ofMillis(100);
        rig.script = message -> {
            rig.transport.clock().advance(Duration.ofMillis(150));
            return OVERLOADED;
        };

        assertThat(rig.failure(find())).isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e)
                .hasMessageContaining("rate exceeded")
                .hasCauseInstanceOf(MongoCommandException.class));
    }
}
