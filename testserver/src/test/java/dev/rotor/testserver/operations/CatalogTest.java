package dev.rotor.testserver.operations;

import static dev.rotor.testserver.operations.EngineRig.batch;
import static dev.rotor.testserver.operations.EngineRig.doc;
import static dev.rotor.testserver.operations.EngineRig.id;
import static dev.rotor.testserver.operations.EngineRig.list;
import static dev.rotor.testserver.operations.EngineRig.sub;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final EngineRig rig = EngineRig.replicaSet();

    @Test
    void collectionsAreListedWithTheirOptions() {
        rig.run("create", "c", "capped", true, "size", 512, "max", 3);
        rig.run("create", "v", "viewOn", "c", "pipeline", List.of(doc("$match", doc("x", 1))));
        List<Document> found = batch(rig.run("listCollections", 1, "filter", doc("name", "c")));
        assertThat(found.get(0).get("options")).isEqualTo(doc("capped", true, "size", 512L, "max", 3));
        assertThat(found.get(0).get("type")).isEqualTo("collection");
        assertThat(batch(rig.run("listCollections", 1, "nameOnly", true))).contains(doc("name", "v", "type", "view"));
        assertThat(rig.error("create", "c").code()).isEqualTo(48);
    }

    @Test
    void aViewShowsWhatItsPipelineGives() {
        rig.insert("c", doc("_id", 1, "x", 1), doc("_id", 2, "x", 2));
        rig.run(
                "create",
                "v",
                "viewOn",
                "c",
                "pipeline",
                List.of(doc("$match", doc("x", 2)), doc("$project", doc("x", 0))));
        assertThat(rig.all("v")).containsExactly(doc("_id", 2));
        assertThat(rig.run("count", "v")).isEqualTo(doc("n", 1));
        Document reply = rig.run("insert", "v", "documents", List.of(doc("_id", 3)));
        assertThat(list(reply, "writeErrors").get(0).get("code")).isEqualTo(166);
    }

    @Test
    void aCappedCollectionLosesItsOldest() {
        rig.run("create", "c", "capped", true, "size", 4096, "max", 2);
        rig.insert("c", doc("_id", 1), doc("_id", 2), doc("_id", 3));
        assertThat(rig.all("c")).containsExactly(doc("_id", 2), doc("_id", 3));
    }

    @Test
    void aTailableCursorWaitsForTheNextDocument() {
        rig.run("create", "c", "capped", true, "size", 4096);
        assertThat(id(rig.run("find", "c", "tailable", true))).isZero();
        rig.insert("c", doc("_id", 1));
        Document cursor = rig.run("find", "c", "tailable", true, "awaitData", true);
        assertThat(batch(cursor)).hasSize(1);
        rig.whileWaiting.add(() -> rig.insert("c", doc("_id", 2)));
        assertThat(batch(rig.run("getMore", id(cursor), "collection", "c"))).containsExactly(doc("_id", 2));
        assertThat(batch(rig.run("getMore", id(cursor), "collection", "c", "maxTimeMS", 5)))
                .isEmpty();
        rig.insert("d", doc("_id", 1));
        assertThat(rig.error("find", "d", "tailable", true).code()).isEqualTo(2);
    }

    @Test
    void aTailableCursorSkipsOnceAndHasNoOtherOrder() {
        rig.run("create", "c", "capped", true, "size", 4096);
        rig.insert("c", doc("_id", 1), doc("_id", 2), doc("_id", 3));
        Document cursor = rig.run("find", "c", "tailable", true, "skip", 2);
        assertThat(batch(cursor)).containsExactly(doc("_id", 3));
        rig.insert("c", doc("_id", 4));
        assertThat(batch(rig.run("getMore", id(cursor), "collection", "c"))).containsExactly(doc("_id", 4));
        assertThat(rig.error("find", "c", "tailable", true, "sort", doc("_id", 1))
                        .code())
                .isEqualTo(2);
        assertThat(rig.error("find", "c", "tailable", true, "singleBatch", true).code())
                .isEqualTo(2);
    }

    @Test
    void aValidatorRefusesWithDetails() {
        rig.run("create", "c", "validator", doc("x", doc("$type", "string")));
        rig.insert("c", doc("_id", 1, "x", "foo"));
        CommandError error =
                rig.error("findAndModify", "c", "query", doc("_id", 1), "update", doc("$set", doc("x", 1)));
        assertThat(error.code()).isEqualTo(121);
        Document info = sub(error.extra(), "errInfo");
        assertThat(info.get("failingDocumentId")).isEqualTo(1);
        assertThat(info.get("details")).isInstanceOf(Document.class);
        rig.run("insert", "c", "documents", List.of(doc("_id", 2)), "bypassDocumentValidation", true);
        assertThat(rig.all("c")).hasSize(2);
    }

    @Test
    void anIndexIsMadeUniqueOnlyWithoutDuplicates() {
        rig.insert("c", doc("_id", 1, "x", 1), doc("_id", 2, "x", 1));
        rig.run("createIndexes", "c", "indexes", List.of(doc("key", doc("x", 1), "name", "x_1")));
        rig.run("collMod", "c", "index", doc("keyPattern", doc("x", 1), "prepareUnique", true));
        assertThat(rig.run("insert", "c", "documents", List.of(doc("_id", 3, "x", 1)))
                        .toString())
                .contains("E11000");
        CommandError error = rig.error("collMod", "c", "index", doc("keyPattern", doc("x", 1), "unique", true));
        assertThat(error.code()).isEqualTo(359);
        assertThat(error.extra().get("violations")).isEqualTo(List.of(doc("ids", List.of(1, 2))));
        rig.run("delete", "c", "deletes", List.of(doc("q", doc("_id", 2), "limit", 1)));
        rig.run("collMod", "c", "index", doc("keyPattern", doc("x", 1), "unique", true));
        assertThat(batch(rig.run("listIndexes", "c")).get(1).get("unique")).isEqualTo(true);
    }

    @Test
    void indexesAreCreatedListedAndDropped() {
        Document reply = rig.run(
                "createIndexes",
                "c",
                "indexes",
                List.of(doc("key", doc("x", 1), "name", "x_1"), doc("key", doc("$**", 1), "name", "all")));
        assertThat(reply)
                .isEqualTo(doc("numIndexesBefore", 1, "numIndexesAfter", 3, "createdCollectionAutomatically", true));
        rig.run("createIndexes", "d", "indexes", List.of(doc("key", doc("x", 1), "name", "x_1")));
        rig.run("dropIndexes", "c", "index", "*");
        assertThat(batch(rig.run("listIndexes", "c"))).hasSize(1);
        assertThat(batch(rig.run("listIndexes", "d"))).hasSize(2);
        assertThat(rig.error("dropIndexes", "c", "index", "x_1").code()).isEqualTo(27);
        assertThat(rig.error("listIndexes", "nowhere").code()).isEqualTo(26);
    }

    @Test
    void dropsTellWhatWasThere() {
        rig.insert("c", doc("_id", 1));
        assertThat(rig.run("drop", "c")).isEqualTo(doc("nIndexesWas", 1, "ns", "db.c"));
        assertThat(rig.run("drop", "c")).isEmpty();
        assertThat(EngineRig.version("6.0").error("drop", "c").code()).isEqualTo(26);
        rig.insert("c", doc("_id", 1));
        assertThat(rig.run("dropDatabase", 1)).isEqualTo(doc("dropped", "db"));
        assertThat(rig.admin("listDatabases", 1, "nameOnly", true, "filter", doc("name", "db")))
                .isEqualTo(doc("databases", List.of()));
    }

    @Test
    void outReplacesAndMergeCombines() {
        rig.insert("c", doc("_id", 1, "x", 1), doc("_id", 2, "x", 2));
        rig.insert("o", doc("_id", 9));
        rig.run(
                "aggregate",
                "c",
                "pipeline",
                List.of(doc("$match", doc("x", 2)), doc("$out", doc("db", "db", "coll", "o"))),
                "cursor",
                doc());
        assertThat(rig.all("o")).containsExactly(doc("_id", 2, "x", 2));
        rig.run(
                "aggregate",
                "c",
                "pipeline",
                List.of(doc("$project", doc("y", "$x")), doc("$merge", doc("into", "o"))),
                "cursor",
                doc());
        assertThat(rig.all("o")).containsExactly(doc("_id", 2, "x", 2, "y", 2), doc("_id", 1, "y", 1));
        CommandError error = rig.error(
                "aggregate",
                "c",
                "pipeline",
                List.of(doc("$merge", doc("into", "o", "whenMatched", "fail"))),
                "cursor",
                doc());
        assertThat(error.code()).isEqualTo(11000);
        assertThat(error.extra().get("keyPattern")).isEqualTo(doc("_id", 1));
    }

    @Test
    void pipelinesDoWhatTheirStagesSay() {
        rig.insert("c", doc("_id", 1, "x", 1), doc("_id", 2, "x", 2), doc("_id", 3, "x", 2));
        assertThat(batch(rig.run(
                        "aggregate",
                        "c",
                        "pipeline",
                        List.of(doc("$match", doc("x", 2)), doc("$group", doc("_id", 1, "n", doc("$sum", 1)))),
                        "cursor",
                        doc())))
                .containsExactly(doc("_id", 1, "n", 2));
        assertThat(batch(rig.run(
                        "aggregate",
                        1,
                        "pipeline",
                        List.of(
                                doc("$documents", List.of(doc("a", 1))),
                                doc("$set", doc("b", doc("$add", List.of("$a", "$$i"))))),
                        "cursor",
                        doc(),
                        "let",
                        doc("i", 5))))
                .containsExactly(doc("a", 1, "b", 6));
        assertThat(batch(rig.run(
                        "aggregate",
                        "c",
                        "pipeline",
                        List.of(
                                doc("$sort", doc("x", -1, "_id", 1)),
                                doc("$limit", 1),
                                doc("$unionWith", "c"),
                                doc("$count", "n")),
                        "cursor",
                        doc())))
                .containsExactly(doc("n", 4));
        assertThat(batch(rig.run(
                        "aggregate",
                        "c",
                        "pipeline",
                        List.of(
                                doc("$match", doc("_id", 1)),
                                doc("$lookup", doc("from", "c", "localField", "x", "foreignField", "_id", "as", "j"))),
                        "cursor",
                        doc())))
                .containsExactly(doc("_id", 1, "x", 1, "j", List.of(doc("_id", 1, "x", 1))));
        assertThat(rig.error("aggregate", "c", "pipeline", List.of(doc("$unsupported", "foo")), "cursor", doc())
                        .code())
                .isEqualTo(40324);
        assertThat(rig.error("aggregate", "c", "pipeline", List.of(doc("$listSearchIndexes", doc())), "cursor", doc())
                        .message())
                .contains("Atlas");
        Document empty = rig.run("aggregate", "c", "pipeline", List.of(), "cursor", doc("batchSize", 0));
        assertThat(batch(empty)).isEmpty();
        assertThat(id(empty)).isNotZero();
    }
}
