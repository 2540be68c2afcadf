package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.model.CreateCollectionOptions;
import dev.rotor.driver.model.DropCollectionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Collections with queryable encryption have others beside them, which come and go with them. */
class EncryptedCollectionTest {

    private static final String MISSING = "{ok: 0, code: 26, errmsg: 'ns not found'}";
    private static final Document FIELDS =
            Document.parse("{fields: [{path: 'ssn', bsonType: 'string', keyId: 1, queries: {queryType: 'equality'}}]}");
    private static final Document NAMED =
            new Document(FIELDS).append("escCollection", "one").append("ecocCollection", "two");
    private static final CreateCollectionOptions CREATE = CreateCollectionOptions.DEFAULT.encryptedFields(FIELDS);
    private static final DropCollectionOptions DROP = DropCollectionOptions.DEFAULT.encryptedFields(FIELDS);

    private final ClientRig rig = new ClientRig();

    /** The names of the commands, each with the collection it is about. */
    private List<String> commands() {
        return rig.sent.stream()
                .map(message -> message.commandName() + " "
                        + message.body().getString(message.commandName()).getValue())
                .toList();
    }

    @Test
    void creatingOneCreatesItsMetadataCollectionsFirstAndItsIndexLast() {
        rig.script = message -> "{ok: 1}";

        rig.done(rig.database().createCollection("people", CREATE.comment("why")));

        assertThat(commands())
                .containsExactly(
                        "create enxcol_.people.esc",
                        "create enxcol_.people.ecoc",
                        "create people",
                        "createIndexes people");
        for (int i = 0; i < 2; i++) {
            assertThat(rig.body(i).getDocument("clusteredIndex"))
                    .isEqualTo(BsonDocument.parse("{key: {_id: 1}, unique: true}"));
            assertThat(rig.body(i)).doesNotContainKey("encryptedFields");
        }
        assertThat(rig.body(2).getDocument("encryptedFields")).isEqualTo(FIELDS.toBsonDocument());
        assertThat(rig.body(2)).doesNotContainKey("clusteredIndex");
        assertThat(rig.body(3).getArray("indexes").get(0).asDocument().getDocument("key"))
                .isEqualTo(BsonDocument.parse("{__safeContent__: 1}"));
        assertThat(rig.sent).allSatisfy(message -> assertThat(
                        message.body().getString("comment").getValue())
                .isEqualTo("why"));
        rig.assertBalanced();
    }

    @Test
    void theMetadataCollectionsMayHaveNamesOfTheirOwn() {
        rig.script = message -> "{ok: 1}";

        rig.done(rig.database().createCollection("people", CREATE.encryptedFields(NAMED)));
        rig.done(rig.database().getCollection("people").drop(DROP.encryptedFields(NAMED)));

        assertThat(commands())
                .containsExactly(
                        "create one",
                        "create two",
                        "create people",
                        "createIndexes people",
                        "drop one",
                        "drop two",
                        "drop people");
    }

    @Test
    void whatFailsEndsTheCreation() {
        rig.answer("{ok: 1}", "{ok: 0, code: 48, errmsg: 'exists'}");

        assertThat(rig.failure(rig.database().createCollection("people", CREATE)))
                .isInstanceOfSatisfying(
                        MongoCommandException.class, e -> assertThat(e.code()).isEqualTo(48));
        assertThat(rig.sent).hasSize(2);
        rig.assertBalanced();
    }

    @Test
    void aServerBefore7IsToldApartBeforeAnythingIsSent() {
        rig.wireVersion = 20;

        assertThat(rig.failure(rig.database().createCollection("people", CREATE)))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("Driver support of Queryable Encryption is incompatible with server. Upgrade"
                        + " server to use Queryable Encryption.");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void anExistingCollectionIsFoundBeforeAnythingIsCreated() {
        rig.answer("{ok: 1, cursor: {id: 0, ns: 'app.$cmd.listCollections', firstBatch: [{name: 'people'}]}}");

        assertThat(rig.failure(rig.database().createCollection("people", CREATE.checkExists(true))))
                .hasMessageContaining("already exists");
        assertThat(rig.sentNames()).containsExactly("listCollections");
    }

    @Test
    void droppingOneDropsItsMetadataCollectionsFirst() {
        rig.script = message -> "{ok: 1}";

        rig.done(rig.database().getCollection("people").drop(DROP.comment("why")));

        assertThat(commands()).containsExactly("drop enxcol_.people.esc", "drop enxcol_.people.ecoc", "drop people");
        assertThat(rig.sent).allSatisfy(message -> {
            assertThat(message.body()).doesNotContainKey("encryptedFields");
            assertThat(message.body().getString("comment").getValue()).isEqualTo("why");
        });
        rig.assertBalanced();
    }

    @Test
    void droppingWhatIsNotThereGoesOn() {
        rig.script = message -> MISSING;

        rig.done(rig.database().getCollection("people").drop(DROP));

        assertThat(rig.sent).hasSize(3);
    }

    @Test
    void anyOtherFailureEndsTheDrop() {
        rig.answer("{ok: 0, code: 13, errmsg: 'not allowed'}");

        assertThat(rig.failure(rig.database().getCollection("people").drop(DROP)))
                .isInstanceOfSatisfying(
                        MongoCommandException.class, e -> assertThat(e.code()).isEqualTo(13));
        assertThat(rig.sent).hasSize(1);
    }

    @Test
    void givingTheCreationUpGivesUpTheCommandUnderWay() {
        rig.answer("{ok: 1}");
        CompletableFuture<Void> created =
                rig.database().createCollection("people", CREATE).toCompletableFuture();
        rig.run();
        rig.server.known = false;
        rig.reply("{ok: 1}");
        assertThat(rig.server.waiting).hasSize(1);

        created.cancel(false);

        assertThat(rig.server.waiting).isEmpty();
        assertThat(rig.sent).hasSize(2);
        rig.assertBalanced();
    }

    @Test
    void givingUpACreationThatLooksForTheCollectionFirstGivesUpTheLook() {
        rig.database();
        rig.server.known = false;
        CompletableFuture<Void> created = rig.database()
                .createCollection("things", CreateCollectionOptions.DEFAULT.checkExists(true))
                .toCompletableFuture();
        rig.run();
        assertThat(rig.server.waiting).hasSize(1);

        created.cancel(false);

        assertThat(rig.server.waiting).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void givingUpACreationThatHasLookedForTheCollectionGivesUpTheCreation() {
        CompletableFuture<Void> created = rig.database()
                .createCollection("things", CreateCollectionOptions.DEFAULT.checkExists(true))
                .toCompletableFuture();
        rig.run();
        rig.server.known = false;
        rig.reply("{ok: 1, cursor: {id: 0, ns: 'app.$cmd.listCollections', firstBatch: []}}");
        assertThat(rig.server.waiting).hasSize(1);

        created.cancel(false);

        assertThat(rig.server.waiting).isEmpty();
        rig.assertBalanced();
    }
}
