package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.gte;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.MongoBulkWriteException;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.MongoWriteException;
import dev.rotor.driver.model.BulkWriteOptions;
import dev.rotor.driver.model.BulkWriteResult;
import dev.rotor.driver.model.CountOptions;
import dev.rotor.driver.model.DeleteManyModel;
import dev.rotor.driver.model.DeleteOneModel;
import dev.rotor.driver.model.FindOneAndUpdateOptions;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.InsertManyOptions;
import dev.rotor.driver.model.InsertManyResult;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.InsertOneResult;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.ReturnDocument;
import dev.rotor.driver.model.UpdateManyModel;
import dev.rotor.driver.model.UpdateOneModel;
import dev.rotor.driver.model.UpdateOptions;
import dev.rotor.driver.model.UpdateResult;
import dev.rotor.driver.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.json.JsonObject;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

public class CrudTest {

    private static TestDeployment deployment;
    private static MongoClient client;

    private MongoCollection<Document> collection;

    @BeforeAll
    static void start() {
        deployment = TestDeployment.start();
        client = deployment.client();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        deployment.close();
    }

    @BeforeEach
    void freshCollection(TestInfo test) {
        collection =
                deployment.collection(client, test.getTestMethod().orElseThrow().getName());
    }

    private void insertNumbers(int count) throws Exception {
        await(collection.insertMany(IntStream.range(0, count)
                .mapToObj(i -> new Document("_id", i).append("group", i % 3))
                .toList()));
    }

    @Test
    void anInsertedDocumentIsFoundAgainByItsGeneratedId() throws Exception {
        InsertOneResult inserted = await(collection.insertOne(new Document("name", "Ada")));

        assertThat(inserted.isAcknowledged()).isTrue();
        ObjectId id = inserted.insertedId().asObjectId().getValue();
        assertThat(await(collection.find(eq("_id", id)).first()))
                .isEqualTo(new Document("_id", id).append("name", "Ada"));
    }

    @Test
    void firstIsNullWhenNothingMatches() throws Exception {
        assertThat(await(collection.find(eq("_id", "nobody")).first())).isNull();
    }

    @Test
    void insertManyTellsTheIdsByIndex() throws Exception {
        InsertManyResult result = await(collection.insertMany(List.of(new Document("_id", 7), new Document("_id", 8))));

        assertThat(result.insertedIds().get(0).asInt32().getValue()).isEqualTo(7);
        assertThat(result.insertedIds().get(1).asInt32().getValue()).isEqualTo(8);
    }

    @Test
    void anInsertOfMoreDocumentsThanOneCommandTakesIsCutIntoSeveral() throws Exception {
        insertNumbers(2_500);

        assertThat(await(collection.countDocuments())).isEqualTo(2_500);
    }

    @Test
    void aDuplicateKeyIsAWriteErrorThatSaysSo() throws Exception {
        await(collection.insertOne(new Document("_id", 1)));

        Throwable failure = catchThrowable(() -> await(collection.insertOne(new Document("_id", 1))));

        assertThat(failure).isInstanceOfSatisfying(MongoWriteException.class, e -> {
            assertThat(e.isDuplicateKey()).isTrue();
            assertThat(e.code()).isEqualTo(11000);
            assertThat(e.server()).isNotNull();
        });
        assertThat(await(collection.countDocuments())).isEqualTo(1);
    }

    @Test
    void aFailedInsertManyTellsWhatWasInserted() {
        List<Document> documents =
                List.of(new Document("_id", 1), new Document("_id", 2), new Document("_id", 1), new Document("_id", 3));

        Throwable ordered = catchThrowable(() -> await(collection.insertMany(documents)));

        assertThat(ordered).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
            assertThat(e.writeErrors()).singleElement().satisfies(error -> {
                assertThat(error.index()).isEqualTo(2);
                assertThat(error.isDuplicateKey()).isTrue();
            });
            assertThat(e.result().insertedIds()).containsOnlyKeys(0, 1);
        });
    }

    @Test
    void anUnorderedInsertManyGoesOnBehindAFailure() throws Exception {
        List<Document> documents = List.of(new Document("_id", 1), new Document("_id", 1), new Document("_id", 3));

        Throwable failure =
                catchThrowable(() -> await(collection.insertMany(documents, InsertManyOptions.DEFAULT.ordered(false))));

        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> assertThat(
                        e.result().insertedIds())
                .containsOnlyKeys(0, 2));
        assertThat(await(collection.countDocuments())).isEqualTo(2);
    }

    @Test
    void updatesTellWhatTheyMatchedAndChanged() throws Exception {
        insertNumbers(9);

        UpdateResult one = await(collection.updateOne(eq("group", 0), Updates.set("x", 1)));
        UpdateResult many = await(collection.updateMany(eq("group", 1), Updates.set("x", 1)));
        UpdateResult none = await(collection.updateOne(eq("group", 9), Updates.set("x", 1)));

        assertThat(one.matchedCount()).isEqualTo(1);
        assertThat(one.modifiedCount()).isEqualTo(1);
        assertThat(many.matchedCount()).isEqualTo(3);
        assertThat(none.matchedCount()).isZero();
        assertThat(await(collection.countDocuments(eq("x", 1)))).isEqualTo(4);
    }

    @Test
    void anUpsertTellsTheIdAndCountsAsNoMatch() throws Exception {
        UpdateResult result =
                await(collection.updateOne(eq("_id", 5), Updates.set("x", 1), UpdateOptions.DEFAULT.upsert(true)));

        assertThat(result.matchedCount()).isZero();
        assertThat(result.upsertedId().asInt32().getValue()).isEqualTo(5);
    }

    @Test
    void anUpdateWithoutOperatorsIsRefusedBeforeAnythingIsSent() {
        assertThat(catchThrowable(() -> collection.updateOne(eq("_id", 1), new Document("x", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replaceOne");
        assertThat(catchThrowable(() -> collection.replaceOne(eq("_id", 1), new Document("$set", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("updateOne");
    }

    @Test
    void replaceOneReplacesAllButTheId() throws Exception {
        await(collection.insertOne(new Document("_id", 1).append("a", 1)));

        UpdateResult result = await(collection.replaceOne(eq("_id", 1), new Document("b", 2)));

        assertThat(result.modifiedCount()).isEqualTo(1);
        assertThat(await(collection.find().first())).isEqualTo(new Document("_id", 1).append("b", 2));
    }

    @Test
    void deletesTellHowMany() throws Exception {
        insertNumbers(9);

        assertThat(await(collection.deleteOne(eq("group", 0))).deletedCount()).isEqualTo(1);
        assertThat(await(collection.deleteMany(eq("group", 1))).deletedCount()).isEqualTo(3);
        assertThat(await(collection.countDocuments())).isEqualTo(5);
    }

    @Test
    void findOneAndModifyGivesTheDocumentBeforeOrAfter() throws Exception {
        await(collection.insertOne(new Document("_id", 1).append("n", 1)));

        Document before = await(collection.findOneAndUpdate(eq("_id", 1), Updates.inc("n", 1)));
        Document after = await(collection.findOneAndUpdate(
                eq("_id", 1),
                Updates.inc("n", 1),
                FindOneAndUpdateOptions.DEFAULT.returnDocument(ReturnDocument.AFTER)));
        Document replaced = await(collection.findOneAndReplace(eq("_id", 1), new Document("n", 10)));
        Document deleted = await(collection.findOneAndDelete(eq("_id", 1)));

        assertThat(before.getInteger("n")).isEqualTo(1);
        assertThat(after.getInteger("n")).isEqualTo(3);
        assertThat(replaced.getInteger("n")).isEqualTo(3);
        assertThat(deleted.getInteger("n")).isEqualTo(10);
        assertThat(await(collection.findOneAndDelete(eq("_id", 1)))).isNull();
    }

    @Test
    void aMixedBulkWriteAddsUpWhatItsCommandsDid() throws Exception {
        BulkWriteResult result = await(collection.bulkWrite(List.of(
                new InsertOneModel<>(new Document("_id", 1).append("x", 1)),
                new InsertOneModel<>(new Document("_id", 2).append("x", 1)),
                new UpdateOneModel<>(eq("_id", 1), Updates.set("x", 2)),
                new UpdateManyModel<>(gte("_id", 1), Updates.set("y", 1)),
                new UpdateOneModel<>(eq("_id", 9), Updates.set("x", 1), UpdateOptions.DEFAULT.upsert(true)),
                new ReplaceOneModel<>(eq("_id", 2), new Document("z", 1)),
                new DeleteOneModel<>(eq("_id", 1)),
                new DeleteManyModel<>(eq("z", 1)))));

        assertThat(result.insertedCount()).isEqualTo(2);
        assertThat(result.matchedCount()).isEqualTo(4);
        assertThat(result.deletedCount()).isEqualTo(2);
        assertThat(result.upserts()).singleElement().satisfies(upsert -> {
            assertThat(upsert.index()).isEqualTo(4);
            assertThat(upsert.id().asInt32().getValue()).isEqualTo(9);
        });
        assertThat(result.insertedIds()).containsOnlyKeys(0, 1);
    }

    @Test
    void anUnorderedBulkWriteKeepsTheIndexesOfItsModels() {
        Throwable failure = catchThrowable(() -> await(collection.bulkWrite(
                List.of(
                        new InsertOneModel<>(new Document("_id", 1)),
                        new DeleteOneModel<>(eq("_id", 77)),
                        new InsertOneModel<>(new Document("_id", 1)),
                        new InsertOneModel<>(new Document("_id", 2))),
                BulkWriteOptions.DEFAULT.ordered(false))));

        assertThat(failure).isInstanceOfSatisfying(MongoBulkWriteException.class, e -> assertThat(e.writeErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.index()).isEqualTo(2)));
    }

    @Test
    void aQueryGoesThroughAllBatches() throws Exception {
        insertNumbers(1_000);

        List<Document> all = await(
                collection.find().batchSize(50).sort(new Document("_id", 1)).toList());

        assertThat(all).hasSize(1_000);
        assertThat(all.get(999).getInteger("_id")).isEqualTo(999);
        assertThat(await(collection.find().batchSize(50).toList(120))).hasSize(120);
    }

    @Test
    void skipLimitSortAndProjectionAreKept() throws Exception {
        insertNumbers(20);

        List<Document> found = await(collection
                .find(eq("group", 1))
                .sort(new Document("_id", -1))
                .skip(1)
                .limit(2)
                .projection(new Document("group", 0))
                .toList());

        assertThat(found).containsExactly(new Document("_id", 16), new Document("_id", 13));
    }

    @Test
    void forEachSeesEveryDocumentAndForEachWhileStops() throws Exception {
        insertNumbers(300);
        List<Integer> seen = new ArrayList<>();
        List<Integer> few = new ArrayList<>();

        await(collection.find().batchSize(10).forEach(document -> seen.add(document.getInteger("_id"))));
        await(collection.find().batchSize(10).forEachWhile(document -> {
            few.add(document.getInteger("_id"));
            return few.size() < 25;
        }));

        assertThat(seen).hasSize(300);
        assertThat(few).hasSize(25);
    }

    @Test
    void aCursorIsReadOneByOneOrBatchByBatch() throws Exception {
        insertNumbers(25);

        try (AsyncCursor<Document> cursor = await(
                collection.find().sort(new Document("_id", 1)).batchSize(10).open())) {
            assertThat(await(cursor.next()).getInteger("_id")).isZero();
            assertThat(await(cursor.nextBatch())).hasSize(9);
            assertThat(await(cursor.nextBatch())).hasSize(10);
            assertThat(await(cursor.tryNext()).getInteger("_id")).isEqualTo(20);
            assertThat(await(cursor.nextBatch())).hasSize(4);
            assertThat(await(cursor.nextBatch())).isEmpty();
            assertThat(await(cursor.next())).isNull();
            assertThat(cursor.isExhausted()).isTrue();
            assertThat(cursor.cursorId()).isZero();
        }
    }

    @Test
    void aClosedCursorSaysSo() throws Exception {
        insertNumbers(25);
        AsyncCursor<Document> cursor = await(collection.find().batchSize(10).open());

        await(cursor.closeAsync());

        assertThat(catchThrowable(() -> await(cursor.next())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aggregateCountAndDistinctAgree() throws Exception {
        insertNumbers(30);

        List<Document> groups = await(collection
                .aggregate(List.of(
                        new Document("$group", new Document("_id", "$group").append("n", new Document("$sum", 1))),
                        new Document("$sort", new Document("_id", 1))))
                .toList());

        assertThat(groups).extracting(group -> group.getInteger("n")).containsExactly(10, 10, 10);
        assertThat(await(collection.distinct("group", Integer.class).toList())).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(await(collection.countDocuments(eq("group", 1)))).isEqualTo(10);
        assertThat(await(collection.countDocuments(
                        eq("group", 1), CountOptions.DEFAULT.skip(4L).limit(3L))))
                .isEqualTo(3);
        assertThat(await(collection.estimatedDocumentCount())).isEqualTo(30);
    }

    @Test
    void indexesAreCreatedListedAndDropped() throws Exception {
        insertNumbers(3);

        String name = await(collection.createIndex(new Document("group", 1).append("x", -1)));
        String named = await(collection.createIndex(new Document("u", 1), IndexOptions.DEFAULT.name("mine")));

        assertThat(name).isEqualTo("group_1_x_-1");
        assertThat(named).isEqualTo("mine");
        assertThat(await(collection.listIndexes().toList()))
                .extracting(index -> index.getString("name"))
                .contains("_id_", "group_1_x_-1", "mine");

        await(collection.dropIndex("mine"));

        assertThat(await(collection.listIndexes().toList()))
                .extracting(index -> index.getString("name"))
                .doesNotContain("mine");
    }

    @Test
    void whatIsNotThereHasNoIndexesAndIsDroppedAtOnce() throws Exception {
        assertThat(await(collection.listIndexes().toList())).isEmpty();

        await(collection.drop());
    }

    @Test
    void collectionsAndDatabasesAreListedRenamedAndDropped() throws Exception {
        insertNumbers(1);
        String name = collection.namespace().collectionName();

        assertThat(await(client.listDatabaseNames())).contains(deployment.database());
        assertThat(await(client.getDatabase(deployment.database()).listCollectionNames()))
                .contains(name);

        await(collection.rename(new MongoNamespace(deployment.database(), "renamed")));

        assertThat(await(deployment.collection(client, "renamed").countDocuments()))
                .isEqualTo(1);
        await(deployment.collection(client, "renamed").drop());
        assertThat(await(client.getDatabase(deployment.database()).listCollectionNames()))
                .doesNotContain("renamed");
    }

    @Test
    void anyCommandCanBeRunAndItsRefusalSaysWhy() throws Exception {
        Document pong = await(client.getDatabase("admin").runCommand(new Document("ping", 1)));
        Throwable refused =
                catchThrowable(() -> await(client.getDatabase("admin").runCommand(new Document("noSuchCommand", 1))));

        assertThat(pong.get("ok", Number.class).intValue()).isEqualTo(1);
        assertThat(refused).isInstanceOfSatisfying(MongoCommandException.class, e -> {
            assertThat(e.code()).isEqualTo(59);
            assertThat(e).hasMessageContaining("noSuchCommand");
        });
    }

    /** A record of a user. */
    public record Person(@org.bson.codecs.pojo.annotations.BsonId int id, String name, List<String> tags) {}

    @Test
    void documentsComeInAnyClassThatHasACodec() throws Exception {
        MongoCollection<Person> people = collection.withDocumentClass(Person.class);
        Person ada = new Person(1, "Ada", List.of("math"));

        await(people.insertOne(ada));

        assertThat(await(people.find().first())).isEqualTo(ada);
        assertThat(await(collection.withDocumentClass(BsonDocument.class).find().first())
                        .getString("name")
                        .getValue())
                .isEqualTo("Ada");
        assertThat(await(collection
                                .withDocumentClass(RawBsonDocument.class)
                                .find()
                                .first())
                        .getString("name")
                        .getValue())
                .isEqualTo("Ada");
        assertThat(await(collection.find(new Document(), JsonObject.class).first())
                        .getJson())
                .contains("\"name\": \"Ada\"");
    }
}
