package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.MongoTimeoutException.Waiting;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.InsertManyOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code timeoutMS} of operations without cursors: what is sent, what is ignored, what is told. */
class OperationTimeoutTest {

    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);

    private final ClientRig rig = new ClientRig();

    private CompletionStage<Document> find() {
        return rig.collection().find().first();
    }

    private CompletionStage<?> insert() {
        return rig.collection().insertOne(new Document("a", 1));
    }

    private long maxTime(int index) {
        return rig.body(index).getInt64("maxTimeMS").getValue();
    }

    private static void assertTimeout(Throwable failure, Waiting waiting) {
        assertThat(failure).isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e.waiting())
                .isEqualTo(waiting));
    }

    // ---- what is sent

    @Test
    void aLimitThatIsTakenBackLeavesTheOneOfWhatTheViewComesFrom() {
        rig.timeout = Duration.ofMillis(500);
        MongoDatabase limited = rig.database().withTimeout(Duration.ofSeconds(2));

        assertThat(limited.withTimeout(null).timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(rig.cluster().withTimeout(Duration.ZERO).withTimeout(null).timeout())
                .isEqualTo(Duration.ofMillis(500));
        assertThat(limited.getCollection("a")
                        .withTimeout(Duration.ofSeconds(9))
                        .withTimeout(null)
                        .timeout())
                .isEqualTo(Duration.ofSeconds(2));
        rig.answer("{ok: 1, n: 1}");
        rig.done(rig.collection().withTimeout(Duration.ZERO).withTimeout(null).insertOne(new Document("a", 1)));
        assertThat(rig.body(0).getNumber("maxTimeMS").longValue()).isEqualTo(500);
    }

    @Test
    void theServerIsToldWhatIsLeftLessTheShortestRoundTrip() {
        rig.timeout = Duration.ofMillis(500);
        rig.server.minRoundTripNanos = 50_000_000;
        rig.script = message -> message.commandName().equals("find") ? FOUND : "{ok: 1, n: 1}";

        rig.done(find());
        rig.done(insert());
        rig.done(rig.collection().drop());
        rig.done(rig.database().runCommand(new Document("ping", 1)));

        for (int i = 0; i < 4; i++) {
            assertThat(maxTime(i)).isEqualTo(450);
        }
    }

    @Test
    void aRetryHasWhatTheFirstAttemptHasLeft() {
        rig.timeout = Duration.ofMillis(500);
        rig.script = message -> {
            rig.transport.clock().advance(Duration.ofMillis(200));
            return rig.sent.size() == 1 ? "{ok: 0, code: 134, errmsg: 'not yet'}" : FOUND;
        };

        rig.done(find());

        assertThat(maxTime(0)).isEqualTo(500);
        assertThat(maxTime(1)).isEqualTo(300);
    }

    @Test
    void nothingIsSentWhenItsReplyWouldComeTooLate() {
        rig.timeout = Duration.ofMillis(10);
        rig.server.minRoundTripNanos = 50_000_000;

        Throwable failure = rig.failure(insert());

        assertTimeout(failure, Waiting.OPERATION);
        assertThat(failure).hasMessageContaining("insert was not sent").hasMessageContaining("50 ms");
        assertThat(rig.sent).isEmpty();
        assertThat(rig.server.failures).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aTimeoutOfZeroIsNoLimitAndSendsNone() {
        rig.timeout = Duration.ZERO;
        rig.server.minRoundTripNanos = 50_000_000;
        rig.answer(FOUND);

        rig.done(rig.collection().find().maxTime(Duration.ofSeconds(5)).first());

        assertThat(rig.body(0).containsKey("maxTimeMS")).isFalse();
    }

    @Test
    void withATimeoutOfZeroRetriesGoOnAndOn() {
        rig.timeout = Duration.ZERO;
        rig.script = message -> rig.sent.size() < 9 ? "{ok: 0, code: 134, errmsg: 'not yet'}" : FOUND;

        rig.done(find());

        assertThat(rig.sent).hasSize(9);
    }

    @Test
    void withoutATimeoutTheUsersOwnLimitIsSent() {
        rig.answer(FOUND);

        rig.done(rig.collection().find().maxTime(Duration.ofSeconds(5)).first());

        assertThat(maxTime(0)).isEqualTo(5000);
    }

    @Test
    void theUsersOwnLimitIsPassedOverBesideATimeout() {
        rig.timeout = Duration.ofMillis(500);
        rig.answer(FOUND);

        rig.done(rig.collection().find().maxTime(Duration.ofSeconds(5)).first());

        assertThat(maxTime(0)).isEqualTo(500);
        assertThat(rig.last().body().keySet().stream().filter("maxTimeMS"::equals))
                .hasSize(1);
    }

    @Test
    void theTimeoutOfTheWriteConcernIsPassedOverBesideATimeout() {
        rig.writeConcern = WriteConcern.MAJORITY.withWTimeout(Duration.ofSeconds(1));
        rig.script = message -> "{ok: 1, n: 1}";

        rig.done(insert());
        rig.done(rig.collection().withTimeout(Duration.ofSeconds(2)).insertOne(new Document("a", 2)));

        assertThat(rig.body(0).getDocument("writeConcern"))
                .isEqualTo(BsonDocument.parse("{w: 'majority', wtimeout: {$numberLong: '1000'}}"));
        assertThat(rig.body(1).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 'majority'}"));
    }

    @Test
    void databaseAndCollectionInheritTheTimeoutAndMayHaveTheirOwn() {
        rig.timeout = Duration.ofMillis(500);
        rig.script = message -> FOUND;

        rig.done(rig.database()
                .withTimeout(Duration.ofMillis(400))
                .getCollection("c")
                .find()
                .first());
        rig.done(rig.collection().withTimeout(Duration.ofMillis(300)).find().first());
        rig.done(rig.collection().find().timeout(Duration.ofMillis(200)).first());
        rig.done(find());

        assertThat(List.of(maxTime(0), maxTime(1), maxTime(2), maxTime(3))).containsExactly(400L, 300L, 200L, 500L);
    }

    // ---- what is ignored

    @Test
    @DisplayName("CSOT, unit test: waitQueueTimeoutMS is ignored if timeoutMS is set")
    void theLimitOfThePoolIsPassedOverBesideATimeout() {
        rig.poolSize = 1;
        rig.maxWait = Duration.ofMillis(50);
        rig.timeout = Duration.ofSeconds(2);
        CompletionStage<Document> slow = find();
        rig.run();
        CompletionStage<Document> waiting = find();
        rig.transport.loop().advance(Duration.ofMillis(500));
        assertThat(waiting.toCompletableFuture()).isNotDone();

        rig.reply(FOUND);
        rig.reply(FOUND);
        rig.done(slow);
        rig.done(waiting);
        rig.assertBalanced();
    }

    @Test
    @DisplayName("CSOT, unit test: what is left of timeoutMS applies to checkout after a server was selected")
    void theTimeoutBoundsTheCheckoutByWhatSelectionHasLeft() {
        rig.poolSize = 1;
        rig.timeout = Duration.ofMillis(250);
        CompletionStage<Document> slow =
                rig.collection().withTimeout(Duration.ofSeconds(60)).find().first();
        rig.run();
        rig.server.known = false;
        CompletionStage<Document> waiting = find();
        rig.transport.loop().advance(Duration.ofMillis(200));
        rig.server.appear();
        rig.transport.loop().advance(Duration.ofMillis(40));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        rig.transport.loop().advance(Duration.ofMillis(20));

        assertTimeout(rig.failure(waiting), Waiting.OPERATION);
        rig.reply(FOUND);
        rig.done(slow);
        rig.assertBalanced();
    }

    @Test
    @DisplayName("CSOT, unit test: without timeoutMS, waitQueueTimeoutMS applies to checkout")
    void withoutATimeoutTheLimitOfThePoolCounts() {
        rig.poolSize = 1;
        rig.maxWait = Duration.ofMillis(50);
        CompletionStage<Document> slow = find();
        rig.run();
        CompletionStage<Document> waiting = find();
        rig.transport.loop().advance(Duration.ofMillis(60));

        assertTimeout(rig.failure(waiting), Waiting.CHECKOUT);
        rig.reply(FOUND);
        rig.done(slow);
    }

    @Test
    @DisplayName("CSOT, unit test: serverSelectionTimeoutMS bounds the checkout when it is lower than timeoutMS")
    void serverSelectionTimeoutBoundsTheCheckoutBesideALongerTimeout() {
        rig.poolSize = 1;
        rig.serverSelectionTimeout = Duration.ofMillis(50);
        rig.timeout = Duration.ofSeconds(60);
        CompletionStage<Document> slow = find();
        rig.run();
        CompletionStage<Document> waiting = find();
        rig.transport.loop().advance(Duration.ofMillis(60));

        assertTimeout(rig.failure(waiting), Waiting.CHECKOUT);
        rig.reply(FOUND);
        rig.done(slow);
        rig.assertBalanced();
    }

    @Test
    void theSocketTimeoutIsPassedOverBesideATimeout() {
        rig.sockets =
                SocketSettings.builder().socketTimeout(Duration.ofMillis(50)).build();
        rig.timeout = Duration.ofSeconds(2);
        CompletionStage<Document> slow = find();
        rig.run();
        rig.transport.loop().advance(Duration.ofMillis(500));

        assertThat(slow.toCompletableFuture()).isNotDone();
        rig.reply(FOUND);
        rig.done(slow);
        rig.assertBalanced();
    }

    @Test
    void theSocketTimeoutIsPassedOverBesideATimeoutOfZero() {
        rig.sockets =
                SocketSettings.builder().socketTimeout(Duration.ofMillis(50)).build();
        rig.timeout = Duration.ZERO;
        CompletionStage<Document> slow = find();
        rig.run();
        rig.transport.loop().advance(Duration.ofMinutes(5));

        assertThat(slow.toCompletableFuture()).isNotDone();
        rig.reply(FOUND);
        rig.done(slow);
    }

    @Test
    void withoutATimeoutTheSocketTimeoutCountsAndStaysANetworkError() {
        rig.retryReads = false;
        rig.sockets =
                SocketSettings.builder().socketTimeout(Duration.ofMillis(50)).build();
        CompletionStage<Document> slow = find();
        rig.run();
        rig.transport.loop().advance(Duration.ofMillis(60));

        assertThat(rig.failure(slow))
                .isInstanceOfSatisfying(MongoConnectionException.class, e -> assertThat(e.isTimeout())
                        .isTrue());
        rig.assertBalanced();
    }

    // ---- what is told

    @Test
    void aConnectionWhoseReplyIsLateIsClosed() {
        rig.timeout = Duration.ofMillis(250);
        CompletionStage<Document> slow = find();
        rig.run();
        rig.transport.loop().advance(Duration.ofMillis(300));

        assertTimeout(rig.failure(slow), Waiting.OPERATION);
        assertThat(rig.server.pool().statistics().total()).isZero();
        rig.assertBalanced();
    }

    @Test
    void aCommandThatTheServerGaveUpIsATimeout() {
        rig.timeout = Duration.ofMillis(250);
        rig.answer("{ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'operation exceeded time limit'}");

        Throwable failure = rig.failure(insert());

        assertTimeout(failure, Waiting.OPERATION);
        assertThat(failure)
                .hasMessageContaining("operation exceeded time limit")
                .hasCauseInstanceOf(MongoCommandException.class);
        rig.assertBalanced();
    }

    @Test
    void aWriteErrorThatIsOneOfTimeIsATimeout() {
        rig.timeout = Duration.ofMillis(250);
        rig.answer("{ok: 1, n: 0, writeErrors: [{index: 0, code: 50, errmsg: 'too long'}]}");

        Throwable failure = rig.failure(insert());

        assertTimeout(failure, Waiting.OPERATION);
        assertThat(failure).hasMessageContaining("too long").hasCauseInstanceOf(MongoWriteException.class);
    }

    @Test
    void aWriteConcernErrorThatIsOneOfTimeIsATimeout() {
        rig.timeout = Duration.ofMillis(250);
        rig.answer("{ok: 1, n: 1, writeConcernError: {code: 50, errmsg: 'too long'}}");

        Throwable failure = rig.failure(insert());

        assertTimeout(failure, Waiting.OPERATION);
        assertThat(failure).hasMessageContaining("too long").hasCauseInstanceOf(MongoWriteConcernException.class);
    }

    @Test
    void aBulkWriteWhoseErrorIsOneOfTimeIsATimeout() {
        rig.timeout = Duration.ofMillis(250);
        rig.answer("{ok: 1, n: 1, writeErrors: [{index: 1, code: 50, errmsg: 'too long'}]}");

        Throwable failure =
                rig.failure(rig.collection().insertMany(List.of(new Document("_id", 1), new Document("_id", 2))));

        assertTimeout(failure, Waiting.OPERATION);
        assertThat(failure).hasCauseInstanceOf(MongoBulkWriteException.class);
    }

    @Test
    void withoutATimeoutTheServersErrorsStayWhatTheyAre() {
        rig.script = message -> "{ok: 0, code: 50, errmsg: 'too long'}";
        assertThat(rig.failure(find())).isInstanceOf(MongoCommandException.class);

        rig.script = message -> "{ok: 1, n: 1, writeConcernError: {code: 50, errmsg: 'too long'}}";
        assertThat(rig.failure(insert())).isInstanceOf(MongoWriteConcernException.class);
    }

    // ---- several commands, one timeout

    @Test
    @DisplayName("CSOT, prose test 1: multi-batch inserts")
    void theTimeoutIsThatOfTheWholeInsertMany() {
        rig.kind = ClientRig.STANDALONE;
        rig.server.retryableWrites = false;
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 2";
        rig.timeout = Duration.ofSeconds(2);
        CompletionStage<?> inserted = rig.collection()
                .insertMany(
                        List.of(
                                new Document("_id", 1),
                                new Document("_id", 2),
                                new Document("_id", 3),
                                new Document("_id", 4)),
                        InsertManyOptions.DEFAULT);
        rig.run();
        rig.transport.loop().advance(Duration.ofMillis(1010));
        rig.reply("{ok: 1, n: 2}");
        rig.transport.loop().advance(Duration.ofMillis(1010));

        assertTimeout(rig.failure(inserted), Waiting.OPERATION);
        assertThat(rig.sentNames()).containsExactly("insert", "insert");
        assertThat(maxTime(1)).isEqualTo(990);
        rig.assertBalanced();
    }
}
