package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.InsertOneResult;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What goes out again, with what, and what the caller is told. */
class ExecutionRetryTest {

    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);
    private static final String NOT_PRIMARY =
            "{ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary'}";
    private static final String LABELLED =
            "{ok: 0, code: 10107, errmsg: 'not primary', errorLabels: ['RetryableWriteError']}";

    private final ClientRig rig = new ClientRig();

    private CompletionStage<InsertOneResult> insert() {
        return rig.collection().insertOne(new Document("_id", 1));
    }

    @Test
    void aReadGoesOutAgainAfterANetworkError() {
        rig.answer(ClientRig.BREAK, FOUND);

        assertThat(rig.done(rig.collection().find().first())).isEqualTo(new Document("_id", 1));
        assertThat(rig.sentNames()).containsExactly("find", "find");
        assertThat(rig.transport.attempts()).hasSize(2);
        rig.assertBalanced();
    }

    @Test
    void aReadThatFailsTwiceIsNotSentAThirdTimeAndSaysHowOften() {
        rig.answer(ClientRig.BREAK, ClientRig.BREAK, FOUND);

        Throwable failure = rig.failure(rig.collection().find().first());

        assertThat(failure).isInstanceOfSatisfying(MongoConnectionException.class, e -> assertThat(e.attempts())
                .isEqualTo(2));
        assertThat(rig.sent).hasSize(2);
        rig.assertBalanced();
    }

    @Test
    void aReadIsNotRetriedWhenTheSettingsForbidIt() {
        rig.retryReads = false;
        rig.answer(ClientRig.BREAK);

        assertThat(rig.failure(rig.collection().find().first())).isInstanceOf(MongoConnectionException.class);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void aMongosThatFailedIsTheLastToBeAskedAgain() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        rig.answer(ClientRig.BREAK, FOUND);

        rig.done(rig.collection().find().first());

        assertThat(rig.server.deprioritized.get(0)).isEmpty();
        assertThat(rig.server.deprioritized.get(1)).containsExactly(FakeServer.ADDRESS);
    }

    @Test
    void aWriteIsRepeatedUnderTheSameSessionAndTransactionNumber() {
        rig.answer(ClientRig.BREAK, "{ok: 1, n: 1}");

        rig.done(insert());

        BsonDocument first = rig.body(0);
        BsonDocument second = rig.body(1);
        assertThat(first.getInt64("txnNumber").getValue()).isEqualTo(1);
        assertThat(second.getInt64("txnNumber")).isEqualTo(first.getInt64("txnNumber"));
        assertThat(second.getDocument("lsid")).isEqualTo(first.getDocument("lsid"));
        rig.assertBalanced();
    }

    @Test
    void theNextWriteOfASessionHasTheNextTransactionNumber() {
        rig.script = message -> "{ok: 1, n: 1}";

        rig.done(insert());
        rig.done(insert());

        assertThat(rig.body(1).getDocument("lsid")).isEqualTo(rig.body(0).getDocument("lsid"));
        assertThat(rig.body(1).getInt64("txnNumber").getValue()).isEqualTo(2);
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aSessionThatMetANetworkErrorIsNotUsedByTheNextOperation() {
        rig.answer(ClientRig.BREAK);
        rig.script = message -> "{ok: 1, n: 1}";

        rig.done(insert());
        rig.done(insert());

        assertThat(rig.body(2).getDocument("lsid")).isNotEqualTo(rig.body(0).getDocument("lsid"));
        assertThat(rig.body(2).getInt64("txnNumber").getValue()).isEqualTo(1);
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aStandaloneGetsNoTransactionNumberAndNoSecondAttempt() {
        rig.kind = ClientRig.STANDALONE;
        rig.server.retryableWrites = false;
        rig.answer(ClientRig.BREAK);

        Throwable failure = rig.failure(insert());

        assertThat(failure).isInstanceOfSatisfying(MongoConnectionException.class, e -> assertThat(e.labels())
                .doesNotContain(MongoException.RETRYABLE_WRITE_ERROR));
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.body(0).containsKey("txnNumber")).isFalse();
        assertThat(rig.body(0).containsKey("lsid")).isTrue();
    }

    @Test
    void aServerWithoutSessionsGetsNeitherSessionNorSecondAttempt() {
        rig.kind = "setName: 'rs', isWritablePrimary: true";
        rig.server.retryableWrites = false;
        rig.answer(ClientRig.BREAK);

        assertThat(rig.failure(insert())).isInstanceOf(MongoConnectionException.class);
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.body(0).keySet()).doesNotContain("txnNumber", "lsid");
    }

    @Test
    void aWriteWhoseCheckoutFailsOnAServerWithoutRetryableWritesIsNotTriedAgain() {
        rig.database();
        rig.server.retryableWrites = false;
        rig.server.pool().clear(new IllegalStateException("gone"), null, false);

        Throwable failure = rig.failure(insert());

        assertThat(failure).isInstanceOfSatisfying(MongoPoolClearedException.class, e -> {
            assertThat(e.attempts()).isEqualTo(1);
            assertThat(e.labels()).doesNotContain(MongoException.RETRYABLE_WRITE_ERROR);
        });
        assertThat(rig.server.selections).isEqualTo(1);
        rig.assertBalanced();
    }

    @Test
    void aWriteWhoseCheckoutFailsIsTriedAgainWhereTheServerTakesRetryableWrites() {
        rig.database();
        rig.server.pool().clear(new IllegalStateException("gone"), null, false);

        Throwable failure = rig.failure(insert());

        assertThat(failure).isInstanceOfSatisfying(MongoPoolClearedException.class, e -> {
            assertThat(e.attempts()).isEqualTo(2);
            assertThat(e.labels()).contains(MongoException.RETRYABLE_WRITE_ERROR);
        });
        assertThat(rig.server.selections).isEqualTo(2);
        rig.assertBalanced();
    }

    @Test
    void aReplyOfAServerThatLabelsIsRetriedByItsLabelOnly() {
        rig.answer(NOT_PRIMARY);
        assertThat(rig.failure(insert())).isInstanceOf(MongoCommandException.class);
        assertThat(rig.sent).hasSize(1);

        rig.answer(LABELLED, "{ok: 1, n: 1}");
        rig.done(insert());
        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void aReplyOfAServerThatDoesNotLabelYetIsRetriedByItsCode() {
        rig.wireVersion = 8;
        rig.answer(NOT_PRIMARY, "{ok: 1, n: 1}");

        rig.done(insert());

        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void theFirstErrorIsToldWhenTheSecondAttemptWroteNothing() {
        rig.answer(
                "{ok: 0, code: 91, errmsg: 'first', errorLabels: ['RetryableWriteError']}",
                "{ok: 0, code: 10107, errmsg: 'second', errorLabels: ['RetryableWriteError', 'NoWritesPerformed']}");

        Throwable failure = rig.failure(insert());

        assertThat(failure).isInstanceOfSatisfying(MongoCommandException.class, e -> {
            assertThat(e.code()).isEqualTo(91);
            assertThat(e.attempts()).isEqualTo(2);
        });
    }

    @Test
    void aWriteThatWasAppliedWithoutItsConcernIsSentAgain() {
        rig.answer(
                "{ok: 1, n: 1, writeConcernError: {code: 91, errmsg: 'stopping'}, errorLabels: ['RetryableWriteError']}",
                "{ok: 1, n: 1}");

        rig.done(insert());

        assertThat(rig.body(1).getInt64("txnNumber")).isEqualTo(rig.body(0).getInt64("txnNumber"));
        assertThat(rig.server.failures).hasSize(1);
        rig.assertBalanced();
    }

    @Test
    void aWriteConcernErrorThatIsNoReasonToRetryIsTold() {
        rig.answer("{ok: 1, n: 1, writeConcernError: {code: 64, errmsg: 'too slow'}}");

        assertThat(rig.failure(insert())).isInstanceOf(MongoWriteConcernException.class);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void anUnacknowledgedWriteCarriesNoSessionAndIsNotRetried() {
        rig.writeConcern = WriteConcern.UNACKNOWLEDGED;

        InsertOneResult result = rig.done(insert());

        assertThat(result.isAcknowledged()).isFalse();
        assertThat(rig.body(0).keySet()).doesNotContain("txnNumber", "lsid");
        assertThat(rig.last().flags() & 2).isEqualTo(2);
        rig.assertBalanced();
    }

    @Test
    void aStatementThatMayTouchSeveralDocumentsIsNotRetried() {
        rig.answer(ClientRig.BREAK);

        Throwable failure = rig.failure(rig.collection().deleteMany(new Document()));

        assertThat(failure).isInstanceOf(MongoConnectionException.class);
        assertThat(rig.sent).hasSize(1);
        assertThat(rig.body(0).containsKey("txnNumber")).isFalse();
    }

    @Test
    void withATimeoutAReadIsRetriedUntilTimeIsUp() {
        rig.timeout = Duration.ofSeconds(1);
        rig.script = message -> {
            rig.transport.clock().advance(Duration.ofMillis(300));
            return ClientRig.BREAK;
        };

        Throwable failure = rig.failure(rig.collection().find().first());

        assertThat(failure).isInstanceOfSatisfying(MongoTimeoutException.class, e -> {
            assertThat(e.waiting()).isEqualTo(MongoTimeoutException.Waiting.OPERATION);
            assertThat(e).hasMessageContaining("1000 ms").hasMessageContaining("db1:27017");
            assertThat(e.attempts()).isEqualTo(4);
        });
        assertThat(rig.sent).hasSize(4);
        rig.assertBalanced();
    }

    @Test
    void aServerThatRefusesAtOnceTenThousandTimesDoesNotFillTheStack() {
        rig.insideSend = true;
        rig.timeout = Duration.ofSeconds(1);
        rig.script = message -> rig.sent.size() <= 10_000 ? "{ok: 0, code: 134, errmsg: 'not yet'}" : FOUND;

        assertThat(rig.done(rig.collection().find().first())).isEqualTo(new Document("_id", 1));
        assertThat(rig.sent).hasSize(10_001);
        rig.assertBalanced();
    }

    @Test
    void theTimeoutBoundsTheReplyAndSaysSo() {
        rig.timeout = Duration.ofMillis(250);
        CompletionStage<Document> found = rig.collection().find().first();
        rig.run();
        rig.transport.loop().advance(Duration.ofMillis(300));

        assertThat(rig.failure(found)).isInstanceOfSatisfying(MongoTimeoutException.class, e -> {
            assertThat(e.waiting()).isEqualTo(MongoTimeoutException.Waiting.OPERATION);
            assertThat(e)
                    .hasMessageContaining("250 ms")
                    .hasMessageContaining("db1:27017")
                    .hasMessageContaining("find");
        });
        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }

    @Test
    void theTimeoutBoundsTheWaitForAConnection() {
        rig.poolSize = 1;
        rig.timeout = Duration.ofMillis(250);
        CompletionStage<Document> slow =
                rig.collection().withTimeout(Duration.ofSeconds(60)).find().first();
        rig.run();
        CompletionStage<Document> waiting = rig.collection().find().first();
        rig.transport.loop().advance(Duration.ofMillis(300));

        assertThat(rig.failure(waiting))
                .isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e.waiting())
                        .isEqualTo(MongoTimeoutException.Waiting.OPERATION));
        rig.reply(FOUND);
        rig.done(slow);
        rig.assertBalanced();
    }
}
