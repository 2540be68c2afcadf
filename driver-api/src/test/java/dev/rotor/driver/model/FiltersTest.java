package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.exact;
import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.Filters.all;
import static dev.rotor.driver.model.Filters.and;
import static dev.rotor.driver.model.Filters.bitsAllClear;
import static dev.rotor.driver.model.Filters.bitsAllSet;
import static dev.rotor.driver.model.Filters.bitsAnyClear;
import static dev.rotor.driver.model.Filters.bitsAnySet;
import static dev.rotor.driver.model.Filters.elemMatch;
import static dev.rotor.driver.model.Filters.empty;
import static dev.rotor.driver.model.Filters.eq;
import static dev.rotor.driver.model.Filters.exists;
import static dev.rotor.driver.model.Filters.expr;
import static dev.rotor.driver.model.Filters.geoIntersects;
import static dev.rotor.driver.model.Filters.geoWithin;
import static dev.rotor.driver.model.Filters.geoWithinBox;
import static dev.rotor.driver.model.Filters.geoWithinCenter;
import static dev.rotor.driver.model.Filters.geoWithinCenterSphere;
import static dev.rotor.driver.model.Filters.geoWithinPolygon;
import static dev.rotor.driver.model.Filters.gt;
import static dev.rotor.driver.model.Filters.gte;
import static dev.rotor.driver.model.Filters.in;
import static dev.rotor.driver.model.Filters.jsonSchema;
import static dev.rotor.driver.model.Filters.lt;
import static dev.rotor.driver.model.Filters.lte;
import static dev.rotor.driver.model.Filters.mod;
import static dev.rotor.driver.model.Filters.ne;
import static dev.rotor.driver.model.Filters.near;
import static dev.rotor.driver.model.Filters.nearSphere;
import static dev.rotor.driver.model.Filters.nin;
import static dev.rotor.driver.model.Filters.nor;
import static dev.rotor.driver.model.Filters.not;
import static dev.rotor.driver.model.Filters.or;
import static dev.rotor.driver.model.Filters.regex;
import static dev.rotor.driver.model.Filters.size;
import static dev.rotor.driver.model.Filters.text;
import static dev.rotor.driver.model.Filters.type;
import static dev.rotor.driver.model.Filters.where;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.geojson.Polygon;
import dev.rotor.driver.model.geojson.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FiltersTest {

    private static final Point POINT = new Point(new Position(1, 2));
    private static final String POINT_JSON = "{type: 'Point', coordinates: [1.0, 2.0]}";
    private static final Bson POINT_DOCUMENT = Document.parse(POINT_JSON);
    private static final Polygon SQUARE = new Polygon(List.of(
            new Position(0, 0), new Position(0, 1), new Position(1, 1), new Position(1, 0), new Position(0, 0)));
    private static final String SQUARE_JSON =
            "{type: 'Polygon', coordinates: [[[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]]}";

    static List<BuilderCase> cases() {
        return List.of(
                given("eq(Object)", () -> eq(1), "{_id: 1}"),
                given("eq(String, Object)", () -> eq("x", "a"), "{x: 'a'}"),
                given("eq(String, Object)", () -> eq("x", null), "{x: null}"),
                given("eq(String, Object)", () -> eq("x", List.of(1, 2)), "{x: [1, 2]}"),
                given("eq(String, Object)", () -> eq("x", new Document("y", 1)), "{x: {y: 1}}"),
                given("eq(String, Object)", () -> eq("x", gt("y", 1)), "{x: {y: {$gt: 1}}}"),
                given("ne(String, Object)", () -> ne("x", null), "{x: {$ne: null}}"),
                given("gt(String, Object)", () -> gt("x", 1L), "{x: {$gt: {$numberLong: '1'}}}"),
                given("lt(String, Object)", () -> lt("x", 1.5), "{x: {$lt: 1.5}}"),
                given("gte(String, Object)", () -> gte("x", "a"), "{x: {$gte: 'a'}}"),
                given("lte(String, Object)", () -> lte("x", true), "{x: {$lte: true}}"),
                given("in(String, Object[])", () -> in("x", 1, "a", null), "{x: {$in: [1, 'a', null]}}"),
                given("in(String, Object[])", () -> in("x"), "{x: {$in: []}}"),
                given("in(String, Iterable)", () -> in("x", List.of(1, 2)), "{x: {$in: [1, 2]}}"),
                given("nin(String, Object[])", () -> nin("x", 1, 2), "{x: {$nin: [1, 2]}}"),
                given("nin(String, Iterable)", () -> nin("x", Arrays.asList(1, null)), "{x: {$nin: [1, null]}}"),
                given("and(Iterable)", () -> and(List.of(eq("x", 1))), "{$and: [{x: 1}]}"),
                given("and(Bson[])", () -> and(eq("x", 1), eq("y", 2)), "{$and: [{x: 1}, {y: 2}]}"),
                given("and(Bson[])", () -> and(and(eq("x", 1)), empty()), "{$and: [{$and: [{x: 1}]}, {}]}"),
                given("or(Iterable)", () -> or(List.of(eq("x", 1))), "{$or: [{x: 1}]}"),
                given("or(Bson[])", () -> or(eq("x", 1), gt("y", 2)), "{$or: [{x: 1}, {y: {$gt: 2}}]}"),
                given("nor(Iterable)", () -> nor(List.of(eq("x", 1))), "{$nor: [{x: 1}]}"),
                given("nor(Bson[])", () -> nor(eq("x", 1), eq("y", 2)), "{$nor: [{x: 1}, {y: 2}]}"),
                given("not(Bson)", () -> not(gt("x", 1)), "{x: {$not: {$gt: 1}}}"),
                given("not(Bson)", () -> not(eq("x", 1)), "{x: {$not: {$eq: 1}}}"),
                given("not(Bson)", () -> not(eq("x", null)), "{x: {$not: {$eq: null}}}"),
                given("not(Bson)", () -> not(eq("x", new Document("y", 1))), "{x: {$not: {$eq: {y: 1}}}}"),
                given("not(Bson)", () -> not(regex("x", "^a")), "{x: {$not: {$regex: '^a', $options: ''}}}"),
                given(
                        "not(Bson)",
                        () -> not(and(gt("x", 1), lt("x", 5))),
                        "{$not: {$and: [{x: {$gt: 1}}, {x: {$lt: 5}}]}}"),
                given("not(Bson)", () -> not(new Document("x", 1).append("y", 2)), "{$not: {$and: [{x: 1}, {y: 2}]}}"),
                given("not(Bson)", () -> not(not(gt("x", 1))), "{x: {$not: {$not: {$gt: 1}}}}"),
                given(
                        "not(Bson)",
                        () -> not(eq("x", new Document("$ref", "c").append("$id", 1))),
                        "{x: {$not: {$eq: {$ref: 'c', $id: 1}}}}"),
                given(
                        "not(Bson)",
                        () -> not(eq(
                                "x", new Document("$ref", "c").append("$id", 1).append("$db", "d"))),
                        "{x: {$not: {$eq: {$ref: 'c', $id: 1, $db: 'd'}}}}"),
                given("exists(String)", () -> exists("x"), "{x: {$exists: true}}"),
                given("exists(String, boolean)", () -> exists("x", false), "{x: {$exists: false}}"),
                given("type(String, BsonType)", () -> type("x", BsonType.ARRAY), "{x: {$type: 4}}"),
                given("type(String, BsonType)", () -> type("x", BsonType.MIN_KEY), "{x: {$type: 255}}"),
                given("type(String, String)", () -> type("x", "number"), "{x: {$type: 'number'}}"),
                given(
                        "mod(String, long, long)",
                        () -> mod("x", 10, 1),
                        "{x: {$mod: [{$numberLong: '10'}, {$numberLong: '1'}]}}"),
                given(
                        "regex(String, String)",
                        () -> regex("x", "a.*"),
                        "{x: {$regularExpression: {pattern: 'a.*', options: ''}}}"),
                given(
                        "regex(String, String, String)",
                        () -> regex("x", "a.*", "si"),
                        "{x: {$regularExpression: {pattern: 'a.*', options: 'is'}}}"),
                given(
                        "regex(String, String, String)",
                        () -> regex("x", "a.*", null),
                        "{x: {$regularExpression: {pattern: 'a.*', options: ''}}}"),
                given(
                        "regex(String, Pattern)",
                        () -> regex(
                                "x",
                                Pattern.compile(
                                        "a.*",
                                        Pattern.CASE_INSENSITIVE
                                                | Pattern.MULTILINE
                                                | Pattern.DOTALL
                                                | Pattern.COMMENTS)),
                        "{x: {$regularExpression: {pattern: 'a.*', options: 'imsx'}}}"),
                given("text(String)", () -> text("tea"), "{$text: {$search: 'tea'}}"),
                given(
                        "text(String, TextSearchOptions)",
                        () -> text(
                                "tea",
                                TextSearchOptions.DEFAULT
                                        .language("en")
                                        .caseSensitive(true)
                                        .diacriticSensitive(false)),
                        "{$text: {$search: 'tea', $language: 'en', $caseSensitive: true, $diacriticSensitive: false}}"),
                given("where(String)", () -> where("this.a == this.b"), "{$where: 'this.a == this.b'}"),
                given(
                        "expr(Object)",
                        () -> expr(Document.parse("{$gt: ['$a', '$b']}")),
                        "{$expr: {$gt: ['$a', '$b']}}"),
                given("all(String, Object[])", () -> all("x", 1, 2), "{x: {$all: [1, 2]}}"),
                given("all(String, Iterable)", () -> all("x", List.of("a")), "{x: {$all: ['a']}}"),
                given(
                        "elemMatch(String, Bson)",
                        () -> elemMatch("x", and(eq("a", 1))),
                        "{x: {$elemMatch: {$and: [{a: 1}]}}}"),
                given("size(String, int)", () -> size("x", 3), "{x: {$size: 3}}"),
                given(
                        "bitsAllClear(String, long)",
                        () -> bitsAllClear("x", 13),
                        "{x: {$bitsAllClear: {$numberLong: '13'}}}"),
                given("bitsAllSet(String, long)", () -> bitsAllSet("x", 13), "{x: {$bitsAllSet: {$numberLong: '13'}}}"),
                given(
                        "bitsAnyClear(String, long)",
                        () -> bitsAnyClear("x", 13),
                        "{x: {$bitsAnyClear: {$numberLong: '13'}}}"),
                given("bitsAnySet(String, long)", () -> bitsAnySet("x", 13), "{x: {$bitsAnySet: {$numberLong: '13'}}}"),
                given(
                        "geoWithin(String, Geometry)",
                        () -> geoWithin("x", SQUARE),
                        "{x: {$geoWithin: {$geometry: " + SQUARE_JSON + "}}}"),
                given(
                        "geoWithin(String, Bson)",
                        () -> geoWithin("x", BsonDocument.parse(SQUARE_JSON)),
                        "{x: {$geoWithin: {$geometry: " + SQUARE_JSON + "}}}"),
                given(
                        "geoWithinBox(String, double, double, double, double)",
                        () -> geoWithinBox("x", 1, 2, 3, 4),
                        "{x: {$geoWithin: {$box: [[1.0, 2.0], [3.0, 4.0]]}}}"),
                given(
                        "geoWithinPolygon(String, List)",
                        () -> geoWithinPolygon("x", List.of(List.of(0.0, 0.0), List.of(1.0, 2.0), List.of(2.0, 0.0))),
                        "{x: {$geoWithin: {$polygon: [[0.0, 0.0], [1.0, 2.0], [2.0, 0.0]]}}}"),
                given(
                        "geoWithinCenter(String, double, double, double)",
                        () -> geoWithinCenter("x", 1, 2, 3),
                        "{x: {$geoWithin: {$center: [[1.0, 2.0], 3.0]}}}"),
                given(
                        "geoWithinCenterSphere(String, double, double, double)",
                        () -> geoWithinCenterSphere("x", 1, 2, 3),
                        "{x: {$geoWithin: {$centerSphere: [[1.0, 2.0], 3.0]}}}"),
                given(
                        "geoIntersects(String, Bson)",
                        () -> geoIntersects("x", POINT_DOCUMENT),
                        "{x: {$geoIntersects: {$geometry: " + POINT_JSON + "}}}"),
                given(
                        "geoIntersects(String, Geometry)",
                        () -> geoIntersects("x", POINT),
                        "{x: {$geoIntersects: {$geometry: " + POINT_JSON + "}}}"),
                given(
                        "near(String, Point, Double, Double)",
                        () -> near("x", POINT, 5.0, 1.0),
                        "{x: {$near: {$geometry: " + POINT_JSON + ", $maxDistance: 5.0, $minDistance: 1.0}}}"),
                given(
                        "near(String, Bson, Double, Double)",
                        () -> near("x", POINT_DOCUMENT, null, 1.0),
                        "{x: {$near: {$geometry: " + POINT_JSON + ", $minDistance: 1.0}}}"),
                given(
                        "near(String, double, double, Double, Double)",
                        () -> near("x", 1, 2, 5.0, null),
                        "{x: {$near: [1.0, 2.0], $maxDistance: 5.0}}"),
                given(
                        "nearSphere(String, Point, Double, Double)",
                        () -> nearSphere("x", POINT, null, null),
                        "{x: {$nearSphere: {$geometry: " + POINT_JSON + "}}}"),
                given(
                        "nearSphere(String, Bson, Double, Double)",
                        () -> nearSphere("x", POINT_DOCUMENT, 5.0, 1.0),
                        "{x: {$nearSphere: {$geometry: " + POINT_JSON + ", $maxDistance: 5.0, $minDistance: 1.0}}}"),
                given(
                        "nearSphere(String, double, double, Double, Double)",
                        () -> nearSphere("x", 1, 2, 5.0, 1.0),
                        "{x: {$nearSphere: [1.0, 2.0], $maxDistance: 5.0, $minDistance: 1.0}}"),
                given(
                        "jsonSchema(Bson)",
                        () -> jsonSchema(new Document("bsonType", "object")),
                        "{$jsonSchema: {bsonType: 'object'}}"),
                given("empty()", () -> empty(), "{}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFilterIsTheJsonItStandsFor(BuilderCase filter) {
        filter.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(Filters.class, cases());
    }

    private enum Colour {
        RED
    }

    private record Pair(int left, String right) {}

    @Test
    void valuesOfUserTypesAreEncodedByTheRegistryAtUse() {
        assertThat(exact(eq("x", Colour.RED))).isEqualTo("{\"x\": \"RED\"}");
        assertThat(exact(in("x", Colour.RED, new Document("a", 1).toBsonDocument())))
                .isEqualTo("{\"x\": {\"$in\": [\"RED\", {\"a\": {\"$numberInt\": \"1\"}}]}}");
    }

    @Test
    void aGeometryIsAValueLikeAnyOther() {
        assertThat(exact(eq("x", POINT)))
                .isEqualTo("{\"x\": {\"type\": \"Point\", \"coordinates\": "
                        + "[{\"$numberDouble\": \"1.0\"}, {\"$numberDouble\": \"2.0\"}]}}");
    }

    @Test
    void aValueWithoutACodecFailsAtUseAndPrintsAllTheSame() {
        Bson filter = eq("x", new Thread("t"));

        assertThatThrownBy(() -> exact(filter)).isInstanceOf(CodecConfigurationException.class);
        assertThat(filter.toString()).contains("\"x\": \"Thread[");
        assertThat(eq("x", new Pair(1, "b"))).hasToString("{\"x\": \"Pair[left=1, right=b]\"}");
    }

    @Test
    void aFilterKeepsItsOwnCopyOfTheValues() {
        List<Integer> values = new ArrayList<>(List.of(1));
        Bson filter = in("x", values);
        values.add(2);

        assertThat(filter).isEqualTo(in("x", 1));
    }

    @Test
    void filtersThatDifferAreNotEqual() {
        assertThat(eq("x", 1)).isNotEqualTo(eq("x", 2)).isNotEqualTo(eq("y", 1)).isNotEqualTo(ne("x", 1));
        assertThat(eq("x", new byte[] {1})).isEqualTo(eq("x", new byte[] {1})).hasSameHashCodeAs(eq("x", new byte[] {1
        }));
        assertThat(not(eq("x", 1))).isNotEqualTo(not(eq("x", 2)));
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> eq(nothing(), 1), "fieldName must not be null");
        refused(() -> gt("a\0b", 1), "fieldName must not contain a NUL character");
        refused(() -> in("x", RefusedArguments.<List<Integer>>nothing()), "values must not be null");
        refused(() -> and(), "filters must not be empty");
        refused(() -> or(List.of()), "filters must not be empty");
        refused(() -> nor(eq("x", 1), nothing()), "filters[1] must not be null");
        refused(() -> not(nothing()), "filter must not be null");
        refused(() -> type("x", RefusedArguments.<BsonType>nothing()), "type must not be null");
        refused(() -> mod("x", 0, 1), "divisor must not be 0");
        refused(() -> regex("x", RefusedArguments.<Pattern>nothing()), "pattern must not be null");
        refused(() -> text(nothing()), "search must not be null");
        refused(() -> where(nothing()), "javaScriptExpression must not be null");
        refused(() -> expr(nothing()), "expression must not be null");
        refused(() -> elemMatch("x", nothing()), "filter must not be null");
        refused(() -> size("x", -1), "size must be at least 0, not -1");
        refused(() -> bitsAnySet("x", -1), "bitmask must be at least 0, not -1");
        refused(() -> geoWithin("x", RefusedArguments.<Bson>nothing()), "geometry must not be null");
        refused(
                () -> geoWithinPolygon("x", List.of(List.of(1.0))),
                "points must be pairs of x and y, and one is [1.0]");
        refused(() -> jsonSchema(nothing()), "schema must not be null");
    }
}
