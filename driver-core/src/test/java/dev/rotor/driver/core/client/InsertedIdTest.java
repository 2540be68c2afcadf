package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.InsertManyResult;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientInsertOneResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.json.JsonObject;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Which {@code _id} a document gets whose codec cannot tell it beforehand, and how the result knows. */
class InsertedIdTest {

    /** No field is the id. */
    public record City(String name, int people) {}

    /** The id is there, and not first. */
    public record Town(String name, @BsonId int number) {}

    /** The id may be missing. */
    public record Village(String name, @BsonId ObjectId id) {}

    private final ClientRig rig = new ClientRig();

    private List<BsonDocument> documents(int message) {
        return Objects.requireNonNull(rig.sent.get(message).sequences().get("documents"));
    }

    private static String applied(FakeMessage message) {
        return "{ok: 1, n: " + message.sequences().values().iterator().next().size() + "}";
    }

    @Test
    void aRecordWithoutAnIdGetsOneAsItsFirstElement() {
        rig.answer("{ok: 1, n: 1}");

        InsertOneResult result =
                rig.done(rig.collection().withDocumentClass(City.class).insertOne(new City("Rome", 3)));

        BsonDocument sent = documents(0).get(0);
        assertThat(sent.keySet()).containsExactly("_id", "name", "people");
        assertThat(sent.get("_id")).isInstanceOf(BsonObjectId.class).isEqualTo(result.insertedId());
        assertThat(sent.getString("name").getValue()).isEqualTo("Rome");
        rig.assertBalanced();
    }

    @Test
    void anIdThatTheCodecWritesIsTheOneWhereverItStands() {
        rig.answer("{ok: 1, n: 1}", "{ok: 1, n: 1}");
        ObjectId id = new ObjectId();

        InsertOneResult number =
                rig.done(rig.collection().withDocumentClass(Town.class).insertOne(new Town("Ulm", 7)));
        InsertOneResult objectId =
                rig.done(rig.collection().withDocumentClass(Village.class).insertOne(new Village("Au", id)));

        assertThat(number.insertedId()).isEqualTo(new BsonInt32(7));
        assertThat(documents(0).get(0).get("_id")).isEqualTo(new BsonInt32(7));
        assertThat(objectId.insertedId()).isEqualTo(new BsonObjectId(id));
        assertThat(documents(1).get(0).get("_id")).isEqualTo(new BsonObjectId(id));
    }

    @Test
    void rawDocumentsAndJsonKeepTheirIdOrGetOne() {
        rig.script = InsertedIdTest::applied;

        InsertOneResult raw = rig.done(
                rig.collection().withDocumentClass(RawBsonDocument.class).insertOne(RawBsonDocument.parse("{x: 1}")));
        InsertOneResult rawWithId = rig.done(rig.collection()
                .withDocumentClass(RawBsonDocument.class)
                .insertOne(RawBsonDocument.parse("{x: 1, _id: 'a'}")));
        InsertOneResult json =
                rig.done(rig.collection().withDocumentClass(JsonObject.class).insertOne(new JsonObject("{\"x\": 1}")));

        assertThat(raw.insertedId()).isEqualTo(documents(0).get(0).get("_id")).isInstanceOf(BsonObjectId.class);
        assertThat(rawWithId.insertedId()).isEqualTo(new BsonString("a"));
        assertThat(documents(1).get(0).keySet()).containsExactly("x", "_id");
        assertThat(json.insertedId()).isEqualTo(documents(2).get(0).get("_id")).isInstanceOf(BsonObjectId.class);
    }

    @Test
    void anIdThatIsNullIsAnId() {
        rig.script = InsertedIdTest::applied;

        InsertOneResult result = rig.done(rig.collection()
                .withDocumentClass(RawBsonDocument.class)
                .insertOne(RawBsonDocument.parse("{x: 1, _id: null}")));

        assertThat(result.insertedId().isNull()).isTrue();
        assertThat(documents(0).get(0).keySet()).containsExactly("x", "_id");
    }

    @Test
    void aRetriedInsertHasTheIdThatItHadBefore() {
        rig.retryWrites = true;
        rig.answer("{ok: 0, code: 91, errmsg: 'shutdown', errorLabels: ['RetryableWriteError']}", "{ok: 1, n: 1}");

        InsertOneResult result =
                rig.done(rig.collection().withDocumentClass(City.class).insertOne(new City("Rome", 3)));

        assertThat(rig.sent).hasSize(2);
        assertThat(documents(0)).isEqualTo(documents(1));
        assertThat(documents(1).get(0).get("_id")).isEqualTo(result.insertedId());
    }

    @Test
    void anUnacknowledgedInsertTellsTheIdToo() {
        InsertOneResult result = rig.done(rig.collection()
                .withDocumentClass(City.class)
                .withWriteConcern(WriteConcern.UNACKNOWLEDGED)
                .insertOne(new City("Rome", 3)));

        assertThat(result.isAcknowledged()).isFalse();
        assertThat(result.insertedId()).isEqualTo(documents(0).get(0).get("_id"));
    }

    @Test
    void manyDocumentsInSeveralCommandsEachGetOneAndNoMessageGrowsTooLong() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 5000, maxWriteBatchSize: 100000";
        rig.script = InsertedIdTest::applied;

        InsertManyResult result = rig.done(rig.collection()
                .withDocumentClass(City.class)
                .insertMany(IntStream.range(0, 50)
                        .mapToObj(i -> new City("x".repeat(700), i))
                        .toList()));

        List<BsonValue> sent = rig.sent.stream()
                .flatMap(message -> message.sequences().getOrDefault("documents", List.of()).stream())
                .map(document -> document.get("_id"))
                .toList();
        assertThat(sent).hasSize(50).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(List.copyOf(result.insertedIds().values())).isEqualTo(sent);
        assertThat(rig.sent.size()).isGreaterThan(5);
        assertThat(rig.transport.lastAttempt().wire().sent())
                .allSatisfy(message -> assertThat(message.length).isLessThanOrEqualTo(5000));
    }

    @Test
    void aDocumentThatIsTooLargeOnlyWithItsIdIsTooLarge() {
        int plain = 4 + 1 + 5 + 4 + 100 + 1 + 1 + 7 + 4 + 1;
        rig.limits = "maxBsonObjectSize: " + (plain + 16) + ", maxMessageSizeBytes: 48000000, maxWriteBatchSize: 10";

        Throwable failure =
                rig.failure(rig.collection().withDocumentClass(City.class).insertOne(new City("x".repeat(100), 1)));

        assertThat(failure).hasMessageContaining("takes at most " + (plain + 16));
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void aFailedBulkWriteTellsTheIdsOfWhatWasInserted() {
        rig.answer("{ok: 1, n: 1, writeErrors: [{index: 1, code: 11000, errmsg: 'duplicate'}]}");

        Throwable failure = rig.failure(rig.collection()
                .withDocumentClass(City.class)
                .bulkWrite(
                        List.of(new InsertOneModel<>(new City("Rome", 3)), new InsertOneModel<>(new City("Rome", 4)))));

        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> assertThat(
                        e.result().insertedIds())
                .containsOnlyKeys(0)
                .containsEntry(0, documents(0).get(0).get("_id")));
    }

    @Test
    void aBulkWriteOfTheClientGivesIdsToDocumentsOfAnyClass() {
        rig.wireVersion = 25;
        rig.answer(
                "{ok: 1, nInserted: 3, nErrors: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0, cursor: {id:"
                        + " 0, ns: 'admin.$cmd.bulkWrite', firstBatch: [{ok: 1, idx: 0, n: 1}, {ok: 1, idx: 1, n: 1}, {ok: 1,"
                        + " idx: 2, n: 1}]}}");
        MongoNamespace cities = new MongoNamespace("app", "cities");

        ClientBulkWriteResult result = rig.done(rig.cluster()
                .bulkWrite(
                        List.of(
                                ClientNamespacedWriteModel.insertOne(cities, new City("Rome", 3)),
                                ClientNamespacedWriteModel.insertOne(cities, new Town("Ulm", 7)),
                                ClientNamespacedWriteModel.insertOne(cities, RawBsonDocument.parse("{x: 1}"))),
                        ClientBulkWriteOptions.DEFAULT.verboseResults(true)));

        List<BsonDocument> ops =
                Objects.requireNonNull(rig.sent.get(0).sequences().get("ops"));
        assertThat(ops.get(0).getDocument("document").keySet()).containsExactly("_id", "name", "people");
        assertThat(Objects.requireNonNull(result.verboseResults()).insertResults())
                .containsEntry(
                        0,
                        new ClientInsertOneResult(
                                ops.get(0).getDocument("document").getObjectId("_id")))
                .containsEntry(1, new ClientInsertOneResult(new BsonInt32(7)))
                .containsEntry(
                        2,
                        new ClientInsertOneResult(
                                ops.get(2).getDocument("document").getObjectId("_id")));
    }
}
