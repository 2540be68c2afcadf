package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoException;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The prose tests of Connections Survive Primary Step Down. */
class StepDownTest {

    private final ClusterRig rig = ClusterRig.replicaSet(2, "&retryWrites=false");

    private MongoException insertFails(int code) {
        rig.client();
        rig.member(0).fail(1, "insert", "{ok: 0, code: " + code + ", errmsg: 'not now'}");
        return (MongoException) rig.failure(rig.collection().insertOne(new Document("test", 1)));
    }

    private void insertSucceeds() {
        rig.done(rig.collection().insertOne(new Document("test", 1)));
    }

    @Test
    @DisplayName("Step down, test 1: getMore iteration")
    void aCursorGoesOnWhereItsServerHasSteppedDown() {
        rig.member(0).fail(1, "find", ClientRig.batch("firstBatch", 7, 1, 2));
        rig.member(0).fail(1, "getMore", ClientRig.batch("nextBatch", 7, 3, 2));
        rig.member(0).fail(1, "getMore", ClientRig.batch("nextBatch", 0, 5, 1));
        AsyncCursor<Document> cursor =
                rig.done(rig.collection().find().batchSize(2).prefetch(false).open());
        List<Document> found = new ArrayList<>(rig.done(cursor.nextBatch()));
        FakeMember old = rig.member(0);
        FakeMember next = rig.member(1);
        String primary = old.hello;
        old.hello = next.hello;
        next.hello = primary;
        old.fail(1, "insert", "{ok: 0, code: 10107, errmsg: 'not primary'}");
        rig.failure(rig.collection().insertOne(new Document("test", 1)));
        insertSucceeds();

        found.addAll(rig.done(cursor.nextBatch()));
        found.addAll(rig.done(cursor.nextBatch()));

        assertThat(found).extracting(one -> one.getInteger("_id")).containsExactly(1, 2, 3, 4, 5);
        assertThat(old.count("getMore")).isEqualTo(2);
        assertThat(next.count("insert")).isEqualTo(1);
        assertThat(rig.events).doesNotContain("pool cleared");
    }

    @Test
    @DisplayName("Step down, test 2: not primary, keep connection pool")
    void connectionsAreKeptWhenTheServerIsNotPrimary() {
        assertThat(insertFails(10107).code()).isEqualTo(10107);
        insertSucceeds();

        assertThat(rig.events).doesNotContain("pool cleared");
    }

    @Test
    @DisplayName("Step down, test 3: shutdown in progress, reset connection pool")
    void connectionsAreDroppedWhenTheServerShutsDown() {
        assertThat(insertFails(91).code()).isEqualTo(91);
        assertThat(rig.events).containsOnlyOnce("pool cleared");

        insertSucceeds();
    }

    @Test
    @DisplayName("Step down, test 4: interrupted at shutdown, reset connection pool")
    void connectionsAreDroppedWhenTheServerInterruptsForItsShutdown() {
        assertThat(insertFails(11600).code()).isEqualTo(11600);
        assertThat(rig.events).containsOnlyOnce("pool cleared");

        insertSucceeds();
    }
}
