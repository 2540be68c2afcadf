package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;

import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionsSortsIndexesTest {

    static List<BuilderCase> projections() {
        return List.of(
                given("computed(String, Object)", () -> Projections.computed("c", "$y"), "{c: '$y'}"),
                given(
                        "computed(String, Object)",
                        () -> Projections.computed("c", Document.parse("{$add: ['$x', 1]}")),
                        "{c: {$add: ['$x', 1]}}"),
                given("computedSearchMeta(String)", () -> Projections.computedSearchMeta("m"), "{m: '$$SEARCH_META'}"),
                given("include(String[])", () -> Projections.include("x", "y", "x"), "{x: 1, y: 1}"),
                given("include(List)", () -> Projections.include(List.of("x")), "{x: 1}"),
                given("exclude(String[])", () -> Projections.exclude("x", "y"), "{x: 0, y: 0}"),
                given("exclude(List)", () -> Projections.exclude(List.of()), "{}"),
                given("excludeId()", () -> Projections.excludeId(), "{_id: 0}"),
                given("elemMatch(String)", () -> Projections.elemMatch("x"), "{'x.$': 1}"),
                given(
                        "elemMatch(String, Bson)",
                        () -> Projections.elemMatch("x", Filters.eq("y", 1)),
                        "{x: {$elemMatch: {y: 1}}}"),
                given("meta(String, String)", () -> Projections.meta("k", "indexKey"), "{k: {$meta: 'indexKey'}}"),
                given("metaTextScore(String)", () -> Projections.metaTextScore("s"), "{s: {$meta: 'textScore'}}"),
                given("metaSearchScore(String)", () -> Projections.metaSearchScore("s"), "{s: {$meta: 'searchScore'}}"),
                given(
                        "metaVectorSearchScore(String)",
                        () -> Projections.metaVectorSearchScore("s"),
                        "{s: {$meta: 'vectorSearchScore'}}"),
                given(
                        "metaSearchHighlights(String)",
                        () -> Projections.metaSearchHighlights("s"),
                        "{s: {$meta: 'searchHighlights'}}"),
                given("slice(String, int)", () -> Projections.slice("x", -5), "{x: {$slice: -5}}"),
                given("slice(String, int, int)", () -> Projections.slice("x", 5, 10), "{x: {$slice: [5, 10]}}"),
                given(
                        "fields(Bson[])",
                        () -> Projections.fields(Projections.include("x", "y"), Projections.excludeId()),
                        "{x: 1, y: 1, _id: 0}"),
                given(
                        "fields(List)",
                        () -> Projections.fields(List.of(Projections.include("x", "y"), Projections.exclude("x"))),
                        "{y: 1, x: 0}"));
    }

    static List<BuilderCase> sorts() {
        return List.of(
                given("ascending(String[])", () -> Sorts.ascending("x", "y"), "{x: 1, y: 1}"),
                given("ascending(List)", () -> Sorts.ascending(List.of("x")), "{x: 1}"),
                given("descending(String[])", () -> Sorts.descending("x"), "{x: -1}"),
                given("descending(List)", () -> Sorts.descending(List.of("x", "y")), "{x: -1, y: -1}"),
                given("metaTextScore(String)", () -> Sorts.metaTextScore("s"), "{s: {$meta: 'textScore'}}"),
                given(
                        "orderBy(Bson[])",
                        () -> Sorts.orderBy(Sorts.ascending("x"), Sorts.descending("y")),
                        "{x: 1, y: -1}"),
                given(
                        "orderBy(List)",
                        () -> Sorts.orderBy(List.of(Sorts.ascending("x", "y"), Sorts.descending("x"))),
                        "{x: -1, y: 1}"));
    }

    static List<BuilderCase> indexes() {
        return List.of(
                given("ascending(String[])", () -> Indexes.ascending("x", "y"), "{x: 1, y: 1}"),
                given("ascending(List)", () -> Indexes.ascending(List.of("x")), "{x: 1}"),
                given("descending(String[])", () -> Indexes.descending("x"), "{x: -1}"),
                given("descending(List)", () -> Indexes.descending(List.of("x", "y")), "{x: -1, y: -1}"),
                given("geo2dsphere(String[])", () -> Indexes.geo2dsphere("x", "y"), "{x: '2dsphere', y: '2dsphere'}"),
                given("geo2dsphere(List)", () -> Indexes.geo2dsphere(List.of("x")), "{x: '2dsphere'}"),
                given("geo2d(String)", () -> Indexes.geo2d("x"), "{x: '2d'}"),
                given("text(String)", () -> Indexes.text("x"), "{x: 'text'}"),
                given("text()", () -> Indexes.text(), "{'$**': 'text'}"),
                given("hashed(String)", () -> Indexes.hashed("x"), "{x: 'hashed'}"),
                given(
                        "compoundIndex(Bson[])",
                        () -> Indexes.compoundIndex(Indexes.ascending("x"), Indexes.descending("y")),
                        "{x: 1, y: -1}"),
                given(
                        "compoundIndex(List)",
                        () -> Indexes.compoundIndex(List.of(Indexes.geo2dsphere("x"), Indexes.hashed("y"))),
                        "{x: '2dsphere', y: 'hashed'}"));
    }

    @ParameterizedTest
    @MethodSource({"projections", "sorts", "indexes"})
    void everyValueIsTheJsonItStandsFor(BuilderCase value) {
        value.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(Projections.class, projections());
        BuilderCase.checkComplete(Sorts.class, sorts());
        BuilderCase.checkComplete(Indexes.class, indexes());
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> Projections.computed("x", nothing()), "expression must not be null");
        refused(() -> Projections.include("x", nothing()), "fieldNames[1] must not be null");
        refused(() -> Projections.exclude(""), "fieldNames must not be empty");
        refused(() -> Projections.elemMatch("x", nothing()), "filter must not be null");
        refused(() -> Projections.meta("x", nothing()), "metaFieldName must not be null");
        refused(() -> Projections.slice("x", 1, 0), "limit must be at least 1, not 0");
        refused(() -> Sorts.ascending("a\0"), "fieldNames must not contain a NUL character");
        refused(() -> Sorts.orderBy(Sorts.ascending("x"), nothing()), "sorts[1] must not be null");
        refused(() -> Indexes.ascending(), "fieldNames must not be empty");
        refused(() -> Indexes.compoundIndex(), "indexes must not be empty");
        refused(() -> Indexes.hashed(nothing()), "fieldName must not be null");
    }
}
