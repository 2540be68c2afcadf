package dev.rotor.testserver.operations;

import static dev.rotor.testserver.operations.EngineRig.batch;
import static dev.rotor.testserver.operations.EngineRig.doc;
import static dev.rotor.testserver.operations.EngineRig.id;
import static dev.rotor.testserver.operations.EngineRig.list;
import static dev.rotor.testserver.operations.EngineRig.sub;
import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrudTest {
    private final EngineRig rig = EngineRig.replicaSet();

    @Test
    void whatIsInsertedIsFound() {
        rig.insert("c", doc("_id", 1, "x", 11), doc("_id", 2, "x", 22));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "x", 11), doc("_id", 2, "x", 22));
        assertThat(batch(rig.run("find", "c", "filter", doc("x", doc("$gt", 11)))))
                .containsExactly(doc("_id", 2, "x", 22));
    }

    @Test
    void aReplyHoldsNothingOfTheStorage() {
        rig.insert("c", doc("_id", 1, "sub", doc("a", 1)));
        sub(rig.all("c").get(0), "sub").put("a", 2);
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "sub", doc("a", 1)));
    }

    @Test
    void aSecondDocumentWithTheSameIdIsAWriteErrorWithItsKey() {
        rig.insert("c", doc("_id", 1));
        Document reply = rig.run("insert", "c", "documents", List.of(doc("_id", 1), doc("_id", 2)));
        assertThat(reply.get("n")).isEqualTo(0);
        Document error = list(reply, "writeErrors").get(0);
        assertThat(error)
                .isEqualTo(doc(
                        "index",
                        0,
                        "code",
                        11000,
                        "errmsg",
                        "E11000 duplicate key error collection: db.c index: _id_ dup key: { _id: 1 }",
                        "keyPattern",
                        doc("_id", 1),
                        "keyValue",
                        doc("_id", 1)));
    }

    @Test
    void aStageThatNoServerKnowsFailsTheUpdateCommandAsAWhole() {
        rig.insert("c", doc("_id", 1));
        CommandError error = rig.error(
                "update",
                "c",
                "updates",
                List.of(
                        doc("q", doc("_id", 1), "u", doc("$set", doc("x", 1))),
                        doc("q", doc("_id", 1), "u", List.of(doc("$nothing", true)))));
        assertThat(error.code()).isEqualTo(40324);
        assertThat(rig.all("c")).containsExactly(doc("_id", 1));
    }

    @Test
    void anUnorderedInsertGoesOnAfterAnError() {
        rig.insert("c", doc("_id", 1));
        Document reply = rig.run("insert", "c", "documents", List.of(doc("_id", 1), doc("_id", 2)), "ordered", false);
        assertThat(reply.get("n")).isEqualTo(1);
        assertThat(rig.all("c")).hasSize(2);
    }

    @Test
    void updatesTellWhatTheyMatchedAndChanged() {
        rig.insert("c", doc("_id", 1, "x", 1), doc("_id", 2, "x", 2));
        Document reply = rig.run(
                "update",
                "c",
                "updates",
                List.of(
                        doc("q", doc(), "u", doc("$set", doc("x", 2)), "multi", true),
                        doc("q", doc("_id", 7), "u", doc("$inc", doc("y", 5)), "upsert", true)));
        assertThat(reply).isEqualTo(doc("n", 3, "nModified", 1, "upserted", List.of(doc("index", 1, "_id", 7))));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "x", 2), doc("_id", 2, "x", 2), doc("_id", 7, "y", 5));
    }

    @Test
    void aReplacementKeepsTheId() {
        rig.insert("c", doc("_id", 1, "x", 1, "y", 2));
        rig.run("update", "c", "updates", List.of(doc("q", doc("x", 1), "u", doc("z.z", 3))));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "z.z", 3));
        Document reply = rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("_id", 2))));
        assertThat(list(reply, "writeErrors").get(0).get("code")).isEqualTo(66);
    }

    @Test
    void pipelinesUpdateToo() {
        rig.insert("c", doc("_id", 1, "x", 1));
        rig.run(
                "update", "c",
                "updates",
                        List.of(doc(
                                "q",
                                doc("_id", 1),
                                "u",
                                List.of(
                                        doc("$set", doc("y", doc("$add", List.of("$x", "$$more")))),
                                        doc("$unset", "x")))),
                "let", doc("more", 10));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "y", 11));
        rig.run(
                "update",
                "c",
                "updates",
                List.of(doc(
                        "q",
                        doc(),
                        "u",
                        List.of(doc(
                                "$replaceWith",
                                doc(
                                        "$setField",
                                        doc("field", doc("$literal", "a.b"), "input", "$$ROOT", "value", 3)))))));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "y", 11, "a.b", 3));
    }

    @Test
    void arrayFiltersChooseElements() {
        rig.insert("c", doc("_id", 1, "y", new ArrayList<>(List.of(doc("b", 3), doc("b", 1)))));
        rig.run(
                "update",
                "c",
                "updates",
                List.of(doc("q", doc(), "u", doc("$set", doc("y.$[i].b", 2)), "arrayFilters", List.of(doc("i.b", 3)))));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "y", List.of(doc("b", 2), doc("b", 1))));
        rig.run("update", "c", "updates", List.of(doc("q", doc("y.b", 1), "u", doc("$set", doc("y.$.b", 9)))));
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "y", List.of(doc("b", 2), doc("b", 9))));
    }

    @Test
    void findAndModifyTellsWhatItDid() {
        rig.insert("c", doc("_id", 1, "x", 11), doc("_id", 2, "x", 22));
        assertThat(rig.run(
                        "findAndModify",
                        "c",
                        "query",
                        doc(),
                        "sort",
                        doc("x", -1),
                        "update",
                        doc("$inc", doc("x", 1)),
                        "fields",
                        doc("_id", 0)))
                .isEqualTo(doc("lastErrorObject", doc("n", 1, "updatedExisting", true), "value", doc("x", 22)));
        assertThat(rig.run(
                        "findAndModify",
                        "c",
                        "query",
                        doc("_id", 5),
                        "update",
                        doc("x", 1),
                        "upsert",
                        true,
                        "new",
                        true))
                .isEqualTo(doc(
                        "lastErrorObject",
                        doc("n", 1, "updatedExisting", false, "upserted", 5),
                        "value",
                        doc("_id", 5, "x", 1)));
        assertThat(rig.run("findAndModify", "c", "query", doc("_id", 9), "remove", true))
                .isEqualTo(doc("lastErrorObject", doc("n", 0), "value", null));
    }

    @Test
    void deletesHonourTheirLimit() {
        rig.insert("c", doc("_id", 1), doc("_id", 2), doc("_id", 3));
        assertThat(rig.run("delete", "c", "deletes", List.of(doc("q", doc(), "limit", 1))))
                .isEqualTo(doc("n", 1));
        assertThat(rig.all("c")).containsExactly(doc("_id", 2), doc("_id", 3));
        assertThat(rig.run("delete", "c", "deletes", List.of(doc("q", doc(), "limit", 0))))
                .isEqualTo(doc("n", 2));
    }

    @Test
    void aCursorGivesItsBatchesAndIsGoneAtTheEnd() {
        rig.insert("c", doc("_id", 1), doc("_id", 2), doc("_id", 3), doc("_id", 4), doc("_id", 5));
        Document first = rig.run("find", "c", "batchSize", 2);
        assertThat(batch(first)).hasSize(2);
        Document second = rig.run("getMore", id(first), "collection", "c", "batchSize", 2);
        assertThat(batch(second)).containsExactly(doc("_id", 3), doc("_id", 4));
        Document third = rig.run("getMore", id(first), "collection", "c");
        assertThat(batch(third)).containsExactly(doc("_id", 5));
        assertThat(id(third)).isZero();
        assertThat(rig.error("getMore", id(first), "collection", "c").code()).isEqualTo(43);
    }

    @Test
    void aLimitEndsTheCursorWithItsBatch() {
        rig.insert("c", doc("_id", 1), doc("_id", 2), doc("_id", 3));
        assertThat(id(rig.run("find", "c", "batchSize", 2, "limit", 2))).isZero();
        assertThat(id(rig.run("find", "c", "batchSize", 2, "singleBatch", true)))
                .isZero();
        assertThat(id(rig.run("find", "c", "batchSize", 3))).isNotZero();
    }

    @Test
    void killedCursorsAreGone() {
        rig.insert("c", doc("_id", 1), doc("_id", 2));
        long cursor = id(rig.run("find", "c", "batchSize", 0));
        Document reply = rig.run("killCursors", "c", "cursors", List.of(cursor, 5L));
        assertThat(reply.get("cursorsKilled")).isEqualTo(List.of(cursor));
        assertThat(reply.get("cursorsNotFound")).isEqualTo(List.of(5L));
        assertThat(rig.error("getMore", cursor, "collection", "c").codeName()).isEqualTo("CursorNotFound");
    }

    @Test
    void unknownArgumentsAndOperatorsAreRefused() {
        CommandError argument = rig.error("find", "c", "fish", 1);
        assertThat(argument.code()).isEqualTo(40415);
        assertThat(argument.message()).isEqualTo("BSON field 'find.fish' is an unknown field.");
        assertThat(rig.error("find", "c", "filter", doc("x", doc("$fish", 1))).message())
                .isEqualTo("unknown operator: $fish");
        Document update = rig.run("update", "c", "updates", List.of(doc("q", doc(), "u", doc("$fish", doc("x", 1)))));
        assertThat(update.toString()).contains("Unknown modifier: $fish");
    }

    @Test
    void argumentsComeWithTheirVersion() {
        EngineRig old = EngineRig.version("4.2");
        assertThat(old.error("find", "c", "let", doc()).message()).contains("Unrecognized field 'let'");
        assertThat(old.error("aggregate", "c", "pipeline", List.of(), "cursor", doc(), "let", doc())
                        .message())
                .contains("unrecognized field 'let'");
        assertThat(old.error("update", "c", "updates", List.of(), "let", doc()).message())
                .contains("'update.let' is an unknown field");
        assertThat(old.error("findAndModify", "c", "update", doc(), "let", doc())
                        .message())
                .contains("field 'let' is an unknown field");
        assertThat(old.error("delete", "c", "deletes", List.of(doc("q", doc(), "limit", 1, "hint", "_id_")))
                        .code())
                .isEqualTo(40415);
        assertThat(old.error("insert", "c", "documents", List.of(doc()), "comment", "why")
                        .code())
                .isEqualTo(40415);
        assertThat(old.error("bulkWrite", 1).code()).isEqualTo(59);
        EngineRig seven = EngineRig.version("7.0");
        assertThat(seven.error("update", "c", "updates", List.of(doc("q", doc(), "u", doc(), "sort", doc("x", 1))))
                        .code())
                .isEqualTo(40415);
    }

    @Test
    void aHintMustNameAnIndexThatIsThere() {
        rig.insert("c", doc("_id", 1));
        assertThat(batch(rig.run("find", "c", "hint", "_id_"))).hasSize(1);
        assertThat(batch(rig.run("find", "c", "hint", doc("_id", 1)))).hasSize(1);
        assertThat(rig.error("find", "c", "hint", "x_1").message())
                .contains("hint provided does not correspond to an existing index");
    }

    @Test
    void aCollationComparesWithoutCase() {
        rig.insert("c", doc("_id", 1, "x", "ping"), doc("_id", 2, "x", "pINg"), doc("_id", 3, "x", "pong"));
        Document collation = doc("locale", "en_US", "strength", 2);
        assertThat(batch(rig.run("find", "c", "filter", doc("x", "PING"), "collation", collation)))
                .hasSize(2);
        assertThat(rig.run("distinct", "c", "key", "x", "collation", collation).get("values"))
                .isEqualTo(List.of("ping", "pong"));
        assertThat(rig.run(
                        "delete",
                        "c",
                        "deletes",
                        List.of(doc("q", doc("x", "PING"), "limit", 0, "collation", collation))))
                .isEqualTo(doc("n", 2));
    }

    @Test
    void aStatementThatWasAppliedIsAnsweredFromItsRecord() {
        EngineRig.Kept kept = new EngineRig.Kept();
        Document command = doc(
                "update",
                "c",
                "updates",
                List.of(doc("q", doc("_id", 1), "u", doc("$inc", doc("x", 1)), "upsert", true)));
        Document first = rig.run("db", command, kept);
        Document again = rig.run("db", command, kept);
        assertThat(again).isEqualTo(first);
        assertThat(rig.all("c")).containsExactly(doc("_id", 1, "x", 1));
    }

    @Test
    void bulkWriteTellsEachOperation() {
        Document reply = rig.admin(
                "bulkWrite", 1,
                "ops",
                        List.of(
                                doc("insert", 0, "document", doc("_id", 1, "x", 1)),
                                doc(
                                        "update",
                                        0,
                                        "filter",
                                        doc("_id", 1),
                                        "updateMods",
                                        doc("$set", doc("x", 2)),
                                        "multi",
                                        false),
                                doc(
                                        "update",
                                        1,
                                        "filter",
                                        doc("_id", 5),
                                        "updateMods",
                                        doc("$set", doc("x", 2)),
                                        "multi",
                                        false,
                                        "upsert",
                                        true),
                                doc("insert", 0, "document", doc("_id", 1)),
                                doc("delete", 0, "filter", doc(), "multi", true)),
                "nsInfo", List.of(doc("ns", "db.a"), doc("ns", "db.b")));
        assertThat(reply.get("nErrors")).isEqualTo(1);
        assertThat(reply.get("nInserted")).isEqualTo(1);
        assertThat(reply.get("nModified")).isEqualTo(1);
        assertThat(reply.get("nUpserted")).isEqualTo(1);
        assertThat(reply.get("nDeleted")).isEqualTo(0);
        assertThat(batch(reply)).hasSize(4);
        assertThat(batch(reply).get(2))
                .isEqualTo(doc("ok", 1.0, "idx", 2, "n", 1, "nModified", 0, "upserted", doc("_id", 5)));
        assertThat(batch(reply).get(3).get("code")).isEqualTo(11000);
    }

    @Test
    void nullIsAnId() {
        rig.run(
                "update",
                "c",
                "updates",
                List.of(doc("q", doc("_id", null), "u", doc("$unset", doc("a", "")), "upsert", true)));
        assertThat(rig.all("c")).containsExactly(doc("_id", null));
        rig.run("update", "c", "updates", List.of(doc("q", doc("_id", null), "u", doc("x", 1))));
        assertThat(rig.all("c")).containsExactly(doc("_id", null, "x", 1));
    }

    @Test
    void namesWithDollarSignsComeWithFive() {
        EngineRig old = EngineRig.version("4.4");
        old.insert("c", doc("_id", 1, "a", doc("$b", 1)));
        assertThat(old.run("insert", "c", "documents", List.of(doc("_id", 2, "$a", 1)))
                        .containsKey("writeErrors"))
                .isTrue();
        assertThat(old.run("update", "c", "updates", List.of(doc("q", doc("_id", 1), "u", doc("a", doc("$b", 2)))))
                        .containsKey("writeErrors"))
                .isTrue();
        rig.insert("c", doc("_id", 2, "$a", 1));
        assertThat(rig.run("insert", "c", "documents", List.of(doc("_id", doc("$a", 1))))
                        .containsKey("writeErrors"))
                .isTrue();
    }
}
