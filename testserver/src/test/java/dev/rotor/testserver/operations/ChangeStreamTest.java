package dev.rotor.testserver.operations;

import static dev.rotor.testserver.operations.EngineRig.batch;
import static dev.rotor.testserver.operations.EngineRig.doc;
import static dev.rotor.testserver.operations.EngineRig.id;
import static dev.rotor.testserver.operations.EngineRig.sub;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.DeploymentKind;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChangeStreamTest {
    private final EngineRig rig = EngineRig.replicaSet();

    private Document open(Document options, Document... stages) {
        List<Document> pipeline = new java.util.ArrayList<>(List.of(doc("$changeStream", options)));
        pipeline.addAll(List.of(stages));
        return rig.run("aggregate", "c", "pipeline", pipeline, "cursor", doc());
    }

    private Document next(Document opened) {
        return rig.run("getMore", id(opened), "collection", "c");
    }

    private static Document token(Document event) {
        return sub(event, "_id");
    }

    @Test
    void writesAreToldInTheirOrderWithWhatChanged() {
        Document stream = open(doc());
        rig.insert("c", doc("_id", 1, "x", 1, "y", List.of(1, 2, 3)));
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$set", doc("x", 2), "$pop", doc("y", 1)))));
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("z", 1))));
        rig.run("delete", "c", "deletes", List.of(doc("q", doc(), "limit", 1)));
        List<Document> events = batch(next(stream));
        assertThat(events)
                .extracting(e -> e.get("operationType"))
                .containsExactly("insert", "update", "replace", "delete");
        assertThat(events.get(0).get("fullDocument")).isEqualTo(doc("_id", 1, "x", 1, "y", List.of(1, 2, 3)));
        assertThat(events.get(0).get("ns")).isEqualTo(doc("db", "db", "coll", "c"));
        assertThat(events.get(1).get("documentKey")).isEqualTo(doc("_id", 1));
        assertThat(events.get(1).get("updateDescription"))
                .isEqualTo(doc(
                        "updatedFields", doc("x", 2),
                        "removedFields", List.of(),
                        "truncatedArrays", List.of(doc("field", "y", "newSize", 2))));
        assertThat(events.get(1).containsKey("fullDocument")).isFalse();
        assertThat(events.get(2).get("fullDocument")).isEqualTo(doc("_id", 1, "z", 1));
    }

    @Test
    void aStreamResumesAfterAnyOfItsTokens() {
        Document stream = open(doc());
        rig.insert("c", doc("_id", 1), doc("_id", 2), doc("_id", 3));
        List<Document> events = batch(next(stream));
        List<Document> rest = batch(open(doc("resumeAfter", token(events.get(0)))));
        assertThat(rest).isEqualTo(events.subList(1, 3));
        assertThat(batch(open(doc(
                        "startAtOperationTime",
                        Objects.requireNonNull(events.get(1).get("clusterTime"))))))
                .isEqualTo(events.subList(1, 3));
        String first = String.valueOf(token(events.get(0)).get("_data"));
        assertThat(first).isLessThan(String.valueOf(token(events.get(1)).get("_data")));
    }

    @Test
    void theTokenOfABatchGoesOnThoughNothingMatches() {
        Document stream = open(doc(), doc("$match", doc("operationType", "delete")));
        Object before = sub(stream, "cursor").get("postBatchResumeToken");
        rig.insert("c", doc("_id", 1));
        Document reply = next(stream);
        assertThat(batch(reply)).isEmpty();
        Document after = sub(sub(reply, "cursor"), "postBatchResumeToken");
        assertThat(after).isNotEqualTo(before);
        rig.insert("c", doc("_id", 2));
        assertThat(batch(open(doc("resumeAfter", after)))).hasSize(1);
    }

    @Test
    void theTokenOfAFullBatchIsThatOfItsLastEvent() {
        Document stream = open(doc());
        rig.insert("c", doc("_id", 1), doc("_id", 2));
        Document reply = rig.run("getMore", id(stream), "collection", "c", "batchSize", 1);
        assertThat(sub(reply, "cursor").get("postBatchResumeToken"))
                .isEqualTo(token(batch(reply).get(0)));
    }

    @Test
    void aDropEndsTheStreamOfACollection() {
        rig.insert("c", doc("_id", 1));
        Document stream = open(doc());
        rig.run("drop", "c");
        Document reply = next(stream);
        assertThat(batch(reply)).extracting(e -> e.get("operationType")).containsExactly("drop", "invalidate");
        assertThat(id(reply)).isZero();
        Document invalidate = token(batch(reply).get(1));
        CommandError error = EngineRig.error(() -> open(doc("resumeAfter", invalidate)));
        assertThat(error.code()).isEqualTo(260);
        rig.insert("c", doc("_id", 2));
        assertThat(batch(open(doc("startAfter", invalidate)))).hasSize(1);
    }

    @Test
    void databasesAndClustersAreWatchedToo() {
        Document database = rig.run("aggregate", 1, "pipeline", List.of(doc("$changeStream", doc())), "cursor", doc());
        Document cluster = rig.admin(
                "aggregate",
                1,
                "pipeline",
                List.of(doc("$changeStream", doc("allChangesForCluster", true))),
                "cursor",
                doc());
        rig.insert("c", doc("_id", 1));
        rig.run("other", doc("insert", "d", "documents", List.of(doc("_id", 2))), null);
        Document events = rig.run("getMore", id(database), "collection", "$cmd.aggregate");
        assertThat(batch(events)).hasSize(1);
        Document all = rig.run("admin", doc("getMore", id(cluster), "collection", "$cmd.aggregate"), null);
        assertThat(batch(all)).hasSize(2);
    }

    @Test
    void commandsAreToldWhenAskedFor() {
        Document stream = rig.run(
                "aggregate",
                1,
                "pipeline",
                List.of(doc("$changeStream", doc("showExpandedEvents", true))),
                "cursor",
                doc());
        rig.run("create", "c");
        rig.run("createIndexes", "c", "indexes", List.of(doc("key", doc("x", 1), "name", "x_1")));
        rig.run("dropIndexes", "c", "index", "x_1");
        rig.run("collMod", "c", "validator", doc("x", doc("$exists", true)));
        rig.admin("renameCollection", "db.c", "to", "db.d");
        rig.run("drop", "d");
        List<Document> events = batch(rig.run("getMore", id(stream), "collection", "$cmd.aggregate"));
        assertThat(events)
                .extracting(e -> e.get("operationType"))
                .containsExactly("create", "createIndexes", "dropIndexes", "modify", "rename", "drop");
        assertThat(events.get(0).get("nsType")).isEqualTo("collection");
        assertThat(events.get(4).get("to")).isEqualTo(doc("db", "db", "coll", "d"));
        assertThat(events.get(0).containsKey("collectionUUID")).isTrue();
    }

    @Test
    void ambiguousPathsAreExplained() {
        rig.insert("c", doc("_id", 1, "a", doc("1", 1)), doc("_id", 2, "a", List.of(doc("1", 1))));
        Document stream = open(doc("showExpandedEvents", true));
        rig.run(
                "update",
                "c",
                "updates",
                List.of(
                        doc("q", doc("_id", 1), "u", doc("$set", doc("a.1", 2))),
                        doc("q", doc("_id", 2), "u", doc("$set", doc("a.0.1", 2)))));
        List<Document> events = batch(next(stream));
        assertThat(sub(events.get(0), "updateDescription").get("disambiguatedPaths"))
                .isEqualTo(doc("a.1", List.of("a", "1")));
        assertThat(sub(events.get(1), "updateDescription").get("disambiguatedPaths"))
                .isEqualTo(doc("a.0.1", List.of("a", 0, "1")));
    }

    @Test
    void imagesAreThereIfTheCollectionKeepsThem() {
        rig.run("create", "c", "changeStreamPreAndPostImages", doc("enabled", true));
        rig.insert("c", doc("_id", 1, "x", 1));
        Document stream = open(doc("fullDocument", "required", "fullDocumentBeforeChange", "required"));
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$inc", doc("x", 1)))));
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$inc", doc("x", 1)))));
        Document event = batch(next(stream)).get(0);
        assertThat(event.get("fullDocumentBeforeChange")).isEqualTo(doc("_id", 1, "x", 1));
        assertThat(event.get("fullDocument")).isEqualTo(doc("_id", 1, "x", 2));
    }

    @Test
    void aTokenThatIsProjectedAwayEndsTheStreamForGood() {
        Document stream = open(doc(), doc("$project", doc("_id", 0)));
        rig.insert("c", doc("_id", 1));
        CommandError error = EngineRig.error(() -> next(stream));
        assertThat(error.code()).isEqualTo(280);
        assertThat(error.codeName()).isEqualTo("ChangeStreamFatalError");
        assertThat(error.labels()).contains("NonResumableChangeStreamError");
    }

    @Test
    void unknownStagesAndStandalonesAreRefused() {
        assertThat(EngineRig.error(() -> open(doc(), doc("$fish", 1))).code()).isEqualTo(40324);
        assertThat(EngineRig.error(() -> open(doc(), doc("$limit", 1))).code()).isEqualTo(20);
        EngineRig standalone = new EngineRig(DeploymentKind.STANDALONE, "8.0");
        assertThat(standalone
                        .error("aggregate", "c", "pipeline", List.of(doc("$changeStream", doc())), "cursor", doc())
                        .code())
                .isEqualTo(40573);
    }

    @Test
    void aStreamThatWaitsIsWokenByTheNextWrite() {
        Document stream = open(doc());
        rig.whileWaiting.add(() -> rig.insert("c", doc("_id", 1)));
        assertThat(batch(next(stream))).hasSize(1);
    }

    @Test
    void largeEventsAreSplitIfAskedFor() {
        String large = "x".repeat(7 * 1024 * 1024);
        rig.run("create", "c", "changeStreamPreAndPostImages", doc("enabled", true));
        rig.insert("c", doc("_id", 1, "a", large, "b", large));
        Document stream = open(
                doc("fullDocument", "required", "fullDocumentBeforeChange", "required"),
                doc("$changeStreamSplitLargeEvent", doc()));
        rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$set", doc("c", 1)))));
        Document first = next(stream);
        assertThat(batch(first).get(0).get("splitEvent")).isEqualTo(doc("fragment", 1, "of", 2));
        Document token = token(batch(first).get(0));
        Document resumed = rig.run(
                "aggregate",
                "c",
                "pipeline",
                List.of(
                        doc(
                                "$changeStream",
                                doc(
                                        "resumeAfter",
                                        token,
                                        "fullDocument",
                                        "required",
                                        "fullDocumentBeforeChange",
                                        "required")),
                        doc("$changeStreamSplitLargeEvent", doc())),
                "cursor",
                doc());
        assertThat(batch(resumed).get(0).get("splitEvent")).isEqualTo(doc("fragment", 2, "of", 2));
    }
}
