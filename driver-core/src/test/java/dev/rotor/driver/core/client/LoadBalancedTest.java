package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/**
 * A client behind a load balancer: no monitoring, services instead of servers, connections that stay with their use.
 */
class LoadBalancedTest {

    private static final String OPEN = ClientRig.batch("firstBatch", 7, 1, 2);
    private static final String TRANSIENT =
            "{ok: 0, code: 251, errmsg: 'no such transaction', errorLabels: ['TransientTransactionError']}";

    private final ClusterRig rig = ClusterRig.loadBalanced("");

    private AsyncCursor<Document> open() {
        rig.client();
        rig.member(0).fail(1, "find", OPEN);
        return rig.done(rig.collection().find().batchSize(2).prefetch(false).open());
    }

    private void insert(ClientSession session) {
        rig.done(rig.collection().withSession(session).insertOne(new Document("_id", 1)));
    }

    private ClientSession started() {
        ClientSession session = rig.client().startSession();
        session.startTransaction();
        return session;
    }

    private BsonDocument body(int index) {
        return rig.member(0).received.get(index).body();
    }

    private List<String> sent() {
        return rig.member(0).received.stream()
                .map(message -> message.commandName())
                .toList();
    }

    @Test
    void theBalancerIsTheOneServerAndIsNotMonitored() {
        rig.client();

        assertThat(rig.client().topologyDescription().type()).isEqualTo(TopologyType.LOAD_BALANCED);
        assertThat(rig.client().topologyDescription().servers().values())
                .singleElement()
                .satisfies(server -> assertThat(server.type()).isEqualTo(ServerType.LOAD_BALANCER));
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.member(0).said).isEmpty();
    }

    @Test
    void commandsGoToItAsToAMongos() {
        rig.done(rig.collection()
                .withReadPreference(ReadPreference.SECONDARY)
                .find()
                .first());

        assertThat(body(0).getDocument("$readPreference").getString("mode").getValue())
                .isEqualTo("secondary");
        assertThat(body(0).containsKey("lsid")).isTrue();
    }

    @Test
    void aServerThatIsNoServiceIsRefusedAndOperationsAreToldWhy() {
        rig.member(0).hello = "isWritablePrimary: true, msg: 'isdbgrid', logicalSessionTimeoutMinutes: 30";

        Throwable failure = rig.failure(rig.collection().find().first());

        assertThat(failure)
                .isInstanceOf(MongoConfigurationException.class)
                .hasMessageContaining("Driver attempted to initialize in load balancing mode, but the server does not"
                        + " support this mode");
    }

    @Test
    void sessionsAreUsedAgainHoweverOldTheyAre() {
        insert(rig.client().startSession());
        rig.done(rig.collection().insertOne(new Document()));
        rig.pass(Duration.ofHours(2));
        rig.done(rig.collection().insertOne(new Document()));

        assertThat(body(2).get("lsid")).isEqualTo(body(1).get("lsid"));
    }

    @Test
    void aCursorThatComesWholePinsNothing() {
        rig.done(rig.collection().find().toList());

        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void anOpenCursorKeepsItsConnectionUntilItIsDrained() {
        AsyncCursor<Document> cursor = open();
        assertThat(rig.checkedOut).isEqualTo(1);

        assertThat(rig.done(cursor.nextBatch())).hasSize(2);
        assertThat(rig.done(cursor.nextBatch())).hasSize(1);

        assertThat(rig.checkedOut).isZero();
        assertThat(rig.events.stream().filter("checked out"::equals)).hasSize(1);
        assertThat(rig.transport.attempts()).hasSize(1);
    }

    @Test
    void anOpenCursorGivesItsConnectionBackWhenItIsClosed() {
        AsyncCursor<Document> cursor = open();

        rig.done(cursor.closeAsync());

        assertThat(sent()).containsExactly("find", "killCursors");
        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void afterANetworkErrorTheConnectionStaysWithTheCursorUntilItIsClosed() {
        AsyncCursor<Document> cursor = open();
        rig.member(0).fail(1, "getMore", FakeMember.BREAK);
        rig.done(cursor.nextBatch());

        rig.failure(cursor.nextBatch());
        assertThat(rig.checkedOut).isEqualTo(1);
        rig.done(cursor.closeAsync());

        assertThat(rig.checkedOut).isZero();
        assertThat(sent()).containsExactly("find", "getMore");
    }

    @Test
    void aTimeoutThatCutsTheConnectionLeavesNothingToKill() {
        rig.client();
        rig.member(0).fail(1, "find", OPEN).fail(1, "getMore", Duration.ofSeconds(5), "{ok: 1}");
        AsyncCursor<Document> cursor = rig.done(rig.collection()
                .withTimeout(Duration.ofMillis(200))
                .find()
                .batchSize(2)
                .prefetch(false)
                .open());
        rig.done(cursor.nextBatch());

        assertThat(rig.failure(cursor.nextBatch())).isInstanceOf(MongoTimeoutException.class);
        rig.done(cursor.closeAsync());

        assertThat(rig.checkedOut).isZero();
        assertThat(sent()).containsExactly("find", "getMore");
    }

    @Test
    void afterAnotherErrorTheCursorIsKilledOverItsConnectionWhenItIsClosed() {
        AsyncCursor<Document> cursor = open();
        rig.member(0).fail(1, "getMore", "{ok: 0, code: 7, errmsg: 'host not found'}");
        rig.done(cursor.nextBatch());

        rig.failure(cursor.nextBatch());
        assertThat(rig.checkedOut).isEqualTo(1);
        assertThat(sent()).containsExactly("find", "getMore");
        rig.done(cursor.closeAsync());

        assertThat(rig.checkedOut).isZero();
        assertThat(sent()).containsExactly("find", "getMore", "killCursors");
    }

    @Test
    void whatConsumesACursorForTheUserClosesItOnErrors() {
        rig.client();
        rig.member(0).fail(1, "find", OPEN).fail(1, "getMore", FakeMember.BREAK);

        rig.failure(rig.collection().find().batchSize(2).toList());

        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void aConnectionIsReturnedWhenKillingTheCursorBreaksIt() {
        AsyncCursor<Document> cursor = open();
        rig.member(0).fail(1, "killCursors", FakeMember.BREAK);

        rig.done(cursor.closeAsync());

        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void aTransactionKeepsOneConnectionThroughRepeatedCommits() {
        ClientSession session = started();
        insert(session);
        assertThat(rig.checkedOut).isEqualTo(1);
        assertThat(session.pinnedServer()).isEqualTo(rig.member(0).address);
        insert(session);
        rig.done(session.commitTransaction());
        rig.done(session.commitTransaction());

        assertThat(rig.checkedOut).isEqualTo(1);
        assertThat(rig.events.stream().filter("checked out"::equals)).hasSize(1);
        session.close();
        rig.run();
        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void theConnectionIsReturnedByAnAbortTheNextTransactionAndOperationsOutside() {
        ClientSession session = started();
        insert(session);
        rig.done(session.abortTransaction());
        assertThat(rig.checkedOut).isZero();

        session.startTransaction();
        insert(session);
        rig.done(session.commitTransaction());
        session.startTransaction();
        assertThat(rig.checkedOut).isZero();

        insert(session);
        rig.done(session.commitTransaction());
        assertThat(rig.checkedOut).isEqualTo(1);
        insert(session);
        assertThat(rig.checkedOut).isZero();
    }

    @Test
    void transientErrorsReturnTheConnectionAndOthersDoNot() {
        ClientSession session = started();
        rig.member(0).fail(1, "insert", "{ok: 0, code: 51, errmsg: 'other'}");
        rig.failure(rig.collection().withSession(session).insertOne(new Document()));
        assertThat(rig.checkedOut).isEqualTo(1);

        rig.member(0).fail(1, "insert", TRANSIENT);
        rig.failure(rig.collection().withSession(session).insertOne(new Document()));
        assertThat(rig.checkedOut).isZero();
        rig.done(session.abortTransaction());

        session.startTransaction();
        rig.member(0).fail(1, "insert", FakeMember.BREAK);
        rig.failure(rig.collection().withSession(session).insertOne(new Document()));
        assertThat(rig.checkedOut).isZero();
        rig.done(session.abortTransaction());
        assertThat(session.transactionState()).isEqualTo(TransactionState.ABORTED);
    }

    @Test
    void aCommitThatBreaksGoesOutAgainOverAnotherConnectionWhichIsReturned() {
        ClientSession session = started();
        insert(session);
        rig.member(0).fail(1, "commitTransaction", FakeMember.BREAK);

        rig.done(session.commitTransaction());

        assertThat(rig.checkedOut).isZero();
        assertThat(rig.member(0).count("commitTransaction")).isEqualTo(2);
    }

    @Test
    void aTransactionAndItsCursorShareTheConnection() {
        ClientSession session = started();
        insert(session);
        rig.member(0).fail(1, "find", OPEN);
        AsyncCursor<Document> cursor = rig.done(
                rig.collection().withSession(session).find().batchSize(2).open());
        assertThat(rig.checkedOut).isEqualTo(1);

        rig.done(cursor.closeAsync());
        assertThat(rig.checkedOut).isEqualTo(1);
        rig.done(session.abortTransaction());

        assertThat(rig.checkedOut).isZero();
        assertThat(rig.transport.attempts()).hasSize(1);
    }

    @Test
    void operationsOfOneTransactionThatOverlapFailWithoutHarm() {
        ClientSession session = started();
        insert(session);
        rig.member(0).delay = Duration.ofMillis(10);
        var first = rig.collection().withSession(session).insertOne(new Document());

        Throwable failure = rig.failure(rig.collection().withSession(session).insertOne(new Document()));

        assertThat(failure).isInstanceOf(IllegalStateException.class);
        rig.done(first);
        rig.done(session.commitTransaction());
        assertThat(rig.checkedOut).isEqualTo(1);
    }

    @Test
    void aTimeoutOfTheWaitQueueTellsWhatHoldsTheConnections() {
        ClusterRig small = ClusterRig.loadBalanced("&maxPoolSize=2&waitQueueTimeoutMS=50");
        small.client();
        small.member(0).fail(1, "find", OPEN);
        AsyncCursor<Document> cursor =
                small.done(small.collection().find().batchSize(2).open());
        ClientSession session = small.client().startSession();
        session.startTransaction();
        small.done(small.collection().withSession(session).insertOne(new Document()));

        Throwable failure = small.failure(small.collection().insertOne(new Document()));

        assertThat(failure)
                .isInstanceOf(MongoTimeoutException.class)
                .hasMessageContaining("Timeout waiting for connection from the connection pool. maxPoolSize: 2,"
                        + " connections in use by cursors: 1, connections in use by transactions: 1, connections in use"
                        + " by other operations: 0");
        small.done(cursor.closeAsync());
        session.close();
    }

    @Test
    void anErrorClearsTheConnectionsOfItsServiceOnlyAndTheBalancerStaysKnown() {
        AsyncCursor<Document> ofFirst = open();
        rig.member(0).hello = ClusterRig.ofService(2);
        AsyncCursor<Document> ofSecond = open();
        rig.done(ofFirst.closeAsync());
        rig.done(ofSecond.closeAsync());
        int connections = rig.transport.attempts().size();
        rig.member(0).fail(1, "insert", "{ok: 0, code: 11600, errmsg: 'shutting down'}");

        Throwable failure = rig.failure(rig.collection().insertOne(new Document()));

        assertThat(failure).isInstanceOf(MongoException.class);
        assertThat(rig.clearedServices).hasSize(1);
        assertThat(rig.client().topologyDescription().servers().values())
                .singleElement()
                .satisfies(server -> assertThat(server.type()).isEqualTo(ServerType.LOAD_BALANCER));
        rig.done(rig.collection().insertOne(new Document()));
        assertThat(rig.transport.attempts()).hasSize(connections);
    }

    @Test
    void errorsBeforeTheServiceIsKnownClearNothing() {
        rig.client();
        rig.member(0).fail(1, "hello", FakeMember.BREAK);

        rig.done(rig.collection().insertOne(new Document()));

        assertThat(rig.clearedServices).isEmpty();
    }
}
