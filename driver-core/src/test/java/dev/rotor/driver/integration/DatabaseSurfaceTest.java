package dev.rotor.driver.integration;

import static dev.rotor.driver.integration.TestDeployment.await;
import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.gte;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.rotor.driver.DbRef;
import dev.rotor.driver.MongoClient;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoDatabase;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.DropCollectionOptions;
import dev.rotor.driver.model.IndexOptions;
import dev.rotor.driver.model.Indexes;
import dev.rotor.driver.model.RenameCollectionOptions;
import dev.rotor.driver.model.RunCommandOptions;
import dev.rotor.driver.model.ValidateCollectionOptions;
import dev.rotor.driver.model.ValidationOptions;
import dev.rotor.testserver.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Commands with options, references, validation, and what a database tells of its collections. */
class DatabaseSurfaceTest {

    /** A record with a reference in it. */
    public record Chapter(ObjectId id, DbRef book) {}

    private static TestServer server;
    private static MongoClient client;

    private MongoDatabase database;
    private MongoCollection<Document> things;

    @BeforeAll
    static void start() {
        server = TestServer.replicaSet(1).start();
        client = MongoClient.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void freshDatabase(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        database = client.getDatabase(name.substring(0, Math.min(60, name.length())));
        things = database.getCollection("things");
    }

    @Test
    void aCommandWithoutArgumentsIsRunByItsName() throws Exception {
        assertThat(await(database.runCommand("ping")).get("ok")).isEqualTo(1.0);
        assertThat(catchThrowable(() -> await(database.runCommand("noSuchCommand"))))
                .isInstanceOfSatisfying(
                        MongoCommandException.class, e -> assertThat(e.code()).isEqualTo(59));
    }

    @Test
    void aRefusalIsAReplyWhereNobodyChecksOrItsCodeIsAllowed() throws Exception {
        Document unknown = new Document("noSuchCommand", 1);

        Document unchecked = await(database.runCommand(unknown, RunCommandOptions.DEFAULT.check(false)));
        BsonDocument allowed = await(database.runCommand(
                unknown, RunCommandOptions.DEFAULT.allowableErrors(Set.of(26, 59)), BsonDocument.class));
        Throwable other = catchThrowable(
                () -> await(database.runCommand(unknown, RunCommandOptions.DEFAULT.allowableErrors(Set.of(26)))));

        assertThat(unchecked.getInteger("code")).isEqualTo(59);
        assertThat(unchecked.get("ok")).isEqualTo(0.0);
        assertThat(allowed.getInt32("code").getValue()).isEqualTo(59);
        assertThat(other).isInstanceOfSatisfying(MongoCommandException.class, e -> assertThat(e.code())
                .isEqualTo(59));
        assertThat(await(database.runCommand(new Document("ping", 1), RunCommandOptions.DEFAULT.check(false)))
                        .get("ok"))
                .isEqualTo(1.0);
    }

    @Test
    void aCommandGoesWhereTheOptionsSay() throws Exception {
        RunCommandOptions nearest = RunCommandOptions.DEFAULT.readPreference(ReadPreference.NEAREST);

        assertThat(await(database.runCommand(new Document("ping", 1), nearest)).get("ok"))
                .isEqualTo(1.0);
    }

    @Test
    void aCollectionIsDroppedByItsName() throws Exception {
        await(things.insertOne(new Document("_id", 1)));

        await(database.dropCollection("things"));
        await(database.dropCollection("things"));

        assertThat(await(database.listCollectionNames())).isEmpty();
    }

    @Test
    void aSoundCollectionGivesTheServersReport() throws Exception {
        await(things.insertMany(List.of(new Document("_id", 1), new Document("_id", 2))));

        Document plain = await(database.validateCollection("things"));
        Document full = await(database.validateCollection("things", ValidateCollectionOptions.DEFAULT.full(true)));

        assertThat(plain.getBoolean("valid")).isTrue();
        assertThat(((Number) plain.get("nrecords")).longValue()).isEqualTo(2);
        assertThat(full.getString("ns")).isEqualTo(things.namespace().fullName());
    }

    @Test
    void whatCannotBeValidatedIsTheServersRefusal() {
        assertThat(catchThrowable(() -> await(database.validateCollection("nothing"))))
                .isInstanceOfSatisfying(
                        MongoCommandException.class, e -> assertThat(e.code()).isEqualTo(26));
        assertThat(catchThrowable(() -> await(database.validateCollection(
                        "nothing", ValidateCollectionOptions.DEFAULT.full(true).background(true)))))
                .isInstanceOf(MongoCommandException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> database.validateCollection(""));
    }

    @Test
    void aReferenceLeadsToItsDocument() throws Exception {
        ObjectId id = new ObjectId();
        Document book = new Document("_id", id).append("title", "Emma");
        await(database.getCollection("books").insertOne(book));
        await(things.insertOne(new Document("_id", 1).append("of", new DbRef("books", id))));

        Document read = await(things.findOne(eq("_id", 1)));
        DbRef reference = DbRef.of(read.get("of", Document.class));

        assertThat(reference).isEqualTo(new DbRef("books", id));
        assertThat(await(database.dereference(reference))).isEqualTo(book);
        assertThat(await(database.dereference(new DbRef("books", id, database.name()), BsonDocument.class))
                        .getString("title")
                        .getValue())
                .isEqualTo("Emma");
    }

    @Test
    void aReferenceIsReadAndWrittenInsideARecord() throws Exception {
        Chapter chapter = new Chapter(new ObjectId(), new DbRef("books", 7, "library", Map.of("page", 12)));

        await(things.withDocumentClass(Chapter.class).insertOne(chapter));

        assertThat(await(things.find().as(Chapter.class).first())).isEqualTo(chapter);
        assertThat(List.copyOf(
                        await(things.find().first()).get("book", Document.class).keySet()))
                .containsExactly("$ref", "$id", "$db", "page");
    }

    @Test
    void aReferenceToNothingGivesNothingAndAnIdThatLooksLikeAnOperatorIsAValue() throws Exception {
        await(things.insertOne(new Document("_id", 1)));

        assertThat(await(database.dereference(new DbRef("things", 2)))).isNull();
        assertThat(await(database.dereference(new DbRef("things", new Document("$gt", 0)))))
                .isNull();
    }

    @Test
    void aReferenceIntoAnotherDatabaseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.dereference(new DbRef("things", 1, "elsewhere")))
                .withMessageContaining("elsewhere");
    }

    @Test
    void aCollectionThatMustBeNewIsNotMadeTwice() throws Exception {
        CreateCollectionOptions checked = CreateCollectionOptions.DEFAULT.checkExists(true);

        await(database.createCollection("things", checked));
        // The same options again are no error to servers from 7.0 on.
        await(database.createCollection("things"));
        Throwable failure = catchThrowable(() -> await(database.createCollection("things", checked)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        MongoException.class, e -> assertThat(e.code()).isEqualTo(48))
                .hasMessageContaining(things.namespace().fullName());
    }

    @Test
    void theOptionsOfACollectionAreWhatItWasMadeWith() throws Exception {
        assertThat(await(things.options())).isEmpty();

        await(database.createCollection(
                "things",
                CreateCollectionOptions.DEFAULT.validationOptions(ValidationOptions.DEFAULT.validator(gte("age", 0)))));

        assertThat(await(things.options()).get("validator", Document.class))
                .isEqualTo(new Document("age", new Document("$gte", 0)));
        assertThat(await(database.getCollection("thing").options())).isEmpty();
    }

    @Test
    void theIndexesAreKnownByTheirNames() throws Exception {
        assertThat(await(things.indexInformation())).isEmpty();

        await(things.createIndex(Indexes.ascending("a")));
        await(things.createIndex(
                Indexes.descending("b"), IndexOptions.DEFAULT.name("byB").unique(true)));
        Map<String, Document> indexes = await(things.indexInformation());

        assertThat(indexes.keySet()).containsExactly("_id_", "a_1", "byB");
        assertThat(indexes.get("byB").get("key")).isEqualTo(new Document("b", -1));
        assertThat(indexes.get("byB").getBoolean("unique")).isTrue();
    }

    @Test
    void oneDocumentIsFoundByAFilter() throws Exception {
        await(things.insertMany(List.of(new Document("_id", 1).append("a", 1), new Document("_id", 2).append("a", 2))));

        assertThat(await(things.findOne(eq("a", 2)))).isEqualTo(new Document("_id", 2).append("a", 2));
        assertThat(await(things.findOne(eq("a", 3)))).isNull();
    }

    @Test
    void aFindGivesTheDifferentValuesOfWhatItMatches() throws Exception {
        await(things.insertMany(List.of(
                new Document("_id", 1).append("a", "x").append("n", 1),
                new Document("_id", 2).append("a", "y").append("n", 5),
                new Document("_id", 3).append("a", "y").append("n", 6))));

        assertThat(await(things.find(gte("n", 5)).distinct("a", String.class).toList()))
                .containsExactly("y");
        assertThat(await(
                        things.find().comment("all").distinct("a", String.class).toList()))
                .containsExactlyInAnyOrder("x", "y");
    }

    @Test
    void droppingAndRenamingTakeAComment() throws Exception {
        await(things.insertOne(new Document("_id", 1)));

        await(things.rename(
                new MongoNamespace(database.name(), "moved"), RenameCollectionOptions.DEFAULT.comment("moving")));
        await(database.getCollection("moved").drop(DropCollectionOptions.DEFAULT.comment("done")));

        assertThat(await(database.listCollectionNames())).isEmpty();
    }
}
