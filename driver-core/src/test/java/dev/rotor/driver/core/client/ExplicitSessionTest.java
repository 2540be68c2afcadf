package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.WriteConcern;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What commands of an explicit session carry, and what becomes of its server session. */
class ExplicitSessionTest {

    private static final String FOUND = ClientRig.batch("firstBatch", 0, 1, 1);

    private final ClientRig rig = new ClientRig();

    @Test
    void everyOperationOfASessionCarriesItsId() {
        rig.answer("{ok: 1, n: 1}", FOUND, "{ok: 1}");
        ClientSession session = rig.session();

        rig.done(rig.collection(session).insertOne(new Document("_id", 1)));
        rig.done(rig.collection(session).find().first());
        rig.done(rig.database().withSession(session).runCommand(new Document("ping", 1)));

        for (int i = 0; i < 3; i++) {
            assertThat(rig.body(i).getDocument("lsid")).isEqualTo(session.sessionId());
        }
        rig.assertBalanced();
    }

    @Test
    void aDatabaseTellsItsSession() {
        ClientSession session = rig.session();

        assertThat(rig.database().session()).isNull();
        assertThat(rig.database()
                        .withSession(session)
                        .withWriteConcern(WriteConcern.MAJORITY)
                        .session())
                .isSameAs(session);
        assertThat(rig.database().withSession(session).withSession(null).session())
                .isNull();
    }

    @Test
    void nothingIsTakenFromThePoolBeforeTheIdIsNeeded() {
        ClientSession session = rig.session();
        session.close();

        assertThat(rig.idleSessions()).isZero();
        assertThatThrownBy(session::sessionId).isInstanceOf(IllegalStateException.class);
    }

    /** Driver Sessions, prose test 2. */
    @Test
    void prose2PoolIsLifo() {
        ClientSession a = rig.session();
        ClientSession b = rig.session();
        var idOfA = a.sessionId();
        var idOfB = b.sessionId();

        a.close();
        b.close();

        assertThat(rig.session().sessionId()).isEqualTo(idOfB);
        assertThat(rig.session().sessionId()).isEqualTo(idOfA);
    }

    @Test
    void aSessionWithANetworkErrorIsNotUsedAgain() {
        rig.answer(ClientRig.BREAK, FOUND);
        ClientSession session = rig.session();
        rig.done(rig.collection(session).find().first());
        assertThat(rig.body(0).get("lsid")).isEqualTo(rig.body(1).get("lsid"));

        session.close();

        assertThat(rig.idleSessions()).isZero();
    }

    @Test
    void aClosedSessionRefusesOperationsAndSendsNothing() {
        ClientSession session = rig.session();
        session.close();

        assertThat(rig.failure(rig.collection(session).find().first())).isInstanceOf(IllegalStateException.class);
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aSessionOfAnotherClientIsRefused() {
        ClientSession foreign = new ClientRig().session();

        assertThatThrownBy(() -> rig.collection(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another client");
    }

    @Test
    void anUnacknowledgedWriteIsRefused() {
        ClientSession session = rig.session();

        Throwable failure = rig.failure(rig.collection(session)
                .withWriteConcern(WriteConcern.UNACKNOWLEDGED)
                .insertOne(new Document()));

        assertThat(failure).isInstanceOf(MongoException.class).hasMessageContaining("Unacknowledged");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aServerWithoutSessionsIsAnError() {
        rig.kind = "setName: 'rs', hosts: ['db1:27017'], isWritablePrimary: true";
        ClientSession session = rig.session();

        Throwable failure = rig.failure(rig.collection(session).find().first());

        assertThat(failure).isInstanceOf(MongoException.class).hasMessageContaining("Sessions are not supported");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void aCursorKeepsTheSessionBeyondItsEnd() {
        rig.answer(ClientRig.batch("firstBatch", 7, 1, 1), ClientRig.batch("nextBatch", 0, 2, 1));
        ClientSession session = rig.session();
        AsyncCursor<Document> cursor =
                rig.done(rig.collection(session).find().prefetch(false).open());
        var id = session.sessionId();
        session.close();
        ClientSession other = rig.session();
        assertThat(other.sessionId()).as("not lent out twice").isNotEqualTo(id);

        rig.done(cursor.nextBatch());
        rig.done(cursor.nextBatch());

        assertThat(rig.body(1).getDocument("lsid")).isEqualTo(id);
        assertThat(rig.idleSessions()).isEqualTo(1);
        rig.assertBalanced();
    }

    /** Driver Sessions, prose test 1. */
    @Test
    void prose1SnapshotsAndCausalConsistencyContradictEachOther() {
        assertThatThrownBy(() ->
                        rig.session(ClientSessionOptions.DEFAULT.snapshot(true).causalConsistency(true)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
