package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.model.SearchIndexModel;
import java.util.Arrays;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Sessions whose reads all see one point in time. */
class SnapshotSessionTest {

    private static final ClientSessionOptions SNAPSHOT = ClientSessionOptions.DEFAULT.snapshot(true);
    private static final BsonDocument UNKNOWN_TIME = BsonDocument.parse("{level: 'snapshot'}");
    private static final BsonDocument AT_SEVEN =
            BsonDocument.parse("{level: 'snapshot', atClusterTime: {$timestamp: {t: 7, i: 1}}}");
    private static final String FOUND =
            "{ok: 1, cursor: {id: 0, ns: 'app.things', firstBatch: [], atClusterTime: {$timestamp: {t: 7, i: 1}}},"
                    + " operationTime: {$timestamp: {t: 9, i: 1}}}";

    private final ClientRig rig = new ClientRig();

    private BsonDocument readConcern(int index) {
        return rig.body(index).getDocument("readConcern");
    }

    @Test
    void theTimeOfTheFirstFindIsThatOfAllReads() {
        rig.script = message -> FOUND;
        ClientSession session = rig.session(SNAPSHOT);
        assertThat(session.snapshotTime()).isNull();

        rig.done(rig.collection(session).find().first());
        rig.done(rig.collection(session).find().first());

        assertThat(readConcern(0)).isEqualTo(UNKNOWN_TIME);
        assertThat(readConcern(1)).isEqualTo(AT_SEVEN);
        assertThat(session.snapshotTime()).isEqualTo(new BsonTimestamp(7, 1));
    }

    @Test
    void aDistinctTellsTheTimeAtTheTop() {
        rig.answer("{ok: 1, values: [], atClusterTime: {$timestamp: {t: 7, i: 1}}}", FOUND);
        ClientSession session = rig.session(SNAPSHOT);

        rig.done(rig.collection(session).distinct("x", Integer.class).toList());
        rig.done(rig.collection(session).find().first());

        assertThat(readConcern(1)).isEqualTo(AT_SEVEN);
    }

    @Test
    void aLaterReplyDoesNotMoveTheTime() {
        rig.answer(FOUND, FOUND.replace("t: 7", "t: 8"), FOUND);
        ClientSession session = rig.session(SNAPSHOT);

        for (int i = 0; i < 3; i++) {
            rig.done(rig.collection(session).find().first());
        }

        assertThat(readConcern(2)).isEqualTo(AT_SEVEN);
    }

    @Test
    void aGivenTimeIsThatOfTheFirstReadAlready() {
        rig.script = message -> FOUND;

        rig.done(rig.collection(rig.session(SNAPSHOT.snapshotTime(new BsonTimestamp(7, 1))))
                .find()
                .first());

        assertThat(readConcern(0)).isEqualTo(AT_SEVEN);
    }

    @Test
    void everyCommandHasTheReadConcernSoThatTheServerRefusesWrites() {
        rig.script = message -> "{ok: 0, code: 72, codeName: 'InvalidOptions', errmsg: 'no'}";
        ClientSession session = rig.session(SNAPSHOT);

        rig.failure(rig.collection(session).insertOne(new Document()));
        rig.failure(rig.database().withSession(session).runCommand(new Document("ping", 1)));
        rig.failure(rig.database().withSession(session).listCollections().toList());

        assertThat(rig.sent).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(readConcern(i)).isEqualTo(UNKNOWN_TIME);
        }
    }

    @Test
    void aGetMoreHasNoReadConcern() {
        rig.answer(ClientRig.batch("firstBatch", 7, 1, 1), ClientRig.batch("nextBatch", 0, 2, 1));

        rig.done(rig.collection(rig.session(SNAPSHOT)).find().toList());

        assertThat(rig.sentNames()).containsExactly("find", "getMore");
        assertThat(rig.body(1).containsKey("readConcern")).isFalse();
    }

    @Test
    void serversBefore50AreToldApartByTheDriver() {
        rig.wireVersion = 12;

        Throwable failure =
                rig.failure(rig.collection(rig.session(SNAPSHOT)).find().first());

        assertThat(failure)
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("Snapshot reads require MongoDB 5.0 or later");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aTransactionIsRefused() {
        ClientSession session = rig.session(SNAPSHOT);

        assertThatThrownBy(session::startTransaction)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Transactions are not supported in snapshot sessions");
    }

    /** Driver Sessions, prose test 21. */
    @Test
    void prose21ASnapshotTimeIsForSnapshotSessions() {
        assertThatThrownBy(() -> rig.session(ClientSessionOptions.DEFAULT.snapshotTime(new BsonTimestamp(1, 0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Driver Sessions, prose test 22. */
    @Test
    void prose22OtherSessionsHaveNoSnapshotTimeToTell() {
        ClientSession other = rig.session();

        assertThatThrownBy(other::snapshotTime).isInstanceOf(IllegalStateException.class);
    }

    /** Driver Sessions, prose test 23: there is no way to set the time but the options, whose copies are others. */
    @Test
    void prose23TheSnapshotTimeCannotBeChanged() {
        ClientSessionOptions options = ClientSessionOptions.DEFAULT.snapshot(true);
        ClientSession session = rig.session(options);
        assertThat(session.snapshotTime()).isNull();

        session.options().snapshotTime(new BsonTimestamp(1, 0));

        assertThat(session.snapshotTime()).isNull();
        assertThat(Arrays.stream(ClientSession.class.getMethods())
                        .filter(method ->
                                method.getName().toLowerCase(Locale.ROOT).contains("snapshot")))
                .as("the time can be asked for only")
                .allMatch(method -> method.getParameterCount() == 0);
    }

    @Test
    void commandsAboutSearchIndexesHaveNoReadConcern() {
        rig.answer(FOUND, "{ok: 1, indexesCreated: []}", "{ok: 1}", "{ok: 1}");
        var things = rig.collection(rig.session(SNAPSHOT));

        rig.done(things.listSearchIndexes().toList());
        rig.done(things.createSearchIndex(new SearchIndexModel("s", new Document())));
        rig.done(things.updateSearchIndex("s", new Document()));
        rig.done(things.dropSearchIndex("s"));

        assertThat(rig.sent).hasSize(4).allSatisfy(message -> assertThat(message.body())
                .doesNotContainKey("readConcern"));
    }
}
