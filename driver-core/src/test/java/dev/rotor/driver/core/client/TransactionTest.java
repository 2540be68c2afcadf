package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoCluster;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the commands of a transaction carry, how it ends, and what is told of failures. */
class TransactionTest {

    private static final String OK = "{ok: 1, n: 1}";
    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);
    private static final String NOT_PRIMARY =
            "{ok: 0, code: 10107, errmsg: 'not primary', errorLabels: ['RetryableWriteError']}";
    private static final String NO_SUCH_TRANSACTION =
            "{ok: 0, code: 251, errmsg: 'no such transaction', errorLabels: ['TransientTransactionError']}";

    private final ClientRig rig = new ClientRig();

    @BeforeEach
    void succeed() {
        rig.script = message -> message.commandName().equals("find") ? FOUND : OK;
    }

    private void insert(ClientSession session) {
        rig.done(rig.collection(session).insertOne(new Document("_id", 1)));
    }

    private ClientSession started(TransactionOptions options) {
        ClientSession session = rig.session();
        session.startTransaction(options);
        return session;
    }

    private ClientSession started() {
        return started(TransactionOptions.DEFAULT);
    }

    @Test
    void theFirstCommandStartsItAndAllCarryItsNumber() {
        ClientSession session = started();
        assertThat(session.transactionState()).isEqualTo(TransactionState.STARTING);

        insert(session);
        assertThat(session.transactionState()).isEqualTo(TransactionState.IN_PROGRESS);
        rig.done(rig.collection(session).find().first());
        rig.done(session.commitTransaction());

        assertThat(session.transactionState()).isEqualTo(TransactionState.COMMITTED);
        assertThat(rig.sentNames()).containsExactly("insert", "find", "commitTransaction");
        assertThat(rig.body(0).getBoolean("startTransaction").getValue()).isTrue();
        assertThat(rig.body(1).containsKey("startTransaction")).isFalse();
        assertThat(rig.body(2).containsKey("startTransaction")).isFalse();
        assertThat(rig.body(2).getString("$db").getValue()).isEqualTo("admin");
        for (int i = 0; i < 3; i++) {
            assertThat(rig.body(i).getDocument("lsid")).isEqualTo(session.sessionId());
            assertThat(rig.body(i).get("txnNumber")).isEqualTo(new BsonInt64(1));
            assertThat(rig.body(i).getBoolean("autocommit").getValue()).isFalse();
        }
        rig.assertBalanced();
    }

    @Test
    void theNextTransactionAndTheNextRetryableWriteHaveTheNextNumbers() {
        ClientSession session = started();
        insert(session);
        rig.done(session.commitTransaction());

        session.startTransaction();
        insert(session);
        rig.done(session.abortTransaction());
        insert(session);

        assertThat(rig.body(2).getInt64("txnNumber").getValue()).isEqualTo(2);
        assertThat(rig.body(2).containsKey("startTransaction")).isTrue();
        assertThat(rig.body(3).getInt64("txnNumber").getValue()).isEqualTo(2);
        assertThat(rig.body(4).getInt64("txnNumber").getValue()).isEqualTo(3);
        assertThat(rig.body(4).containsKey("autocommit")).isFalse();
        assertThat(session.transactionState()).isEqualTo(TransactionState.NONE);
    }

    @Test
    void theReadConcernIsSentOnceAndComesFromTheTransactionNotTheCollection() {
        rig.readConcern = ReadConcern.LOCAL;
        ClientSession session = started(TransactionOptions.DEFAULT.readConcern(ReadConcern.SNAPSHOT));
        session.advanceOperationTime(new BsonTimestamp(5, 1));
        var things = rig.collection(session).withReadConcern(ReadConcern.MAJORITY);

        rig.done(things.insertOne(new Document()));
        rig.done(things.find().first());

        assertThat(rig.body(0).getDocument("readConcern"))
                .isEqualTo(BsonDocument.parse("{level: 'snapshot', afterClusterTime: {$timestamp: {t: 5, i: 1}}}"));
        assertThat(rig.body(1).containsKey("readConcern")).isFalse();
    }

    @Test
    void optionsComeFromTheTransactionThenTheSessionThenTheClient() {
        rig.readConcern = ReadConcern.LOCAL;
        rig.writeConcern = WriteConcern.W2;
        ClientSession session = rig.session(ClientSessionOptions.DEFAULT.defaultTransactionOptions(
                TransactionOptions.DEFAULT.readConcern(ReadConcern.MAJORITY).maxCommitTime(Duration.ofMillis(40))));
        session.startTransaction();
        insert(session);
        rig.done(session.commitTransaction());
        session.startTransaction(TransactionOptions.DEFAULT
                .readConcern(ReadConcern.SNAPSHOT)
                .writeConcern(WriteConcern.MAJORITY)
                .maxCommitTime(Duration.ofMillis(50)));
        insert(session);
        rig.done(session.commitTransaction());

        assertThat(rig.body(0).getDocument("readConcern").getString("level").getValue())
                .isEqualTo("majority");
        assertThat(rig.body(0).containsKey("writeConcern")).isFalse();
        assertThat(rig.body(1).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 2}"));
        assertThat(rig.body(1).getNumber("maxTimeMS").intValue()).isEqualTo(40);
        assertThat(rig.body(2).getDocument("readConcern").getString("level").getValue())
                .isEqualTo("snapshot");
        assertThat(rig.body(3).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 'majority'}"));
        assertThat(rig.body(3).getNumber("maxTimeMS").intValue()).isEqualTo(50);
    }

    @Test
    void aReadWithAnotherPreferenceThanPrimaryIsRefusedAndAWriteIsNot() {
        rig.readPreference = ReadPreference.SECONDARY;
        ClientSession session = started();

        insert(session);
        Throwable failure = rig.failure(rig.collection(session).find().first());

        assertThat(failure).hasMessageContaining("read preference in a transaction must be primary");
        assertThat(rig.sentNames()).containsExactly("insert");
        assertThat(rig.body(0).containsKey("$readPreference")).isFalse();
        rig.assertBalanced();
    }

    @Test
    void theReadPreferenceOfTheCollectionCountsForNothing() {
        ClientSession session = started();

        rig.done(rig.collection(session)
                .withReadPreference(ReadPreference.SECONDARY)
                .find()
                .first());

        assertThat(rig.body(0).containsKey("$readPreference")).isFalse();
    }

    @Test
    void aCommandOfTheUserIsPartOfItButNotWithAnotherReadPreference() {
        ClientSession session = started(TransactionOptions.DEFAULT.readConcern(ReadConcern.MAJORITY));
        var app = rig.database().withSession(session);

        Throwable refused =
                rig.failure(app.runCommand(new Document("find", "things"), ReadPreference.SECONDARY, Document.class));
        assertThat(session.transactionState()).isEqualTo(TransactionState.STARTING);
        rig.done(app.runCommand(new Document("insert", "things")));

        assertThat(refused).hasMessageContaining("read preference in a transaction must be primary");
        assertThat(rig.body(0).containsKey("startTransaction")).isTrue();
        assertThat(rig.body(0).getDocument("readConcern").getString("level").getValue())
                .isEqualTo("majority");
    }

    /** Transactions, options inside transaction prose test 1.0. */
    @Test
    void prose1WriteConcernIsNotInheritedFromTheCollection() {
        ClientSession session = started();

        var result = rig.done(rig.collection(session)
                .withWriteConcern(WriteConcern.UNACKNOWLEDGED)
                .insertOne(new Document("n", 1)));
        rig.done(rig.collection(session)
                .withWriteConcern(WriteConcern.UNACKNOWLEDGED)
                .bulkWrite(List.of(new InsertOneModel<>(new Document("n", 1)))));
        rig.done(session.commitTransaction());

        assertThat(result.isAcknowledged()).isTrue();
        assertThat(rig.body(0).containsKey("writeConcern")).isFalse();
        assertThat(rig.body(1).containsKey("writeConcern")).isFalse();
        assertThat(rig.body(2).containsKey("writeConcern")).isFalse();
    }

    @Test
    void aClientBulkWriteCannotHaveAWriteConcernOfItsOwn() {
        ClientSession session = started();
        MongoCluster cluster = rig.cluster().withSession(session);
        List<ClientNamespacedWriteModel> models =
                List.of(ClientNamespacedWriteModel.insertOne(new MongoNamespace("app", "things"), new Document()));

        Throwable failure =
                rig.failure(cluster.bulkWrite(models, ClientBulkWriteOptions.DEFAULT.writeConcern(WriteConcern.W1)));

        assertThat(failure).hasMessageContaining("Cannot set write concern after starting a transaction");
        assertThat(rig.sent).isEmpty();
        assertThat(session.transactionState()).isEqualTo(TransactionState.STARTING);
    }

    @Test
    void transactionsThatSentNothingHaveNumbersToo() {
        ClientSession session = started();
        rig.done(session.commitTransaction());
        session.startTransaction();
        rig.done(session.abortTransaction());
        session.startTransaction();

        insert(session);

        assertThat(rig.body(0).get("txnNumber")).isEqualTo(new BsonInt64(3));
    }

    @Test
    void anUnacknowledgedTransactionIsRefused() {
        rig.writeConcern = WriteConcern.UNACKNOWLEDGED;
        ClientSession session = rig.session();

        assertThatThrownBy(session::startTransaction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ransactions do not support unacknowledged write concerns");
        assertThat(session.transactionState()).isEqualTo(TransactionState.NONE);
    }

    @Test
    void anEmptyTransactionSendsNothing() {
        ClientSession session = started();
        rig.done(session.commitTransaction());
        rig.done(session.commitTransaction());
        session.startTransaction();
        rig.done(session.abortTransaction());

        assertThat(rig.sent).isEmpty();
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
    }

    @Test
    void whatCannotBeIsRefusedInTheWordsOfTheSpecification() {
        ClientSession session = rig.session();
        assertThat(rig.failure(session.commitTransaction())).hasMessageContaining("No transaction started");
        assertThat(rig.failure(session.abortTransaction())).hasMessageContaining("No transaction started");
        session.startTransaction();
        assertThatThrownBy(session::startTransaction).hasMessageContaining("Transaction already in progress");
        insert(session);
        assertThatThrownBy(session::startTransaction).hasMessageContaining("Transaction already in progress");
        rig.done(session.commitTransaction());
        assertThat(rig.failure(session.abortTransaction()))
                .hasMessageContaining("Cannot call abortTransaction after calling commitTransaction");
        session.startTransaction();
        rig.done(session.abortTransaction());
        assertThat(rig.failure(session.abortTransaction())).hasMessageContaining("Cannot call abortTransaction twice");
        assertThat(rig.failure(session.commitTransaction()))
                .hasMessageContaining("Cannot call commitTransaction after calling abortTransaction");
    }

    @Test
    void aClientSideErrorLeavesTheTransactionWhereItWas() {
        ClientSession session = started();

        rig.failure(rig.collection(session).insertOne(new Document("x", new Object())));
        assertThat(session.transactionState()).isEqualTo(TransactionState.STARTING);
        insert(session);

        assertThat(rig.body(0).containsKey("startTransaction")).isTrue();
        rig.assertBalanced();
    }

    @Test
    void writesAndReadsAreNotRetriedAndHaveOneLabelOnly() {
        rig.answer(ClientRig.BREAK);
        ClientSession session = started();

        Throwable failure = rig.failure(rig.collection(session).insertOne(new Document()));

        assertThat(failure).isInstanceOfSatisfying(MongoException.class, e -> assertThat(e.labels())
                .containsExactly(MongoException.TRANSIENT_TRANSACTION_ERROR));
        assertThat(rig.sent).hasSize(1);
        assertThat(session.transactionState()).isEqualTo(TransactionState.IN_PROGRESS);
        rig.assertBalanced();
    }

    @Test
    void aServerWithoutTransactionsIsToldOfAndNotOneWithoutRetryableWrites() {
        rig.answer(
                "{ok: 0, code: 20, errmsg: 'Transaction numbers are only allowed on a replica set member or mongos'}");
        ClientSession session = started();

        Throwable failure = rig.failure(rig.collection(session).insertOne(new Document()));

        assertThat(failure)
                .hasMessageStartingWith("Transactions need a replica set or a sharded cluster.")
                .hasMessageContaining("only allowed on a replica set member or mongos (code 20)")
                .hasMessageNotContaining("retryWrites");
    }

    /** Transactions, PoolClearedError prose test. */
    @Test
    void prosePoolClearedErrorIsTransient() {
        rig.poolSize = 1;
        ClientSession session = started();
        insert(session);
        rig.script = message -> null;
        var running = rig.collection().find().first();
        rig.run();
        var waiting = rig.collection(session).find().first();
        rig.run();

        rig.server.pool().clear(null, null, true);
        Throwable failure = rig.failure(waiting);

        assertThat(failure).isInstanceOfSatisfying(MongoPoolClearedException.class, e -> assertThat(
                        e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR))
                .isTrue());
        assertThat(rig.failure(running)).isInstanceOf(MongoException.class);
    }

    @Test
    void aCommitIsRetriedWithAMajorityAndALimit() {
        rig.retryWrites = false;
        ClientSession session = started(TransactionOptions.DEFAULT.writeConcern(WriteConcern.W1));
        insert(session);
        rig.answer(NOT_PRIMARY);

        rig.done(session.commitTransaction());
        rig.done(session.commitTransaction());

        assertThat(rig.sentNames())
                .containsExactly("insert", "commitTransaction", "commitTransaction", "commitTransaction");
        assertThat(rig.body(1).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 1}"));
        BsonDocument majority = BsonDocument.parse("{w: 'majority', wtimeout: {$numberLong: '10000'}}");
        assertThat(rig.body(2).getDocument("writeConcern")).isEqualTo(majority);
        assertThat(rig.body(3).getDocument("writeConcern")).isEqualTo(majority);
        assertThat(rig.body(2).get("txnNumber")).isEqualTo(rig.body(0).get("txnNumber"));
    }

    @Test
    void whatElseTheWriteConcernSaysStaysWhenACommitIsRepeated() {
        ClientSession session =
                started(TransactionOptions.DEFAULT.writeConcern(new WriteConcern(1, Duration.ofSeconds(5), true)));
        insert(session);

        rig.done(session.commitTransaction());
        rig.done(session.commitTransaction());

        assertThat(rig.body(2).getDocument("writeConcern"))
                .isEqualTo(BsonDocument.parse("{w: 'majority', j: true, wtimeout: {$numberLong: '5000'}}"));
    }

    @Test
    void aCommitThatMetAnOverloadedServerIsRepeatedAsItWas() {
        ClientSession session = started(TransactionOptions.DEFAULT.writeConcern(WriteConcern.W1));
        insert(session);
        rig.answer("{ok: 0, code: 462, errmsg: 'busy', errorLabels: ['SystemOverloadedError', 'RetryableError']}");

        var commit = session.commitTransaction();
        rig.run();
        rig.pass(Duration.ofSeconds(1));
        rig.done(commit);

        assertThat(rig.body(1).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 1}"));
        assertThat(rig.body(2).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 1}"));
    }

    @Test
    void aFirstCommandThatMetAnOverloadedServerStartsTheTransactionAgain() {
        ClientSession session = started();
        rig.answer("{ok: 0, code: 462, errmsg: 'busy', errorLabels: ['SystemOverloadedError', 'RetryableError']}");

        insert(session);

        assertThat(rig.body(0).containsKey("startTransaction")).isTrue();
        assertThat(rig.body(1).containsKey("startTransaction")).isTrue();
    }

    @Test
    void nobodyKnowsAfterACommitThatBroke() {
        ClientSession session = started();
        insert(session);
        rig.answer(ClientRig.BREAK, ClientRig.BREAK);

        Throwable failure = rig.failure(session.commitTransaction());

        assertThat(failure).isInstanceOfSatisfying(MongoException.class, e -> assertThat(e.labels())
                .containsExactlyInAnyOrder(
                        MongoException.RETRYABLE_WRITE_ERROR, MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT));
        assertThat(session.transactionState()).isEqualTo(TransactionState.COMMITTED);
        rig.assertBalanced();
    }

    @Test
    void aWriteConcernThatWasNotMetLeavesTheCommitUnknownUnlessItCouldNotBeMet() {
        ClientSession session = started();
        insert(session);
        rig.answer(
                "{ok: 1, writeConcernError: {code: 64, errmsg: 'timeout'}}",
                "{ok: 1, writeConcernError: {code: 100, errmsg: 'unsatisfiable'}}",
                "{ok: 1, writeConcernError: {code: 79, errmsg: 'unknown'}}",
                "{ok: 0, code: 50, errmsg: 'time limit'}",
                "{ok: 0, code: 11000, errmsg: 'duplicate'}");

        String label = MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT;
        for (boolean unknown : new boolean[] {true, false, false, true, false}) {
            assertThat(rig.failure(session.commitTransaction()))
                    .isInstanceOfSatisfying(MongoException.class, e -> assertThat(e.hasErrorLabel(label))
                            .as(e.getMessage())
                            .isEqualTo(unknown));
        }
        rig.assertBalanced();
    }

    @Test
    void whatGoesWrongWithAnAbortIsNotTold() {
        ClientSession session = started();
        insert(session);
        rig.answer(NOT_PRIMARY, NO_SUCH_TRANSACTION);

        rig.done(session.abortTransaction());

        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction", "abortTransaction");
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
        rig.assertBalanced();
    }

    @Test
    void closingTheSessionAbortsAndKeepsTheServerSessionUntilThatIsThrough() {
        ClientSession session = started();
        insert(session);
        rig.script = message -> null;
        var id = session.sessionId();

        var closed = session.closeAsync();
        rig.run();
        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction");
        assertThat(rig.session().sessionId()).isNotEqualTo(id);
        rig.reply(OK);
        rig.done(closed);

        assertThat(rig.session().sessionId()).isEqualTo(id);
        assertThat(rig.failure(session.commitTransaction())).isInstanceOf(IllegalStateException.class);
        rig.assertBalanced();
    }

    @Test
    void aMongosIsPinnedUntilTheNextTransactionOrAnOperationOutside() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        ClientSession session = started();
        insert(session);
        assertThat(session.pinnedServer()).isEqualTo(FakeServer.ADDRESS);
        insert(session);
        rig.done(session.commitTransaction());
        assertThat(session.pinnedServer()).isEqualTo(FakeServer.ADDRESS);
        session.startTransaction();
        assertThat(session.pinnedServer()).isNull();
        insert(session);
        rig.done(session.commitTransaction());
        rig.done(rig.collection(session).find().first());

        assertThat(session.pinnedServer()).isNull();
        assertThat(rig.server.selectors.stream().map(one -> one.address()).toList())
                .containsExactly(null, FakeServer.ADDRESS, FakeServer.ADDRESS, null, FakeServer.ADDRESS, null);
    }

    @Test
    void aTransientErrorAndAnAbortAndAnUnknownCommitUnpin() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        ClientSession session = started();
        insert(session);
        rig.answer(NO_SUCH_TRANSACTION);
        rig.failure(rig.collection(session).insertOne(new Document()));
        assertThat(session.pinnedServer()).isNull();
        rig.done(session.abortTransaction());

        session.startTransaction();
        insert(session);
        rig.done(session.abortTransaction());
        assertThat(session.pinnedServer()).isNull();

        session.startTransaction();
        insert(session);
        rig.answer(NOT_PRIMARY);
        int before = rig.server.selectors.size();
        rig.done(session.commitTransaction());
        assertThat(session.pinnedServer()).isNull();
        assertThat(rig.server.selectors.get(before).address()).isEqualTo(FakeServer.ADDRESS);
        assertThat(rig.server.selectors.get(before + 1).address()).isNull();
    }

    @Test
    void theLastRecoveryTokenGoesAlongWithCommitAndAbort() {
        rig.kind = ClientRig.MONGOS;
        rig.server.mongos = true;
        ClientSession session = started();
        rig.answer("{ok: 1, n: 1, recoveryToken: {shard: 'a'}}", "{ok: 1, n: 1, recoveryToken: {shard: 'b'}}");
        insert(session);
        insert(session);
        rig.done(session.commitTransaction());
        session.startTransaction();
        insert(session);
        rig.done(session.abortTransaction());

        assertThat(rig.body(1).containsKey("recoveryToken")).isFalse();
        assertThat(rig.body(2).getDocument("recoveryToken")).isEqualTo(BsonDocument.parse("{shard: 'b'}"));
        assertThat(rig.body(4).containsKey("recoveryToken")).isFalse();
    }

    @Test
    void aCursorFetchesAndDiesInItsTransactionWithoutFetchingAhead() {
        rig.answer(
                ClientRig.batch("firstBatch", 7, 1, 1),
                ClientRig.batch("nextBatch", 7, 2, 1),
                "{ok: 1, cursorsKilled: []}");
        ClientSession session = started();

        AsyncCursor<Document> cursor =
                rig.done(rig.collection(session).find().prefetch(true).open());
        assertThat(rig.sent).hasSize(1);
        rig.done(cursor.nextBatch());
        rig.done(cursor.nextBatch());
        rig.done(cursor.closeAsync());

        assertThat(rig.sentNames()).containsExactly("find", "getMore", "killCursors");
        for (int i = 1; i < 3; i++) {
            assertThat(rig.body(i).getBoolean("autocommit").getValue()).isFalse();
            assertThat(rig.body(i).get("txnNumber")).isEqualTo(rig.body(0).get("txnNumber"));
            assertThat(rig.body(i).containsKey("startTransaction")).isFalse();
        }
        rig.assertBalanced();
    }

    @Test
    void aServerThatCannotBeSelectedIsTransientInATransactionAndUnknownForACommit() {
        ClientSession session = started();
        insert(session);
        rig.server.known = false;
        var read = rig.collection(session).find().first();
        var timeout = new dev.rotor.driver.MongoTimeoutException(
                "nobody there", null, null, dev.rotor.driver.MongoTimeoutException.Waiting.SERVER_SELECTION);
        rig.server.waiting.remove(0).onSelectionFailed(timeout);
        assertThat(((MongoException) rig.failure(read)).labels())
                .containsExactly(MongoException.TRANSIENT_TRANSACTION_ERROR);

        var commit = session.commitTransaction();
        rig.server
                .waiting
                .remove(0)
                .onSelectionFailed(new dev.rotor.driver.MongoTimeoutException(
                        "nobody there", null, null, dev.rotor.driver.MongoTimeoutException.Waiting.SERVER_SELECTION));

        assertThat(((MongoException) rig.failure(commit)).labels())
                .containsExactly(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT);
    }

    // ---- what comes too late

    private static final String OVERLOADED =
            "{ok: 0, code: 462, errmsg: 'busy', errorLabels: ['SystemOverloadedError', 'RetryableError']}";

    @Test
    void anInsertThatWaitedForAConnectionDoesNotJoinTheNextTransaction() {
        rig.poolSize = 1;
        rig.script = message -> message.commandName().equals("find") ? null : OK;
        ClientSession session = started();
        var holding = rig.collection().find().first();
        rig.run();
        var late = rig.collection(session).insertOne(new Document("_id", "late"));
        rig.run();
        rig.done(session.abortTransaction());
        session.startTransaction();
        var next = rig.collection(session).insertOne(new Document("_id", "next"));
        rig.reply(FOUND);

        rig.done(holding);
        assertThat(rig.failure(late))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("insert was not sent")
                .hasMessageContaining("transaction was over");
        rig.done(next);
        rig.done(session.commitTransaction());

        assertThat(rig.sentNames()).containsExactly("find", "insert", "commitTransaction");
        assertThat(rig.sent.get(1).sequences().get("documents")).containsExactly(BsonDocument.parse("{_id: 'next'}"));
        assertThat(rig.body(1).getBoolean("startTransaction").getValue()).isTrue();
        assertThat(rig.body(1).get("txnNumber")).isEqualTo(new BsonInt64(2));
        rig.assertBalanced();
    }

    @Test
    void anInsertThatWaitedUntilAfterTheAbortIsNotSent() {
        rig.server.known = false;
        ClientSession session = started();
        var late = rig.collection(session).insertOne(new Document());
        rig.done(session.abortTransaction());
        rig.server.appear();

        assertThat(rig.failure(late)).hasMessageContaining("transaction was over");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aCommitThatIsTriedAgainTooLateDoesNotCommitTheNextTransaction() {
        ClientSession session = started();
        insert(session);
        rig.answer(ClientRig.BREAK);
        var commit = session.commitTransaction();
        rig.server.known = false;
        rig.run();
        session.startTransaction();
        var next = rig.collection(session).insertOne(new Document());
        rig.server.appear();

        assertThat(rig.failure(commit))
                .isInstanceOfSatisfying(MongoException.class, e -> assertThat(
                                e.hasErrorLabel(MongoException.UNKNOWN_TRANSACTION_COMMIT_RESULT))
                        .isTrue())
                .hasMessageContaining("connection reset");
        rig.done(next);

        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction", "insert");
        assertThat(rig.body(1).get("txnNumber")).isEqualTo(new BsonInt64(1));
        assertThat(rig.body(2).get("txnNumber")).isEqualTo(new BsonInt64(2));
        rig.assertBalanced();
    }

    @Test
    void aCommitThatFailsLateLeavesTheWriteConcernOfTheNextAsItIs() {
        ClientSession session = started(TransactionOptions.DEFAULT.writeConcern(WriteConcern.W1));
        insert(session);
        rig.script = message -> null;
        var commit = session.commitTransaction();
        rig.run();
        session.startTransaction(TransactionOptions.DEFAULT.writeConcern(WriteConcern.W2));
        rig.script = message -> OK;
        rig.breakWire();
        assertThat(rig.failure(commit)).hasMessageContaining("connection reset");
        insert(session);
        rig.done(session.commitTransaction());

        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction", "insert", "commitTransaction");
        assertThat(rig.body(3).getDocument("writeConcern")).isEqualTo(BsonDocument.parse("{w: 2}"));
        rig.assertBalanced();
    }

    @Test
    void aFirstCommandThatIsTriedAgainAfterTheAbortDoesNotStartTheTransactionAgain() {
        rig.jitter = 0.5;
        ClientSession session = started();
        rig.answer(OVERLOADED);
        var late = rig.collection(session).insertOne(new Document());
        rig.run();
        rig.done(session.abortTransaction());
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.failure(late)).hasMessageContaining("busy");
        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction");
        rig.assertBalanced();
    }

    @Test
    void aFirstCommandThatIsTriedAgainTooLateDoesNotStartTheNextTransaction() {
        rig.jitter = 0.5;
        ClientSession session = started();
        rig.answer(OVERLOADED);
        var late = rig.collection(session).insertOne(new Document());
        rig.run();
        rig.done(session.abortTransaction());
        session.startTransaction();
        insert(session);
        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.failure(late)).hasMessageContaining("busy");
        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction", "insert");
        rig.assertBalanced();
    }

    @Test
    void aCursorOfOneTransactionFetchesNothingInTheNext() {
        rig.answer(ClientRig.batch("firstBatch", 7, 1, 1));
        ClientSession session = started();
        AsyncCursor<Document> cursor = rig.done(rig.collection(session).find().open());
        rig.done(cursor.nextBatch());
        rig.done(session.commitTransaction());
        session.startTransaction();
        insert(session);

        assertThat(rig.failure(cursor.nextBatch())).hasMessageContaining("getMore was not sent");
        rig.done(cursor.closeAsync());
        rig.done(session.commitTransaction());

        assertThat(rig.sentNames()).containsExactly("find", "commitTransaction", "insert", "commitTransaction");
        rig.assertBalanced();
    }

    // ---- behind a load balancer

    @Test
    void anOperationThatFindsAConnectionThatWasPinnedThisMomentIsRefusedAndHarmsNothing() {
        rig.loadBalanced = true;
        rig.kind = ClientRig.SERVICE;
        ClientSession session = started();
        List<CompletionStage<?>> overlapping = new ArrayList<>();
        rig.server.poolAsked = () -> {
            if (session.pinnedServer() != null && overlapping.isEmpty()) {
                overlapping.add(rig.collection(session).find().first());
            }
        };

        insert(session);

        assertThat(overlapping).hasSize(1);
        assertThat(rig.failure(overlapping.get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Another operation of the same transaction");
        rig.done(session.commitTransaction());
        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction");
        rig.done(session.closeAsync());
        rig.assertBalanced();
    }

    @Test
    void aPinThatThrowsFailsTheCallAndKeepsNothing() {
        rig.loadBalanced = true;
        rig.kind = ClientRig.SERVICE;
        ClientSession session = started();
        Error broken = new LinkageError("no pin");
        boolean[] thrown = {false};
        rig.server.poolAsked = () -> {
            if (session.pinnedServer() != null && !thrown[0]) {
                thrown[0] = true;
                throw broken;
            }
        };

        assertThat(rig.failure(rig.collection(session).insertOne(new Document())))
                .isSameAs(broken);
        insert(session);
        rig.done(session.commitTransaction());

        assertThat(rig.sentNames()).containsExactly("insert", "commitTransaction");
        rig.done(session.closeAsync());
        rig.assertBalanced();
    }
}
