package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.ClientBulkWriteException;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.core.fake.FakeMessage;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientBulkWriteResult;
import dev.rotor.driver.model.bulk.ClientDeleteResult;
import dev.rotor.driver.model.bulk.ClientInsertOneResult;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import dev.rotor.driver.model.bulk.ClientUpdateResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonNull;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk writes of a client: how they are cut, what is read of their replies, and what is told after a failure. */
class ClientBulkWriteTest {

    private static final MongoNamespace NAMESPACE = new MongoNamespace("db", "coll");
    private static final ClientBulkWriteOptions VERBOSE = ClientBulkWriteOptions.DEFAULT.verboseResults(true);
    private static final ClientBulkWriteOptions UNORDERED = ClientBulkWriteOptions.DEFAULT.ordered(false);

    private final ClientRig rig = new ClientRig();

    @BeforeEach
    void aServerThatHasTheCommand() {
        rig.wireVersion = 25;
    }

    private static List<BsonDocument> ops(FakeMessage message) {
        return Objects.requireNonNull(message.sequences().get("ops"));
    }

    private static List<BsonDocument> nsInfo(FakeMessage message) {
        return Objects.requireNonNull(message.sequences().get("nsInfo"));
    }

    private static String reply(String counts, long cursor, String results) {
        return "{ok: 1, " + counts + ", cursor: {id: {$numberLong: '" + cursor
                + "'}, ns: 'admin.$cmd.bulkWrite', firstBatch: [" + results + "]}}";
    }

    private static String inserted(FakeMessage message) {
        return reply("nErrors: 0, nInserted: " + ops(message).size(), 0, "");
    }

    private static List<ClientNamespacedWriteModel> inserts(int count, int padding) {
        return IntStream.range(0, count)
                .mapToObj(i -> ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("a", "b".repeat(padding))))
                .toList();
    }

    private void limit(int document, int message, int count) {
        rig.limits = "maxBsonObjectSize: " + document + ", maxMessageSizeBytes: " + message + ", maxWriteBatchSize: "
                + count;
    }

    @Test
    void writesAndNamespacesAreDocumentSequencesAndOptionsStandInTheCommand() {
        rig.answer(reply("nErrors: 0", 0, ""));
        MongoNamespace other = new MongoNamespace("db", "other");

        rig.done(rig.cluster()
                .bulkWrite(
                        List.of(
                                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 1)),
                                ClientNamespacedWriteModel.updateOne(
                                        other,
                                        new Document("x", 1),
                                        new Document("$set", new Document("x", 2)),
                                        UpdateOptions.DEFAULT
                                                .upsert(true)
                                                .arrayFilters(List.of(new Document("i", 1)))
                                                .sort(new Document("x", 1))),
                                ClientNamespacedWriteModel.updateMany(
                                        NAMESPACE,
                                        new Document(),
                                        List.of(new Document("$set", new Document("y", 1))),
                                        UpdateOptions.DEFAULT),
                                ClientNamespacedWriteModel.replaceOne(
                                        NAMESPACE, new Document("_id", 1), new Document("z", 1)),
                                ClientNamespacedWriteModel.deleteOne(
                                        other, new Document("_id", 2), DeleteOptions.DEFAULT.hintString("_id_")),
                                ClientNamespacedWriteModel.deleteMany(other, new Document())),
                        ClientBulkWriteOptions.DEFAULT
                                .bypassDocumentValidation(true)
                                .let(new Document("v", 1))
                                .comment("who")));

        BsonDocument command = rig.body(0);
        assertThat(command.getFirstKey()).isEqualTo("bulkWrite");
        assertThat(command.getString("$db").getValue()).isEqualTo("admin");
        assertThat(command.getBoolean("errorsOnly").getValue()).isTrue();
        assertThat(command.getBoolean("ordered").getValue()).isTrue();
        assertThat(command.getBoolean("bypassDocumentValidation").getValue()).isTrue();
        assertThat(command.getDocument("let")).isEqualTo(BsonDocument.parse("{v: 1}"));
        assertThat(command.getString("comment").getValue()).isEqualTo("who");
        assertThat(nsInfo(rig.sent.get(0)))
                .containsExactly(BsonDocument.parse("{ns: 'db.coll'}"), BsonDocument.parse("{ns: 'db.other'}"));
        assertThat(ops(rig.sent.get(0)))
                .containsExactly(
                        BsonDocument.parse("{insert: 0, document: {_id: 1}}"),
                        BsonDocument.parse("{update: 1, filter: {x: 1}, updateMods: {$set: {x: 2}}, multi: false,"
                                + " upsert: true, arrayFilters: [{i: 1}], sort: {x: 1}}"),
                        BsonDocument.parse("{update: 0, filter: {}, updateMods: [{$set: {y: 1}}], multi: true}"),
                        BsonDocument.parse("{update: 0, filter: {_id: 1}, updateMods: {z: 1}, multi: false}"),
                        BsonDocument.parse("{delete: 1, filter: {_id: 2}, multi: false, hint: '_id_'}"),
                        BsonDocument.parse("{delete: 1, filter: {}, multi: true}"));
        assertThat(command).doesNotContainKey("txnNumber");
    }

    @Test
    void withoutWritesThatTouchManyItCanBeRetried() {
        rig.answer("{ok: 0, code: 91, errmsg: 'shutdown', errorLabels: ['RetryableWriteError']}");
        rig.answer(reply("nErrors: 0, nInserted: 1", 0, ""));

        ClientBulkWriteResult result = rig.done(rig.cluster().bulkWrite(inserts(1, 1)));

        assertThat(result.insertedCount()).isEqualTo(1);
        assertThat(rig.body(1).getInt64("txnNumber")).isEqualTo(rig.body(0).getInt64("txnNumber"));
    }

    @Test
    void prose3ItIsCutAtTheGreatestNumberOfWrites() {
        limit(16_777_216, 48_000_000, 100);
        rig.script = ClientBulkWriteTest::inserted;

        ClientBulkWriteResult result = rig.done(rig.cluster().bulkWrite(inserts(101, 1)));

        assertThat(result.insertedCount()).isEqualTo(101);
        assertThat(rig.sent.stream().map(message -> ops(message).size())).containsExactly(100, 1);
        rig.assertBalanced();
    }

    @Test
    void prose4ItIsCutAtTheGreatestSizeOfAMessage() {
        limit(16_384, 48_000, 100_000);
        rig.script = ClientBulkWriteTest::inserted;
        int count = 48_000 / 16_384 + 1;

        ClientBulkWriteResult result = rig.done(rig.cluster().bulkWrite(inserts(count, 16_384 - 500)));

        assertThat(result.insertedCount()).isEqualTo(count);
        assertThat(rig.sent.stream().map(message -> ops(message).size())).containsExactly(count - 1, 1);
        assertThat(rig.transport.lastAttempt().wire().sent())
                .allSatisfy(message -> assertThat(message.length).isLessThanOrEqualTo(48_000));
    }

    @Test
    void prose5WriteConcernErrorsOfAllCommandsAreCollected() {
        rig.retryWrites = false;
        limit(16_777_216, 48_000_000, 100);
        rig.script = message -> reply(
                "writeConcernError: {code: 91, errmsg: 'Replication is being shut down'}, nErrors: 0, nInserted: "
                        + ops(message).size(),
                0,
                "");

        Throwable failure = rig.failure(rig.cluster().bulkWrite(inserts(101, 1)));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
            assertThat(e.writeConcernErrors()).hasSize(2);
            assertThat(e.error()).isNull();
            assertThat(Objects.requireNonNull(e.partialResult()).insertedCount())
                    .isEqualTo(101);
        });
        assertThat(rig.sent).hasSize(2);
    }

    private static String refused(FakeMessage message, boolean ordered) {
        int errors = ordered ? 1 : ops(message).size();
        String results = String.join(
                ", ",
                IntStream.range(0, errors)
                        .mapToObj(i -> "{ok: 0, idx: " + i + ", code: 11000, errmsg: 'E11000', n: 0}")
                        .toList());
        return reply("nErrors: " + errors + ", nInserted: 0", 0, results);
    }

    @Test
    void prose6UnorderedWriteErrorsOfAllCommandsAreCollected() {
        limit(16_777_216, 48_000_000, 10);
        rig.script = message -> refused(message, false);

        Throwable failure = rig.failure(rig.cluster().bulkWrite(inserts(11, 1), UNORDERED));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
            assertThat(e.writeErrors().keySet())
                    .containsExactlyElementsOf(IntStream.range(0, 11).boxed().toList());
            assertThat(e.partialResult()).isNull();
            assertThat(e.code()).isEqualTo(11000);
        });
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void prose6AnOrderedWriteErrorEndsIt() {
        limit(16_777_216, 48_000_000, 10);
        rig.script = message -> refused(message, true);

        Throwable failure = rig.failure(rig.cluster().bulkWrite(inserts(11, 1)));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> assertThat(e.writeErrors())
                .hasSize(1));
        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }

    private static List<ClientNamespacedWriteModel> upserts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ClientNamespacedWriteModel.updateOne(
                        NAMESPACE,
                        new Document("_id", i),
                        new Document("$set", new Document("x", 1)),
                        UpdateOptions.DEFAULT.upsert(true)))
                .toList();
    }

    private static String upserted(int index) {
        return "{ok: 1, idx: " + index + ", n: 1, nModified: 0, upserted: {_id: " + index + "}}";
    }

    @Test
    void prose7ResultsThatComeInSeveralBatchesAreAllRead() {
        rig.answer(
                reply("nErrors: 0, nUpserted: 2", 7, upserted(0)),
                "{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'admin.$cmd.bulkWrite', nextBatch: [" + upserted(1)
                        + "]}}");

        ClientBulkWriteResult result = rig.done(rig.cluster().bulkWrite(upserts(2), VERBOSE));

        assertThat(result.upsertedCount()).isEqualTo(2);
        assertThat(Objects.requireNonNull(result.verboseResults()).updateResults())
                .isEqualTo(Map.of(
                        0,
                        new ClientUpdateResult(1, 0, new BsonInt32(0)),
                        1,
                        new ClientUpdateResult(1, 0, new BsonInt32(1))));
        assertThat(rig.sentNames()).containsExactly("bulkWrite", "getMore");
        assertThat(rig.body(1).getString("collection").getValue()).isEqualTo("$cmd.bulkWrite");
        assertThat(rig.body(1).getDocument("lsid")).isEqualTo(rig.body(0).getDocument("lsid"));
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void prose9AFailedGetMoreIsToldWithWhatWasKnownAndTheCursorIsKilledFirst() {
        rig.answer(reply("nErrors: 0, nUpserted: 2", 7, upserted(0)), "{ok: 0, code: 8, errmsg: 'UnknownError'}");

        CompletableFuture<ClientBulkWriteResult> pending =
                rig.cluster().bulkWrite(upserts(2), VERBOSE).toCompletableFuture();
        rig.run();
        assertThat(pending).as("the server has not been told yet").isNotDone();
        rig.reply("{ok: 1}");

        assertThat(rig.failure(pending)).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
            assertThat(e.error()).isInstanceOfSatisfying(MongoCommandException.class, cause -> assertThat(cause.code())
                    .isEqualTo(8));
            ClientBulkWriteResult partial = Objects.requireNonNull(e.partialResult());
            assertThat(partial.upsertedCount()).isEqualTo(2);
            assertThat(Objects.requireNonNull(partial.verboseResults()).updateResults())
                    .hasSize(1);
        });
        assertThat(rig.sentNames()).containsExactly("bulkWrite", "getMore", "killCursors");
        rig.assertBalanced();
    }

    private static List<ClientNamespacedWriteModel> filled(int document, int message) {
        int bytes = message - 1122;
        List<ClientNamespacedWriteModel> models = new ArrayList<>(inserts(bytes / document, document - 57));
        int rest = bytes % document;
        if (rest >= 217) {
            models.addAll(inserts(1, rest - 57));
        }
        return models;
    }

    @Test
    void prose11AWriteToAKnownNamespaceJustFits() {
        limit(16_384, 48_000, 100_000);
        rig.script = ClientBulkWriteTest::inserted;
        List<ClientNamespacedWriteModel> models = filled(16_384, 48_000);
        models.addAll(inserts(1, 1));

        rig.done(rig.cluster().bulkWrite(models));

        assertThat(rig.sent.stream().map(message -> ops(message).size())).containsExactly(models.size());
        assertThat(nsInfo(rig.sent.get(0))).containsExactly(BsonDocument.parse("{ns: 'db.coll'}"));
    }

    @Test
    void prose11AWriteToANewNamespaceIsCutOff() {
        limit(16_384, 48_000, 100_000);
        rig.script = ClientBulkWriteTest::inserted;
        List<ClientNamespacedWriteModel> models = filled(16_384, 48_000);
        String longName = "c".repeat(200);
        models.add(ClientNamespacedWriteModel.insertOne(new MongoNamespace("db", longName), new Document("a", "b")));

        rig.done(rig.cluster().bulkWrite(models));

        assertThat(rig.sent.stream().map(message -> ops(message).size())).containsExactly(models.size() - 1, 1);
        assertThat(nsInfo(rig.sent.get(0))).containsExactly(BsonDocument.parse("{ns: 'db.coll'}"));
        assertThat(nsInfo(rig.sent.get(1))).containsExactly(BsonDocument.parse("{ns: 'db." + longName + "'}"));
        assertThat(ops(rig.sent.get(1)).get(0).getInt32("insert").getValue()).isZero();
    }

    @Test
    void prose12AWriteThatFitsIntoNoMessageFailsAndNothingIsSent() {
        limit(16_384, 48_000, 100_000);

        Throwable document = rig.failure(rig.cluster().bulkWrite(inserts(1, 48_000)));
        Throwable namespace = rig.failure(rig.cluster()
                .bulkWrite(List.of(ClientNamespacedWriteModel.insertOne(
                        new MongoNamespace("db", "c".repeat(48_000)), new Document("a", "b")))));

        assertThat(document).isInstanceOf(BsonMaximumSizeExceededException.class);
        assertThat(namespace).isInstanceOf(BsonMaximumSizeExceededException.class);
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void whatWasDoneBeforeAWriteThatFitsIntoNoMessageIsTold() {
        limit(16_384, 48_000, 100_000);
        rig.script = ClientBulkWriteTest::inserted;
        List<ClientNamespacedWriteModel> models = new ArrayList<>(inserts(2, 1));
        models.addAll(inserts(1, 48_000));

        Throwable failure = rig.failure(rig.cluster().bulkWrite(models));

        assertThat(failure).isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
            assertThat(e.error()).isInstanceOf(BsonMaximumSizeExceededException.class);
            assertThat(Objects.requireNonNull(e.partialResult()).insertedCount())
                    .isEqualTo(2);
        });
    }

    @Test
    void prose15AnUnacknowledgedOneSendsItsWriteConcernWithEveryCommand() {
        limit(16_384, 48_000, 100_000);
        int count = 48_000 / 16_384 + 1;

        ClientBulkWriteResult result = rig.done(rig.cluster()
                .bulkWrite(inserts(count, 16_384 - 500), UNORDERED.writeConcern(WriteConcern.UNACKNOWLEDGED)));

        assertThat(result.isAcknowledged()).isFalse();
        assertThat(rig.sent.stream().map(message -> ops(message).size())).containsExactlyInAnyOrder(count - 1, 1);
        assertThat(rig.sent).allSatisfy(message -> assertThat(message.body().getDocument("writeConcern"))
                .isEqualTo(BsonDocument.parse("{w: 0}")));
        rig.assertBalanced();
    }

    @Test
    void prose16AGeneratedIdIsTheFirstFieldOfItsDocument() {
        rig.script = message -> message.commandName().equals("bulkWrite") ? inserted(message) : "{ok: 1, n: 1}";

        rig.done(rig.collection().insertOne(new Document("a", 1)));
        rig.done(rig.collection().bulkWrite(List.of(new InsertOneModel<>(new Document("a", 1)))));
        rig.done(rig.cluster().bulkWrite(inserts(1, 1)));

        assertThat(Objects.requireNonNull(rig.sent.get(0).sequences().get("documents"))
                        .get(0)
                        .getFirstKey())
                .isEqualTo("_id");
        assertThat(Objects.requireNonNull(rig.sent.get(1).sequences().get("documents"))
                        .get(0)
                        .getFirstKey())
                .isEqualTo("_id");
        assertThat(ops(rig.sent.get(2)).get(0).getDocument("document").getFirstKey())
                .isEqualTo("_id");
    }

    @Test
    void verboseResultsTellOfEveryWriteByItsPlaceInTheCall() {
        rig.answer(reply(
                "nErrors: 0, nInserted: 1, nMatched: 2, nModified: 1, nUpserted: 1, nDeleted: 3",
                0,
                "{ok: 1, idx: 0, n: 1}, {ok: 1, idx: 1, n: 2, nModified: 1},"
                        + " {ok: 1, idx: 2, n: 1, nModified: 0, upserted: {_id: null}}, {ok: 1, idx: 3, n: 3}"));

        ClientBulkWriteResult result = rig.done(rig.cluster()
                .bulkWrite(
                        List.of(
                                ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 5)),
                                ClientNamespacedWriteModel.updateMany(
                                        NAMESPACE, new Document(), new Document("$set", new Document("x", 1))),
                                ClientNamespacedWriteModel.replaceOne(
                                        NAMESPACE, new Document("_id", null), new Document("x", 1)),
                                ClientNamespacedWriteModel.deleteMany(NAMESPACE, new Document())),
                        VERBOSE));

        assertThat(result)
                .isEqualTo(new ClientBulkWriteResult(
                        true,
                        1,
                        1,
                        2,
                        1,
                        3,
                        new ClientBulkWriteResult.Verbose(
                                Map.of(0, new ClientInsertOneResult(new BsonInt32(5))),
                                Map.of(
                                        1,
                                        new ClientUpdateResult(2, 1, null),
                                        2,
                                        new ClientUpdateResult(1, 0, BsonNull.VALUE)),
                                Map.of(3, new ClientDeleteResult(3)))));
        assertThat(rig.body(0).getBoolean("errorsOnly").getValue()).isFalse();
    }

    @Test
    void aRefusedCommandIsToldAsItIsWhileNothingIsKnown() {
        rig.answer("{ok: 0, code: 59, errmsg: 'no such command', errorLabels: ['L']}");

        assertThat(rig.failure(rig.cluster().bulkWrite(inserts(1, 1))))
                .isInstanceOfSatisfying(MongoCommandException.class, e -> {
                    assertThat(e.code()).isEqualTo(59);
                    assertThat(e.response().getString("errmsg").getValue()).isEqualTo("no such command");
                });
    }

    @Test
    void aRefusedCommandEndsAnUnorderedOneTooAndItsLabelsAreThoseOfTheWhole() {
        limit(16_777_216, 48_000_000, 1);
        rig.answer(
                reply("nErrors: 0, nInserted: 1", 0, ""),
                "{ok: 0, code: 13, errmsg: 'not allowed', errorLabels: ['L']}");

        assertThat(rig.failure(rig.cluster().bulkWrite(inserts(3, 1), UNORDERED)))
                .isInstanceOfSatisfying(ClientBulkWriteException.class, e -> {
                    assertThat(e.error()).isInstanceOf(MongoCommandException.class);
                    assertThat(e.hasErrorLabel("L")).isTrue();
                    assertThat(e.code()).isEqualTo(13);
                    assertThat(Objects.requireNonNull(e.partialResult()).insertedCount())
                            .isEqualTo(1);
                });
        assertThat(rig.sent).hasSize(2);
    }

    @Test
    void whatCannotBeAskedForIsRefusedAtOnce() {
        ClientBulkWriteOptions unacknowledged = UNORDERED.writeConcern(WriteConcern.UNACKNOWLEDGED);

        assertThatThrownBy(() -> rig.cluster().bulkWrite(Collections.emptyList()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.cluster().bulkWrite(inserts(1, 1), unacknowledged.ordered(true)))
                .hasMessage("Cannot request unacknowledged write concern and ordered writes");
        assertThatThrownBy(() -> rig.cluster().bulkWrite(inserts(1, 1), unacknowledged.verboseResults(true)))
                .hasMessage("Cannot request unacknowledged write concern and verbose results");
        assertThatThrownBy(() -> rig.cluster()
                        .bulkWrite(List.of(
                                ClientNamespacedWriteModel.updateOne(NAMESPACE, new Document(), new Document("x", 1)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rig.cluster()
                        .bulkWrite(List.of(ClientNamespacedWriteModel.replaceOne(
                                NAMESPACE, new Document(), new Document("$set", 1)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void aThousandCommandsDoNotFillTheStackWhenAnswersComeInsideSend() {
        rig.insideSend = true;
        limit(16_777_216, 48_000_000, 1);
        rig.script = ClientBulkWriteTest::inserted;

        assertThat(rig.done(rig.cluster().bulkWrite(inserts(5_000, 1))).insertedCount())
                .isEqualTo(5_000);
    }

    @Test
    void givingItUpSendsNoMoreCommands() {
        limit(16_777_216, 48_000_000, 1);
        CompletableFuture<ClientBulkWriteResult> bulk =
                rig.cluster().bulkWrite(inserts(3, 1)).toCompletableFuture();
        rig.run();

        bulk.cancel(false);
        rig.reply(reply("nErrors: 0, nInserted: 1", 0, ""));

        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }
}
