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
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonReader;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
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

    /** A class whose codec makes the id whenever it writes a document, and cannot keep it. */
    public static final class Fresh {}

    /** What {@link Fresh} is written as: never the same id twice. */
    private static final class FreshCodec implements Codec<Fresh> {

        private final Function<Integer, BsonValue> ids;
        private final boolean first;
        private int written;

        FreshCodec(Function<Integer, BsonValue> ids, boolean first) {
            this.ids = ids;
            this.first = first;
        }

        @Override
        public void encode(BsonWriter writer, Fresh value, EncoderContext context) {
            writer.writeStartDocument();
            if (!first) {
                writer.writeString("before", "b");
            }
            writer.writeName("_id");
            new BsonValueCodec().encode(writer, ids.apply(written++), context);
            writer.writeString("after", "a");
            writer.writeEndDocument();
        }

        @Override
        public Fresh decode(BsonReader reader, DecoderContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Class<Fresh> getEncoderClass() {
            return Fresh.class;
        }
    }

    private CodecRegistry fresh(Function<Integer, BsonValue> ids, boolean first) {
        return CodecRegistries.fromRegistries(
                CodecRegistries.fromCodecs(new FreshCodec(ids, first)),
                rig.collection().codecRegistry());
    }

    private static BsonValue textId(int written) {
        return new BsonString("x".repeat(1 + written));
    }

    private void shutDownOnce() {
        rig.answer("{ok: 0, code: 91, errmsg: 'shutdown', errorLabels: ['RetryableWriteError']}", "{ok: 1, n: 1}");
    }

    private void assertSentTwiceAlike(Function<Integer, BsonValue> ids, boolean first) {
        rig.sent.clear();
        shutDownOnce();

        InsertOneResult result = rig.done(rig.collection()
                .withDocumentClass(Fresh.class)
                .withCodecRegistry(fresh(ids, first))
                .insertOne(new Fresh()));

        assertThat(rig.sent).hasSize(2);
        assertThat(documents(1)).isEqualTo(documents(0));
        assertThat(documents(1).get(0).keySet())
                .containsExactlyElementsOf(first ? List.of("_id", "after") : List.of("before", "_id", "after"));
        assertThat(documents(1).get(0).get("_id")).isEqualTo(result.insertedId());
    }

    @Test
    void anIdThatTheCodecMakesAnewIsThatOfTheFirstAttemptAllTheSame() {
        assertSentTwiceAlike(i -> new BsonObjectId(), true);
        assertSentTwiceAlike(i -> new BsonObjectId(), false);
        assertSentTwiceAlike(InsertedIdTest::textId, true);
        assertSentTwiceAlike(InsertedIdTest::textId, false);
        assertSentTwiceAlike(i -> i == 0 ? new BsonObjectId() : new BsonInt32(i), true);
        assertSentTwiceAlike(i -> i == 0 ? new BsonInt32(i) : new BsonObjectId(), true);
        rig.assertBalanced();
    }

    @Test
    void theSameHoldsForBulkWrites() {
        shutDownOnce();
        InsertManyResult many = rig.done(rig.collection()
                .withDocumentClass(Fresh.class)
                .withCodecRegistry(fresh(i -> new BsonObjectId(), true))
                .insertMany(List.of(new Fresh(), new Fresh())));

        assertThat(documents(1)).isEqualTo(documents(0));
        assertThat(List.copyOf(many.insertedIds().values()))
                .isEqualTo(documents(1).stream().map(one -> one.get("_id")).toList());
    }

    @Test
    void theSameHoldsForBulkWritesOfTheClient() {
        rig.wireVersion = 25;
        rig.answer(
                "{ok: 0, code: 91, errmsg: 'shutdown', errorLabels: ['RetryableWriteError']}",
                "{ok: 1, nInserted: 1, nErrors: 0, cursor: {id: 0, ns: 'admin.$cmd.bulkWrite', firstBatch: [{ok: 1,"
                        + " idx: 0, n: 1}]}}");

        ClientBulkWriteResult result = rig.done(rig.cluster()
                .withCodecRegistry(fresh(InsertedIdTest::textId, false))
                .bulkWrite(
                        List.of(ClientNamespacedWriteModel.insertOne(new MongoNamespace("app", "things"), new Fresh())),
                        ClientBulkWriteOptions.DEFAULT.verboseResults(true)));

        List<BsonDocument> ops =
                Objects.requireNonNull(rig.sent.get(1).sequences().get("ops"));
        assertThat(ops).isEqualTo(rig.sent.get(0).sequences().get("ops"));
        assertThat(Objects.requireNonNull(result.verboseResults()).insertResults())
                .containsEntry(
                        0,
                        new ClientInsertOneResult(Objects.requireNonNull(
                                ops.get(0).getDocument("document").get("_id"))));
    }
}
