package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.BulkWriteError;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.InsertManyOptions;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.WriteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** How bulk writes are cut, numbered, added up and stopped. */
class BulkWriteTest {

    private final ClientRig rig = new ClientRig();

    private static int statements(FakeMessage message) {
        return message.sequences().values().iterator().next().size();
    }

    private static String applied(FakeMessage message) {
        return "{ok: 1, n: " + statements(message) + ", nModified: " + statements(message) + "}";
    }

    private List<Integer> statementCounts() {
        return rig.sent.stream().map(BulkWriteTest::statements).toList();
    }

    private static List<Document> documents(int count, int padding) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Document("_id", i).append("x", "y".repeat(padding)))
                .toList();
    }

    @Test
    void aBatchHasAsManyStatementsAsTheServerAllows() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 10";
        rig.script = BulkWriteTest::applied;

        rig.done(rig.collection().insertMany(documents(25, 1)));

        assertThat(statementCounts()).containsExactly(10, 10, 5);
        assertThat(rig.sent.stream()
                        .map(message -> message.body().getInt64("txnNumber").getValue()))
                .containsExactly(1L, 2L, 3L);
        assertThat(rig.sent).allSatisfy(message -> assertThat(message.body().getDocument("lsid"))
                .isEqualTo(rig.body(0).getDocument("lsid")));
        rig.assertBalanced();
    }

    @Test
    void noMessageIsLongerThanTheServerAllowsAndNoDocumentIsLost() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 5000, maxWriteBatchSize: 100000";
        rig.script = BulkWriteTest::applied;

        rig.done(rig.collection().insertMany(documents(50, 900)));

        assertThat(rig.transport.lastAttempt().wire().sent())
                .allSatisfy(message -> assertThat(message.length).isLessThanOrEqualTo(5000));
        assertThat(rig.sent.stream()
                        .flatMap(message -> message.sequences().values().iterator().next().stream())
                        .map(document -> document.getInt32("_id").getValue()))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
        assertThat(rig.sent.size()).isLessThan(20);
    }

    @Test
    void aThousandCommandsDoNotFillTheStackWhenAnswersComeInsideSend() {
        rig.insideSend = true;
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 1";
        rig.script = BulkWriteTest::applied;

        rig.done(rig.collection().insertMany(documents(5_000, 1)));

        assertThat(rig.sent).hasSize(5_000);
    }

    private List<WriteModel<Document>> withTooLargeOne() {
        List<WriteModel<Document>> models = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            models.add(new InsertOneModel<>(
                    new Document("_id", i).append("x", i == 2 ? "y".repeat(16 * 1024 * 1024) : "y")));
        }
        return models;
    }

    @Test
    void anOrderedBulkWriteStopsBehindADocumentThatIsTooLargeWithNothingLostBeforeIt() {
        rig.script = BulkWriteTest::applied;

        Throwable failure = rig.failure(rig.collection().bulkWrite(withTooLargeOne()));

        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).hasSize(1);
            BulkWriteError error = e.writeErrors().get(0);
            assertThat(error.index()).isEqualTo(2);
            assertThat(error.message()).contains("Document 2", "16777216", "db1:27017", "bytes");
            assertThat(e.result().insertedCount()).isEqualTo(2);
            assertThat(e.result().insertedIds()).containsOnlyKeys(0, 1);
        });
        assertThat(statementCounts()).containsExactly(2);
        rig.assertBalanced();
        rig.done(rig.collection().insertOne(new Document("_id", 9)));
    }

    @Test
    void anUnorderedBulkWriteLeavesOutOnlyTheDocumentThatIsTooLarge() {
        rig.script = BulkWriteTest::applied;

        Throwable failure =
                rig.failure(rig.collection().bulkWrite(withTooLargeOne(), BulkWriteOptions.DEFAULT.ordered(false)));

        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).extracting(BulkWriteError::index).containsExactly(2);
            assertThat(e.result().insertedCount()).isEqualTo(4);
            assertThat(e.result().insertedIds()).containsOnlyKeys(0, 1, 3, 4);
        });
        assertThat(statementCounts()).containsExactly(2, 2);
        rig.assertBalanced();
    }

    @Test
    void insertOneOfADocumentThatIsTooLargeNamesTheSizesAndLeavesTheClientUsable() {
        rig.script = BulkWriteTest::applied;
        Throwable failure = rig.failure(
                rig.collection().insertOne(new Document("_id", 1).append("x", "y".repeat(16 * 1024 * 1024))));

        assertThat(failure).hasMessageContaining("16777216").hasMessageContaining("db1:27017");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
        rig.done(rig.collection().insertOne(new Document("_id", 1)));
        assertThat(rig.transport.attempts()).hasSize(1);
    }

    @Test
    void anUnorderedBulkWriteIsSortedByKindAndItsIndexesAreThoseOfTheCaller() {
        rig.answer(
                "{ok: 1, n: 1, writeErrors: [{index: 1, code: 11000, errmsg: 'duplicate'}]}",
                "{ok: 1, n: 2, nModified: 1, upserted: [{index: 1, _id: 77}]}",
                "{ok: 1, n: 3}");
        List<WriteModel<Document>> models = List.of(
                new DeleteOneModel<>(new Document("d", 0)),
                new InsertOneModel<>(new Document("_id", 10)),
                new UpdateOneModel<>(new Document("u", 0), new Document("$set", new Document("a", 1))),
                new InsertOneModel<>(new Document("_id", 10)),
                new UpdateOneModel<>(
                        new Document("u", 1),
                        new Document("$set", new Document("a", 1)),
                        UpdateOptions.DEFAULT.upsert(true)));

        Throwable failure = rig.failure(rig.collection().bulkWrite(models, BulkWriteOptions.DEFAULT.ordered(false)));

        assertThat(rig.sentNames()).containsExactly("insert", "update", "delete");
        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).extracting(BulkWriteError::index).containsExactly(3);
            BulkWriteResult result = e.result();
            assertThat(result.insertedCount()).isEqualTo(1);
            assertThat(result.insertedIds()).containsOnlyKeys(1);
            assertThat(result.matchedCount()).isEqualTo(1);
            assertThat(result.modifiedCount()).isEqualTo(1);
            assertThat(result.deletedCount()).isEqualTo(3);
            assertThat(result.upserts()).singleElement().satisfies(upsert -> assertThat(upsert.index())
                    .isEqualTo(4));
        });
    }

    @Test
    void anOrderedBulkWriteKeepsItsOrderAndStopsBehindTheFirstError() {
        rig.answer("{ok: 1, n: 1}", "{ok: 1, n: 0, writeErrors: [{index: 0, code: 2, errmsg: 'bad'}]}");
        List<WriteModel<Document>> models = List.of(
                new InsertOneModel<>(new Document("_id", 1)),
                new DeleteOneModel<>(new Document("d", 0)),
                new InsertOneModel<>(new Document("_id", 2)));

        Throwable failure = rig.failure(rig.collection().bulkWrite(models));

        assertThat(rig.sentNames()).containsExactly("insert", "delete");
        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).extracting(BulkWriteError::index).containsExactly(1);
            assertThat(e.result().insertedIds()).containsOnlyKeys(0);
        });
    }

    @Test
    void aWriteConcernErrorStopsNothingAndIsToldInTheEnd() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 2";
        rig.answer("{ok: 1, n: 2, writeConcernError: {code: 64, errmsg: 'waiting for replication timed out'}}");
        rig.script = BulkWriteTest::applied;

        Throwable failure = rig.failure(rig.collection().insertMany(documents(4, 1)));

        assertThat(rig.sent).hasSize(2);
        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).isEmpty();
            assertThat(e.writeConcernError()).isNotNull();
            assertThat(e.result().insertedCount()).isEqualTo(4);
        });
    }

    @Test
    void aCommandWithAStatementForSeveralDocumentsIsNotRetriedButTheOthersAre() {
        List<WriteModel<Document>> models = List.of(
                new InsertOneModel<>(new Document("_id", 1)),
                new UpdateManyModel<>(new Document(), new Document("$set", new Document("a", 1))));
        rig.answer(ClientRig.BREAK, "{ok: 1, n: 1}", ClientRig.BREAK);

        assertThat(rig.failure(rig.collection().bulkWrite(models))).isInstanceOf(MongoConnectionException.class);

        assertThat(rig.sentNames()).containsExactly("insert", "insert", "update");
        assertThat(rig.body(0).getInt64("txnNumber")).isEqualTo(rig.body(1).getInt64("txnNumber"));
        assertThat(rig.body(2).containsKey("txnNumber")).isFalse();
        rig.assertBalanced();
    }

    @Test
    void errorsOfEarlierCommandsAreNotLostWhenTheConnectionBreaks() {
        rig.answer("{ok: 1, n: 0, writeErrors: [{index: 0, code: 11000, errmsg: 'duplicate'}]}", ClientRig.BREAK);
        List<WriteModel<Document>> models =
                List.of(new InsertOneModel<>(new Document("_id", 1)), new DeleteManyModel<>(new Document()));

        Throwable failure = rig.failure(rig.collection().bulkWrite(models, BulkWriteOptions.DEFAULT.ordered(false)));

        assertThat(failure).isInstanceOf(MongoConnectionException.class);
        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> assertThat(e.writeErrors())
                        .hasSize(1));
    }

    @Test
    void whatWasDoneBeforeACommandThatFailedIsTold() {
        rig.retryWrites = false;
        rig.answer("{ok: 1, n: 1}", ClientRig.BREAK);
        List<WriteModel<Document>> models = List.of(
                new InsertOneModel<>(new Document("_id", 7)),
                new DeleteManyModel<>(new Document()),
                new InsertOneModel<>(new Document("_id", 8)));

        Throwable failure = rig.failure(rig.collection().bulkWrite(models));

        assertThat(failure).isInstanceOf(MongoConnectionException.class);
        assertThat(failure.getSuppressed()).singleElement().isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.result().insertedCount()).isEqualTo(1);
            assertThat(e.result().insertedIds()).containsOnlyKeys(0);
            assertThat(e.writeErrors()).isEmpty();
            assertThat(e).hasMessageContaining("interrupted");
        });
    }

    @Test
    void theTimeoutIsThatOfTheWholeBulkWrite() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 1";
        rig.timeout = Duration.ofSeconds(1);
        rig.script = message -> {
            rig.transport.clock().advance(Duration.ofMillis(400));
            return rig.sent.size() < 4 ? applied(message) : null;
        };
        var inserted = rig.collection().insertMany(documents(20, 1), InsertManyOptions.DEFAULT);
        rig.run();
        rig.transport.loop().advance(Duration.ofSeconds(2));

        assertThat(rig.failure(inserted))
                .isInstanceOfSatisfying(MongoTimeoutException.class, e -> assertThat(e.waiting())
                        .isEqualTo(MongoTimeoutException.Waiting.OPERATION));
        assertThat(rig.sent.size()).isLessThanOrEqualTo(4);
        rig.assertBalanced();
    }

    @Test
    void commentsAndOrderAreThoseOfTheOptions() {
        rig.script = BulkWriteTest::applied;
        rig.done(rig.collection()
                .insertMany(
                        documents(1, 1),
                        InsertManyOptions.DEFAULT.ordered(false).comment("why")));

        assertThat(rig.body(0)).isInstanceOf(BsonDocument.class);
        assertThat(rig.body(0).getBoolean("ordered").getValue()).isFalse();
        assertThat(rig.body(0).getString("comment").getValue()).isEqualTo("why");
    }

    private MongoBulkWriteException oldServerDoesNotMeetTheConcern(WriteModel<Document> model) {
        rig.wireVersion = 8;
        rig.script = message -> "{ok: 1, n: 1, nModified: 1, writeConcernError: {code: 91, errmsg: 'going down'}}";
        return (MongoBulkWriteException) rig.failure(rig.collection().bulkWrite(List.of(model)));
    }

    @Test
    void whatAServerBefore44SaysOfItsConcernIsLabelledAsItIsForSingleWrites() {
        MongoBulkWriteException failure = oldServerDoesNotMeetTheConcern(new InsertOneModel<>(new Document("_id", 1)));

        assertThat(rig.sent).hasSize(2);
        assertThat(failure.labels()).containsExactly(MongoException.RETRYABLE_WRITE_ERROR);
        assertThat(failure.writeConcernError()).isNotNull();
    }

    @Test
    void writesThatCannotBeRetriedAreNotLabelled() {
        MongoBulkWriteException failure = oldServerDoesNotMeetTheConcern(
                new UpdateManyModel<>(new Document(), new Document("$set", new Document("a", 1))));

        assertThat(rig.sent).hasSize(1);
        assertThat(failure.labels()).isEmpty();
    }

    @Test
    void aMongosBefore44HasRetriedByItselfAndItsConcernErrorsAreNotLabelled() {
        rig.kind = ClientRig.MONGOS;

        assertThat(oldServerDoesNotMeetTheConcern(new InsertOneModel<>(new Document("_id", 1)))
                        .labels())
                .isEmpty();
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void anUnacknowledgedBulkWriteWithADocumentThatIsTooLargeClaimsNothing() {
        Throwable failure = rig.failure(rig.collection()
                .withWriteConcern(WriteConcern.UNACKNOWLEDGED)
                .bulkWrite(withTooLargeOne(), BulkWriteOptions.DEFAULT.ordered(false)));

        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).extracting(BulkWriteError::index).containsExactly(2);
            assertThat(e.result().isAcknowledged()).isFalse();
        });
        assertThat(statementCounts()).containsExactly(2, 2);
        rig.assertBalanced();
    }

    @Test
    void inASessionWritesAreAcknowledgedWhateverTheConcernSays() {
        rig.answer("{ok: 1, n: 1}", ClientRig.BREAK);
        ClientSession session = rig.session();
        session.startTransaction();

        Throwable failure = rig.failure(rig.collection(session)
                .withWriteConcern(WriteConcern.UNACKNOWLEDGED)
                .bulkWrite(
                        List.of(new InsertOneModel<>(new Document("_id", 1)), new DeleteManyModel<>(new Document()))));

        assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        MongoBulkWriteException.class,
                        e -> assertThat(e.result().insertedCount()).isEqualTo(1));
    }
}
