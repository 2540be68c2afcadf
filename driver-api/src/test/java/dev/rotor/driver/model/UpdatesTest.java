package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.exact;
import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static dev.rotor.driver.model.Updates.addEachToSet;
import static dev.rotor.driver.model.Updates.addToSet;
import static dev.rotor.driver.model.Updates.bitwiseAnd;
import static dev.rotor.driver.model.Updates.bitwiseOr;
import static dev.rotor.driver.model.Updates.bitwiseXor;
import static dev.rotor.driver.model.Updates.combine;
import static dev.rotor.driver.model.Updates.currentDate;
import static dev.rotor.driver.model.Updates.currentTimestamp;
import static dev.rotor.driver.model.Updates.inc;
import static dev.rotor.driver.model.Updates.max;
import static dev.rotor.driver.model.Updates.min;
import static dev.rotor.driver.model.Updates.mul;
import static dev.rotor.driver.model.Updates.popFirst;
import static dev.rotor.driver.model.Updates.popLast;
import static dev.rotor.driver.model.Updates.pull;
import static dev.rotor.driver.model.Updates.pullAll;
import static dev.rotor.driver.model.Updates.pullByFilter;
import static dev.rotor.driver.model.Updates.push;
import static dev.rotor.driver.model.Updates.pushEach;
import static dev.rotor.driver.model.Updates.rename;
import static dev.rotor.driver.model.Updates.set;
import static dev.rotor.driver.model.Updates.setOnInsert;
import static dev.rotor.driver.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdatesTest {

    static List<BuilderCase> cases() {
        return List.of(
                given("combine(Bson[])", () -> combine(set("x", 1), inc("y", 2)), "{$set: {x: 1}, $inc: {y: 2}}"),
                given(
                        "combine(Bson[])",
                        () -> combine(set("x", 1), inc("z", 2), set("y", 3)),
                        "{$set: {x: 1, y: 3}, $inc: {z: 2}}"),
                given("combine(Bson[])", () -> combine(set("x", 1), set("y", 2), set("x", 3)), "{$set: {x: 3, y: 2}}"),
                given(
                        "combine(Bson[])",
                        () -> combine(combine(set("x", 1)), combine(), set("y", 2)),
                        "{$set: {x: 1, y: 2}}"),
                given(
                        "combine(List)",
                        () -> combine(List.of(set("x", null), unset("y"))),
                        "{$set: {x: null}, $unset: {y: ''}}"),
                given("set(Bson)", () -> set(new Document("x", 1).append("y", 2)), "{$set: {x: 1, y: 2}}"),
                given("set(String, Object)", () -> set("x", List.of("a")), "{$set: {x: ['a']}}"),
                given("set(String, Object)", () -> set("x", null), "{$set: {x: null}}"),
                given("unset(String)", () -> unset("x"), "{$unset: {x: ''}}"),
                given("setOnInsert(Bson)", () -> setOnInsert(new Document("x", 1)), "{$setOnInsert: {x: 1}}"),
                given("setOnInsert(String, Object)", () -> setOnInsert("x", 1.5), "{$setOnInsert: {x: 1.5}}"),
                given("rename(String, String)", () -> rename("x", "y"), "{$rename: {x: 'y'}}"),
                given("inc(String, Number)", () -> inc("x", 5L), "{$inc: {x: {$numberLong: '5'}}}"),
                given("mul(String, Number)", () -> mul("x", 1.1), "{$mul: {x: 1.1}}"),
                given("min(String, Object)", () -> min("x", 1), "{$min: {x: 1}}"),
                given("max(String, Object)", () -> max("x", "a"), "{$max: {x: 'a'}}"),
                given("currentDate(String)", () -> currentDate("x"), "{$currentDate: {x: true}}"),
                given(
                        "currentTimestamp(String)",
                        () -> currentTimestamp("x"),
                        "{$currentDate: {x: {$type: 'timestamp'}}}"),
                given("addToSet(String, Object)", () -> addToSet("x", 1), "{$addToSet: {x: 1}}"),
                given(
                        "addEachToSet(String, List)",
                        () -> addEachToSet("x", Arrays.asList(1, null)),
                        "{$addToSet: {x: {$each: [1, null]}}}"),
                given("push(String, Object)", () -> push("x", 1), "{$push: {x: 1}}"),
                given("pushEach(String, List)", () -> pushEach("x", List.of(1, 2)), "{$push: {x: {$each: [1, 2]}}}"),
                given(
                        "pushEach(String, List, PushOptions)",
                        () -> pushEach(
                                "x",
                                List.of(1),
                                PushOptions.DEFAULT.position(0).slice(3).sort(-1)),
                        "{$push: {x: {$each: [1], $position: 0, $slice: 3, $sort: -1}}}"),
                given(
                        "pushEach(String, List, PushOptions)",
                        () -> pushEach("x", List.of(), PushOptions.DEFAULT.sortDocument(Sorts.ascending("y"))),
                        "{$push: {x: {$each: [], $sort: {y: 1}}}}"),
                given("pull(String, Object)", () -> pull("x", 1), "{$pull: {x: 1}}"),
                given("pull(String, Object)", () -> pull("x", Filters.gt("y", 1)), "{$pull: {x: {y: {$gt: 1}}}}"),
                given("pullByFilter(Bson)", () -> pullByFilter(Filters.gte("x", 80)), "{$pull: {x: {$gte: 80}}}"),
                given("pullAll(String, List)", () -> pullAll("x", List.of(1, 2)), "{$pullAll: {x: [1, 2]}}"),
                given("popFirst(String)", () -> popFirst("x"), "{$pop: {x: -1}}"),
                given("popLast(String)", () -> popLast("x"), "{$pop: {x: 1}}"),
                given("bitwiseAnd(String, int)", () -> bitwiseAnd("x", 5), "{$bit: {x: {and: 5}}}"),
                given("bitwiseAnd(String, long)", () -> bitwiseAnd("x", 5L), "{$bit: {x: {and: {$numberLong: '5'}}}}"),
                given("bitwiseOr(String, int)", () -> bitwiseOr("x", 5), "{$bit: {x: {or: 5}}}"),
                given("bitwiseOr(String, long)", () -> bitwiseOr("x", 5L), "{$bit: {x: {or: {$numberLong: '5'}}}}"),
                given("bitwiseXor(String, int)", () -> bitwiseXor("x", 5), "{$bit: {x: {xor: 5}}}"),
                given("bitwiseXor(String, long)", () -> bitwiseXor("x", 5L), "{$bit: {x: {xor: {$numberLong: '5'}}}}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyUpdateIsTheJsonItStandsFor(BuilderCase update) {
        update.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(Updates.class, cases());
    }

    @Test
    void combiningLeavesTheUsersDocumentsAlone() {
        BsonDocument mine = BsonDocument.parse("{$set: {x: 1}}");

        assertThat(exact(combine(mine, set("y", "b")))).contains("\"y\": \"b\"");
        assertThat(mine).isEqualTo(BsonDocument.parse("{$set: {x: 1}}"));
    }

    @Test
    void operatorsThatAreNoDocumentsCannotBeCombined() {
        Bson odd = new Document("$set", 1);

        refused(
                () -> exact(combine(odd, set("x", 1))),
                "updates cannot be combined: $set comes twice, and is not a document each time");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> combine(set("x", 1), nothing()), "updates[1] must not be null");
        refused(() -> set("", 1), "fieldName must not be empty");
        refused(() -> set(nothing()), "value must not be null");
        refused(() -> setOnInsert(nothing()), "value must not be null");
        refused(() -> rename("x", nothing()), "newFieldName must not be null");
        refused(() -> inc("x", nothing()), "number must not be null");
        refused(() -> pushEach("x", nothing()), "values must not be null");
        refused(() -> pushEach("x", List.of(), nothing()), "options must not be null");
        refused(() -> pullByFilter(nothing()), "filter must not be null");
        refused(
                () -> PushOptions.DEFAULT.sort(1).sortDocument(Sorts.ascending("x")),
                "sort and sortDocument exclude each other");
    }
}
