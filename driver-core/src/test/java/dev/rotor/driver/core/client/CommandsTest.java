package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.MongoWriteConcernException;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.ChangeStreamPreAndPostImagesOptions;
import dev.rotor.driver.model.CommitQuorum;
import dev.rotor.driver.model.CountOptions;
import dev.rotor.driver.model.CreateIndexOptions;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.DeleteOptions;
import dev.rotor.driver.model.ExplainOptions;
import dev.rotor.driver.model.ExplainVerbosity;
import dev.rotor.driver.model.FindOneAndDeleteOptions;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.ModifyCollectionOptions;
import dev.rotor.driver.model.SearchIndexModel;
import dev.rotor.driver.model.SearchIndexType;
import dev.rotor.driver.model.ValidationOptions;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands beside the everyday ones send, and what is made of their replies. */
class CommandsTest {

    private final ClientRig rig = new ClientRig();

    private static BsonDocument json(String json) {
        return BsonDocument.parse(json);
    }

    @Test
    void aCommandIsSentAsItWasGivenWithWhatEveryCommandHas() {
        rig.readConcern = ReadConcern.MAJORITY;
        rig.writeConcern = WriteConcern.MAJORITY;
        rig.readPreference = ReadPreference.SECONDARY;
        Document command = new Document("ping", 1).append("extra", "e");
        rig.answer("{ok: 1, n: 3}");

        Document reply = rig.done(rig.database().runCommand(command));

        assertThat(reply.getInteger("n")).isEqualTo(3);
        assertThat(rig.body(0).getString("extra").getValue()).isEqualTo("e");
        assertThat(rig.body(0))
                .containsKeys("lsid", "$db")
                .doesNotContainKeys("readConcern", "writeConcern", "$readPreference", "txnNumber");
        assertThat(command.keySet()).containsExactly("ping", "extra");
    }

    @Test
    void theReadPreferenceOfACommandIsSentWhereItIsNotPrimary() {
        rig.answer("{ok: 1}");

        rig.done(rig.database().runCommand(new Document("ping", 1), ReadPreference.NEAREST, Document.class));

        assertThat(rig.body(0).getDocument("$readPreference")).isEqualTo(json("{mode: 'nearest'}"));
    }

    @Test
    void aCommandIsNeverSentTwice() {
        rig.answer("{ok: 0, code: 91, errmsg: 'shutdown', errorLabels: ['RetryableWriteError']}");

        assertThat(rig.failure(rig.database().runCommand(new Document("ping", 1))))
                .isInstanceOf(MongoCommandException.class);
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void theCursorOfACommandIsReadToItsEndWithTheOptionsOfItsGetMores() {
        rig.answer(ClientRig.batch("firstBatch", 9, 0, 2), ClientRig.batch("nextBatch", 0, 2, 1));

        List<Document> found = rig.done(rig.database()
                .runCursorCommand(new Document("checkMetadataConsistency", 1).append("cursor", new Document()))
                .readPreference(ReadPreference.SECONDARY_PREFERRED)
                .batchSize(7)
                .maxTime(Duration.ofMillis(300))
                .comment("who")
                .toList());

        assertThat(found).hasSize(3);
        assertThat(rig.body(0).getFirstKey()).isEqualTo("checkMetadataConsistency");
        assertThat(rig.body(0)).doesNotContainKeys("batchSize", "maxTimeMS", "comment");
        assertThat(rig.body(0).getDocument("$readPreference")).isEqualTo(json("{mode: 'secondaryPreferred'}"));
        BsonDocument getMore = rig.body(1);
        assertThat(getMore.getInt32("batchSize").getValue()).isEqualTo(7);
        assertThat(getMore.getInt64("maxTimeMS").getValue()).isEqualTo(300);
        assertThat(getMore.getString("comment").getValue()).isEqualTo("who");
        assertThat(getMore.getDocument("lsid")).isEqualTo(rig.body(0).getDocument("lsid"));
        rig.assertBalanced();
        assertThat(rig.idleSessions()).isEqualTo(1);
    }

    @Test
    void aReplyWithoutACursorIsRefused() {
        rig.answer("{ok: 1}");

        assertThat(rig.failure(
                        rig.database().runCursorCommand(new Document("ping", 1)).open()))
                .isInstanceOf(MongoProtocolException.class)
                .hasMessageContaining("without a cursor");
        rig.assertBalanced();
    }

    @Test
    void crudProse14AnExplainHasATimeLimitOfItsOwn() {
        rig.readConcern = ReadConcern.LOCAL;
        rig.answer("{ok: 1, queryPlanner: {}}", "{ok: 1}", "{ok: 1}");

        Document plan = rig.done(rig.collection()
                .find(new Document("name", "john doe"))
                .explain(ExplainOptions.DEFAULT
                        .verbosity(ExplainVerbosity.QUERY_PLANNER)
                        .maxTime(Duration.ofSeconds(2))));
        rig.done(rig.collection()
                .aggregate(List.of(new Document("$match", new Document("a", 1))))
                .explain());
        rig.done(rig.collection().distinct("a", String.class).explain(ExplainVerbosity.EXECUTION_STATS));

        assertThat(plan).containsKey("queryPlanner");
        BsonDocument command = rig.body(0);
        assertThat(command.getDocument("explain")).isEqualTo(json("{find: 'things', filter: {name: 'john doe'}}"));
        assertThat(command.getInt64("maxTimeMS").getValue()).isEqualTo(2000);
        assertThat(command.getString("verbosity").getValue()).isEqualTo("queryPlanner");
        assertThat(command).doesNotContainKey("readConcern");
        assertThat(rig.body(1).getDocument("explain"))
                .isEqualTo(json("{aggregate: 'things', pipeline: [{$match: {a: 1}}], cursor: {}}"));
        assertThat(rig.body(2).getDocument("explain")).isEqualTo(json("{distinct: 'things', key: 'a', query: {}}"));
    }

    @Test
    void searchIndexesAreManagedWithoutConcernsAndWithoutRetries() {
        rig.readConcern = ReadConcern.MAJORITY;
        rig.writeConcern = WriteConcern.MAJORITY;
        Document definition = new Document("mappings", new Document("dynamic", true));
        rig.answer(
                "{ok: 1, indexesCreated: [{id: 'i', name: 'first'}, {id: 'j', name: 'default'}]}",
                "{ok: 1}",
                "{ok: 0, code: 26, errmsg: 'no such collection'}",
                "{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: [{name: 'first'}]}}");

        List<String> names = rig.done(rig.collection()
                .createSearchIndexes(List.of(
                        new SearchIndexModel("first", definition),
                        new SearchIndexModel(null, definition, SearchIndexType.VECTOR_SEARCH))));
        rig.done(rig.collection().updateSearchIndex("first", definition));
        rig.done(rig.collection().dropSearchIndex("first"));
        List<Document> listed = rig.done(
                rig.collection().listSearchIndexes().name("first").batchSize(5).toList());

        assertThat(names).containsExactly("first", "default");
        assertThat(rig.body(0).getArray("indexes"))
                .containsExactly(
                        json("{name: 'first', definition: {mappings: {dynamic: true}}}"),
                        json("{definition: {mappings: {dynamic: true}}, type: 'vectorSearch'}"));
        assertThat(rig.body(1).getFirstKey()).isEqualTo("updateSearchIndex");
        assertThat(rig.body(1).getDocument("definition")).isEqualTo(json("{mappings: {dynamic: true}}"));
        assertThat(rig.body(2).getString("name").getValue()).isEqualTo("first");
        assertThat(rig.body(3).getArray("pipeline")).containsExactly(json("{$listSearchIndexes: {name: 'first'}}"));
        assertThat(rig.body(3).getDocument("cursor")).isEqualTo(json("{batchSize: 5}"));
        assertThat(listed).containsExactly(new Document("name", "first"));
        assertThat(rig.sent).allSatisfy(message -> assertThat(message.body())
                .doesNotContainKeys("readConcern", "writeConcern", "txnNumber"));
    }

    @Test
    void theNamesOfIndexesAreThoseOfTheListAndNoneWithoutACollection() {
        rig.answer(
                "{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: [{name: '_id_'}, {name: 'x_1'}]}}",
                "{ok: 0, code: 26, errmsg: 'ns does not exist'}");

        assertThat(rig.done(rig.collection().listIndexNames())).containsExactly("_id_", "x_1");
        assertThat(rig.done(rig.collection().listIndexNames())).isEmpty();
    }

    @Test
    void aCommitQuorumIsNotSentToServersThatMisunderstandIt() {
        CreateIndexOptions options = CreateIndexOptions.DEFAULT.commitQuorum(CommitQuorum.MAJORITY);
        rig.wireVersion = 8;

        assertThat(rig.failure(rig.collection().createIndex(new Document("x", 1), IndexOptions.DEFAULT, options)))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("4.4");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void collectionsAreChangedWithTheWriteConcern() {
        rig.writeConcern = WriteConcern.MAJORITY;
        rig.answer("{ok: 1}");

        rig.done(rig.database()
                .modifyCollection(
                        "things",
                        ModifyCollectionOptions.DEFAULT
                                .validationOptions(ValidationOptions.DEFAULT.validator(new Document("x", 1)))
                                .index(new Document("name", "x_1").append("hidden", true))
                                .changeStreamPreAndPostImages(ChangeStreamPreAndPostImagesOptions.create(true))
                                .expireAfter(Duration.ofMinutes(1))));

        BsonDocument command = rig.body(0);
        assertThat(command.getString("collMod").getValue()).isEqualTo("things");
        assertThat(command.getDocument("validator")).isEqualTo(json("{x: 1}"));
        assertThat(command.getDocument("index")).isEqualTo(json("{name: 'x_1', hidden: true}"));
        assertThat(command.getDocument("changeStreamPreAndPostImages")).isEqualTo(json("{enabled: true}"));
        assertThat(command.getInt64("expireAfterSeconds").getValue()).isEqualTo(60);
        assertThat(command.getDocument("writeConcern")).isEqualTo(json("{w: 'majority'}"));
    }

    @SuppressWarnings("deprecation") // Old, but there.
    @Test
    void theOldCommandsStillCountAndReduce() {
        rig.answer("{ok: 1, n: 4}", "{ok: 1, results: [{_id: 'a', value: 2}]}");

        long count = rig.done(rig.collection()
                .count(new Document("x", 1), CountOptions.DEFAULT.limit(5L).skip(1L)));
        List<Document> reduced = rig.done(rig.collection().mapReduce("map()", "reduce()", Document.class));

        assertThat(count).isEqualTo(4);
        assertThat(rig.body(0).getDocument("query")).isEqualTo(json("{x: 1}"));
        assertThat(rig.body(0).getInt64("limit").getValue()).isEqualTo(5);
        assertThat(reduced).containsExactly(new Document("_id", "a").append("value", 2));
        assertThat(rig.body(1).getDocument("out")).isEqualTo(json("{inline: 1}"));
    }

    @Test
    void rawDataGoesWithDataCommandsToServersThatKnowIt() {
        rig.wireVersion = 27;
        rig.script = message -> "{ok: 1, n: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: []}}";

        rig.done(rig.collection().withRawData(true).find().toList());
        rig.done(rig.collection().withRawData(true).insertOne(new Document()));
        rig.done(rig.database().withRawData(true).runCommand(new Document("ping", 1)));
        rig.done(rig.collection().find().toList());

        assertThat(rig.body(0).getBoolean("rawData").getValue()).isTrue();
        assertThat(rig.body(1).getBoolean("rawData").getValue()).isTrue();
        assertThat(rig.body(2)).doesNotContainKey("rawData");
        assertThat(rig.body(3)).doesNotContainKey("rawData");
    }

    @Test
    void rawDataIsNotSentToOlderServers() {
        rig.wireVersion = 26;
        rig.answer("{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: []}}");

        rig.done(rig.collection().withRawData(true).find().toList());

        assertThat(rig.body(0)).doesNotContainKey("rawData");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13})
    void aPipelineThatWritesHasAReadPreferenceSinceServer5(int wireVersion) {
        rig.wireVersion = wireVersion;
        rig.readPreference = ReadPreference.SECONDARY_PREFERRED;
        rig.writeConcern = WriteConcern.MAJORITY;
        rig.answer("{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: []}}");

        rig.done(rig.collection()
                .aggregate(List.of(new Document("$out", "others")))
                .toCollection());

        assertThat(rig.body(0).containsKey("$readPreference")).isEqualTo(wireVersion >= 13);
        assertThat(rig.body(0)).containsKey("writeConcern");
        assertThat(rig.server.selectors.get(0).primaryIfAnyIsOld()).isTrue();
    }

    @Test
    void hintsOfUnacknowledgedWritesAreRefusedForServersThatKnowNone() {
        rig.wireVersion = 8;
        rig.writeConcern = WriteConcern.UNACKNOWLEDGED;
        DeleteOptions hint = DeleteOptions.DEFAULT.hintString("_id_");

        assertThat(List.of(
                        rig.failure(rig.collection().deleteOne(new Document(), hint)),
                        rig.failure(rig.collection().deleteMany(new Document(), hint)),
                        rig.failure(rig.collection().bulkWrite(List.of(new DeleteOneModel<>(new Document(), hint)))),
                        rig.failure(rig.collection()
                                .findOneAndDelete(new Document(), FindOneAndDeleteOptions.DEFAULT.hintString("_id_")))))
                .allSatisfy(failure ->
                        assertThat(failure).isInstanceOf(MongoException.class).hasMessageContaining("hint"));
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void crudProse1TheDetailsOfAWriteConcernErrorAreThere() {
        String info = "{writeConcern: {w: 2, wtimeout: 0, provenance: 'clientSupplied'}}";
        rig.answer("{ok: 1, n: 1, writeConcernError: {code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not"
                + " enough data-bearing nodes', errInfo: " + info + "}}");

        assertThat(rig.failure(rig.collection().insertOne(new Document("x", 1))))
                .isInstanceOfSatisfying(
                        MongoWriteConcernException.class,
                        e -> assertThat(e.writeConcernError().details()).isEqualTo(json(info)));
    }

    @Test
    void crudProse2TheDetailsOfAWriteErrorAreThere() {
        String info = "{failingDocumentId: 1, details: {operatorName: '$type'}}";
        rig.answer("{ok: 1, n: 0, writeErrors: [{index: 0, code: 121, errmsg: 'Document failed validation', errInfo: "
                + info + "}]}");

        assertThat(rig.failure(rig.collection().insertOne(new Document("x", 1))))
                .isInstanceOfSatisfying(MongoWriteException.class, e -> {
                    assertThat(e.code()).isEqualTo(121);
                    assertThat(e.writeError().details()).isEqualTo(json(info));
                });
    }

    @Test
    void aBatchIsGivenUpToTheDocumentThatCannotBeReadAndTheNextCallTellsWhy() {
        rig.answer("{ok: 1, cursor: {id: {$numberLong: '0'}, ns: 'app.things', firstBatch: [{_id: 1}, {_id: 'text'},"
                + " {_id: 3}]}}");
        AsyncCursor<Numbered> cursor = rig.done(
                rig.collection().withDocumentClass(Numbered.class).find().open());

        assertThat(rig.done(cursor.nextBatch())).containsExactly(new Numbered(1));
        assertThat(rig.failure(cursor.nextBatch())).isNotNull();
        assertThat(rig.done(cursor.nextBatch())).containsExactly(new Numbered(3));
        assertThat(rig.done(cursor.nextBatch())).isEmpty();
    }

    /** A class whose codec wants a number. */
    public record Numbered(int _id) {}

    @Test
    void givingAListUpBeforeItsCursorIsOpenGivesEverythingBack() {
        rig.server.known = false;
        var list = rig.collection().find().toList().toCompletableFuture();
        var open = rig.collection().find().open().toCompletableFuture();
        var names = rig.collection().listIndexes().open().toCompletableFuture();
        var inserted = rig.collection().insertMany(List.of(new Document())).toCompletableFuture();
        rig.run();
        assertThat(rig.server.waiting).hasSize(4);

        for (var stage : List.of(list, open, names, inserted)) {
            stage.cancel(false);
        }

        assertThat(rig.server.waiting).isEmpty();
        rig.server.appear();
        rig.assertBalanced();
        assertThat(rig.sent).isEmpty();
    }

    @Test
    void givingAnInsertOfManyUpSendsNoMoreOfThem() {
        rig.limits = "maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 1";
        var inserted = rig.collection()
                .insertMany(List.of(new Document(), new Document(), new Document()))
                .toCompletableFuture();
        rig.run();

        inserted.cancel(false);
        rig.reply("{ok: 1, n: 1}");

        assertThat(rig.sent).hasSize(1);
        rig.assertBalanced();
    }

    @Test
    void aTimeLimitOfTheWriteConcernUnderAMillisecondIsNoneWithoutEnd() {
        rig.answer("{ok: 1, n: 1}");

        rig.done(rig.collection()
                .withWriteConcern(new WriteConcern("majority", Duration.ofNanos(500_000), null))
                .insertOne(new Document()));

        assertThat(rig.body(0).getDocument("writeConcern").getInt64("wtimeout").getValue())
                .isEqualTo(1);
    }

    @Test
    void anEstimateThatTheServerDoesNotTellIsNoneBelowZero() {
        rig.answer("{ok: 1}");

        assertThat(rig.done(rig.collection().estimatedDocumentCount())).isZero();
    }
}
