package dev.rotor.driver.core.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.model.InsertOneModel;
import dev.rotor.driver.model.ReplaceOneModel;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonProperty;
import org.bson.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A replacement with operators would be an update: it is refused, whatever class it is of. */
class ReplacementTest {

    private static final MongoNamespace NAMESPACE = new MongoNamespace("app", "things");
    private static final JsonObject UPDATE = new JsonObject("{\"$set\": {\"a\": 1}}");
    private static final JsonObject PLAIN = new JsonObject("{\"a\": {\"$b\": 1}}");

    /** A record that looks like an update once it is written. */
    public record Operator(@BsonProperty("$inc") int increment) {}

    private final ClientRig rig = new ClientRig();

    private MongoCollection<JsonObject> json() {
        return rig.collection().withDocumentClass(JsonObject.class);
    }

    private void assertRefused(CompletionStage<?> replaced) {
        assertThat(rig.failure(replaced))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replacement")
                .hasMessageContaining("$")
                .hasMessageContaining("updateOne");
        assertThat(rig.sent).isEmpty();
        rig.assertBalanced();
    }

    @Test
    void byReplaceOne() {
        assertRefused(json().replaceOne(new Document(), UPDATE));
        assertRefused(rig.collection().withDocumentClass(Operator.class).replaceOne(new Document(), new Operator(1)));
    }

    @Test
    void byFindOneAndReplace() {
        assertRefused(json().findOneAndReplace(new Document(), UPDATE));
    }

    @Test
    void byABulkWrite() {
        assertRefused(json().bulkWrite(List.of(
                new ReplaceOneModel<>(new Document(), PLAIN), new ReplaceOneModel<>(new Document(), UPDATE))));
    }

    @Test
    void byABulkWriteOfTheClient() {
        rig.wireVersion = 25;
        assertRefused(rig.cluster()
                .bulkWrite(List.of(
                        ClientNamespacedWriteModel.insertOne(NAMESPACE, new Document("_id", 1)),
                        ClientNamespacedWriteModel.replaceOne(NAMESPACE, new Document(), new Operator(1)))));
    }

    @Test
    void anyOtherReplacementIsSent() {
        rig.script = message -> "{ok: 1, n: 1, nModified: 1}";

        rig.done(json().replaceOne(new Document(), PLAIN));
        rig.done(json().replaceOne(new Document(), new JsonObject("{}")));
        rig.done(json().findOneAndReplace(new Document(), PLAIN));
        rig.done(json().bulkWrite(List.of(
                new ReplaceOneModel<>(new Document(), PLAIN),
                new InsertOneModel<>(new JsonObject("{\"_id\": 1, \"$x\": 1}")))));

        assertThat(rig.sentNames()).containsExactly("update", "update", "findAndModify", "update", "insert");
    }
}
