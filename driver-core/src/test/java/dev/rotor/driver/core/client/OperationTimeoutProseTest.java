package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ChangeStreamCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import dev.rotor.driver.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The prose tests of Client Side Operations Timeout about sessions, change streams and bulk writes of a client. */
class OperationTimeoutProseTest {

    private static final String NO_CHANGE = "{ok: 1, cursor: {id: {$numberLong: '7'}, ns: 'app.things', nextBatch: [],"
            + " postBatchResumeToken: {_data: 'b'}}}";

    private final ClientRig rig = new ClientRig();

    private void pass(long millis) {
        rig.transport.loop().advance(Duration.ofMillis(millis));
    }

    @Test
    @DisplayName("CSOT, prose test 5: the timeout of a blocking call spans all its getMores, change streams")
    void aCallForTheNextChangeHasItsTimeOnce() {
        rig.timeout = Duration.ofMillis(20);
        rig.answer("{ok: 1, cursor: {id: {$numberLong: '7'}, ns: 'app.things', firstBatch: [],"
                + " postBatchResumeToken: {_data: 'a'}}}");
        ChangeStreamCursor<ChangeStreamDocument<Document>> changes =
                rig.done(rig.collection().watch().open());
        CompletionStage<?> next = changes.next();
        rig.run();
        pass(15);
        rig.reply(NO_CHANGE);
        pass(15);

        assertThat(rig.failure(next)).isInstanceOf(MongoTimeoutException.class);
        assertThat(rig.sentNames().subList(0, 3)).containsExactly("aggregate", "getMore", "getMore");
        assertThat(rig.sentNames().stream().filter("getMore"::equals)).hasSize(2);
    }

    private void assertEndsInTime(ClientSession session) {
        assertEndsInTime(session, null);
    }

    private void assertEndsInTime(ClientSession session, @Nullable Duration timeout) {
        session.startTransaction();
        rig.answer("{ok: 1, n: 1}");
        rig.done(rig.database().withSession(session).getCollection("coll").insertOne(new Document("x", 1)));
        CompletionStage<Void> ended = timeout == null ? session.closeAsync() : session.closeAsync(timeout);
        rig.run();
        pass(140);
        assertThat(ended.toCompletableFuture()).isNotDone();
        pass(10);

        assertThat(ended.toCompletableFuture()).isDone();
        assertThat(rig.last().commandName()).isEqualTo("abortTransaction");
        assertThat(rig.last().body().getNumber("maxTimeMS").longValue()).isEqualTo(150);
        rig.assertBalanced();
    }

    @Test
    @DisplayName("CSOT, prose test 9: endSession has the timeoutMS of the client")
    void endingASessionHasTheTimeOfTheClient() {
        rig.timeout = Duration.ofMillis(150);
        assertEndsInTime(rig.session());
    }

    @Test
    @DisplayName("CSOT, prose test 9: endSession has the defaultTimeoutMS of the session")
    void endingASessionHasTheTimeOfTheSession() {
        assertEndsInTime(rig.session(ClientSessionOptions.DEFAULT.defaultTimeout(Duration.ofMillis(150))));
    }

    @Test
    @DisplayName("CSOT, prose test 9: endSession has the timeoutMS that it is called with")
    void endingASessionHasTheTimeOfItsCall() {
        rig.timeout = Duration.ofSeconds(5);
        assertEndsInTime(rig.session(), Duration.ofMillis(150));
        assertThatThrownBy(() -> rig.session().closeAsync(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("CSOT, prose test 10: timeoutMS is refreshed for abortTransaction if the callback fails")
    void theAbortAfterALateCallbackHasTheWholeTime() {
        rig.timeout = Duration.ofMillis(150);
        ClientSession session = rig.session();
        CompletionStage<?> done = session.withTransaction(
                bound -> rig.database().withSession(bound).getCollection("coll").insertOne(new Document("_id", 1)));
        rig.run();
        pass(160);
        assertThat(rig.sentNames()).containsExactly("insert", "abortTransaction");
        pass(160);

        assertThat(rig.failure(done)).isInstanceOf(MongoTimeoutException.class);
        assertThat(rig.last().body().getNumber("maxTimeMS").longValue()).isEqualTo(150);
        rig.assertBalanced();
    }

    @Test
    @DisplayName("CSOT, prose test 11: multi-batch bulkWrites")
    void theTimeoutIsThatOfTheWholeBulkWrite() {
        rig.kind = ClientRig.STANDALONE;
        rig.server.retryableWrites = false;
        rig.wireVersion = 25;
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 1";
        rig.timeout = Duration.ofSeconds(2);
        MongoNamespace namespace = new MongoNamespace("db", "coll");
        CompletionStage<?> written = rig.cluster()
                .bulkWrite(List.of(
                        ClientNamespacedWriteModel.insertOne(namespace, new Document("a", 1)),
                        ClientNamespacedWriteModel.insertOne(namespace, new Document("a", 2))));
        rig.run();
        pass(1010);
        rig.reply("{ok: 1, nErrors: 0, nInserted: 1, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0,"
                + " cursor: {id: {$numberLong: '0'}, ns: 'admin.$cmd.bulkWrite', firstBatch: []}}");
        pass(1010);

        Throwable failure = rig.failure(written);
        Throwable timeout = failure instanceof MongoTimeoutException ? failure : failure.getCause();
        assertThat(timeout).isInstanceOf(MongoTimeoutException.class);
        assertThat(rig.sentNames()).containsExactly("bulkWrite", "bulkWrite");
        rig.assertBalanced();
    }
}
