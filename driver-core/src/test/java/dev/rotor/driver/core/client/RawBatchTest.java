package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.RawBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** Batches of documents that nobody has decoded. */
class RawBatchTest {

    private final ClientRig rig = new ClientRig();

    private void serve() {
        rig.answer(
                ClientRig.batch("firstBatch", 5, 0, 3),
                ClientRig.batch("nextBatch", 5, 3, 0),
                ClientRig.batch("nextBatch", 0, 3, 1));
    }

    private static List<Integer> ids(RawBatch batch) {
        List<Integer> ids = new ArrayList<>();
        for (RawBsonDocument document : batch) {
            ids.add(document.getInt32("_id").getValue());
        }
        return ids;
    }

    /** Reads documents that lie one behind the other. */
    private static List<Integer> idsOf(ByteBuffer bytes) {
        List<Integer> ids = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] document = new byte[bytes.getInt(bytes.position())];
            bytes.get(document);
            ids.add(new RawBsonDocument(document).getInt32("_id").getValue());
        }
        return ids;
    }

    @Test
    void eachReplyWithDocumentsIsOneBatch() {
        serve();

        List<RawBatch> batches =
                rig.done(rig.collection().find().batchSize(3).rawBatches().toList());

        assertThat(batches).extracting(RawBatch::documentCount).containsExactly(3, 1);
        assertThat(ids(batches.get(0))).containsExactly(0, 1, 2);
        assertThat(ids(batches.get(1))).containsExactly(3);
        assertThat(rig.sentNames()).containsExactly("find", "getMore", "getMore");
        assertThat(rig.body(1).getInt32("batchSize").getValue()).isEqualTo(3);
        rig.assertBalanced();
    }

    @Test
    void theBytesAreTheDocumentsOneBehindTheOther() {
        serve();
        List<RawBatch> batches = rig.done(rig.collection().find().rawBatches().toList());

        for (RawBatch batch : batches) {
            ByteBuffer bytes = batch.bytes();
            assertThat(bytes.isReadOnly()).isTrue();
            assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(idsOf(bytes)).isEqualTo(ids(batch));
            assertThat(batch.bytes().position()).as("a buffer of its own").isZero();
        }
    }

    @Test
    void theArrayIsTheServersOwn() {
        serve();
        RawBatch batch = rig.done(rig.collection().find().rawBatches().toList()).get(0);

        ByteBuffer array = batch.bsonArray();

        assertThat(array.isReadOnly()).isTrue();
        assertThat(array.getInt(0)).isEqualTo(array.remaining());
        byte[] copy = new byte[array.remaining()];
        array.get(copy);
        assertThat(new RawBsonDocument(copy))
                .isEqualTo(BsonDocument.parse("{'0': {_id: 0}, '1': {_id: 1}, '2': {_id: 2}}"));
    }

    @Test
    void theFirstBatchIsAsLargeAsWithoutAskingForOneAlone() {
        rig.script =
                message -> message.commandName().equals("find") ? ClientRig.batch("firstBatch", 5, 0, 3) : "{ok: 1}";

        RawBatch first = Objects.requireNonNull(
                rig.done(rig.collection().find().rawBatches().first()));

        assertThat(first.documentCount()).isEqualTo(3);
        assertThat(rig.body(0).containsKey("limit")).isFalse();
        assertThat(rig.sentNames()).containsExactly("find", "killCursors");
        rig.assertBalanced();
    }

    @Test
    void nothingFoundIsNoBatch() {
        rig.answer(ClientRig.batch("firstBatch", 0, 0, 0));

        assertThat(rig.done(rig.collection().find().rawBatches().toList())).isEmpty();
    }

    @Test
    void anAggregationGivesBatchesToo() {
        serve();
        AsyncCursor<RawBatch> cursor = rig.done(
                rig.collection().aggregate(List.of()).batchSize(3).rawBatches().open());

        assertThat(ids(Objects.requireNonNull(rig.done(cursor.next())))).containsExactly(0, 1, 2);
        assertThat(rig.done(cursor.nextBatch()))
                .extracting(RawBatch::documentCount)
                .containsExactly(1);
        assertThat(rig.done(cursor.next())).isNull();
        assertThat(cursor.isExhausted()).isTrue();
    }

    @Test
    void settingsMayFollowAndDocumentsCanBeHadAgain() {
        rig.answer(ClientRig.batch("firstBatch", 0, 0, 2), ClientRig.batch("firstBatch", 0, 0, 2));

        rig.done(rig.collection().find().rawBatches().skip(7).limit(2).toList());
        List<Document> documents =
                rig.done(rig.collection().find().rawBatches().as(Document.class).toList());

        assertThat(rig.body(0).getInt64("skip").getValue()).isEqualTo(7);
        assertThat(rig.body(0).getInt64("limit").getValue()).isEqualTo(2);
        assertThat(documents).containsExactly(new Document("_id", 0), new Document("_id", 1));
    }

    @Test
    void theGetMoresOfALimitCountDocumentsAndNotBatches() {
        rig.answer(ClientRig.batch("firstBatch", 5, 0, 3), ClientRig.batch("nextBatch", 0, 3, 1));

        rig.done(rig.collection().find().batchSize(3).limit(4).rawBatches().toList());

        assertThat(rig.body(1).getInt32("batchSize").getValue()).isEqualTo(1);
    }

    @Test
    void anArrayOfSomethingElseIsAProtocolErrorAndTheCursorIsKilled() {
        rig.script = message -> message.commandName().equals("find")
                ? "{ok: 1, cursor: {id: {$numberLong: '5'}, ns: 'app.things', firstBatch: [1, 2]}}"
                : "{ok: 1}";

        Throwable failure =
                rig.failure(rig.collection().find().prefetch(false).rawBatches().toList());

        assertThat(failure).isInstanceOf(MongoProtocolException.class).hasMessageContaining("cannot be read");
        assertThat(rig.sentNames()).containsExactly("find", "killCursors");
        rig.assertBalanced();
    }
}
