package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static dev.rotor.driver.model.search.FuzzySearchOptions.fuzzySearchOptions;
import static dev.rotor.driver.model.search.SearchPath.fieldPath;
import static dev.rotor.driver.model.search.SearchPath.wildcardPath;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.geojson.Position;
import dev.rotor.driver.model.search.FieldSearchPath;
import dev.rotor.driver.model.search.FuzzySearchOptions;
import dev.rotor.driver.model.search.SearchCollector;
import dev.rotor.driver.model.search.SearchCount;
import dev.rotor.driver.model.search.SearchFacet;
import dev.rotor.driver.model.search.SearchHighlight;
import dev.rotor.driver.model.search.SearchOperator;
import dev.rotor.driver.model.search.SearchOptions;
import dev.rotor.driver.model.search.SearchPath;
import dev.rotor.driver.model.search.SearchScore;
import dev.rotor.driver.model.search.SearchScoreExpression;
import dev.rotor.driver.model.search.VectorSearchNestedOptions;
import dev.rotor.driver.model.search.VectorSearchOptions;
import dev.rotor.driver.model.search.VectorSearchQuery;
import dev.rotor.driver.model.search.VectorSearchScoreMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTest {

    private static final FieldSearchPath X = fieldPath("x");
    private static final FieldSearchPath Y = fieldPath("y").multi("m");
    private static final String Y_JSON = "{value: 'y', multi: 'm'}";
    private static final ObjectId ID = new ObjectId("507f1f77bcf86cd799439011");
    private static final String ID_JSON = "{$oid: '507f1f77bcf86cd799439011'}";
    private static final Instant DATE = Instant.EPOCH;
    private static final String DATE_JSON = "{$date: '1970-01-01T00:00:00Z'}";
    private static final UUID UUID_VALUE = new UUID(1, 2);
    private static final String UUID_JSON = "{$binary: {base64: 'AAAAAAAAAAEAAAAAAAAAAg==', subType: '04'}}";
    private static final Point POINT = new Point(new Position(1, 2));

    static List<BuilderCase> operators() {
        return List.of(
                given(
                        "compound()",
                        () -> SearchOperator.compound()
                                .must(List.of(SearchOperator.exists(X)))
                                .mustNot(List.of(SearchOperator.exists(fieldPath("a"))))
                                .should(List.of(
                                        SearchOperator.exists(fieldPath("b")), SearchOperator.exists(fieldPath("c"))))
                                .minimumShouldMatch(1)
                                .filter(List.of(SearchOperator.exists(fieldPath("d"))))
                                .score(SearchScore.constant(2)),
                        "{compound: {must: [{exists: {path: 'x'}}], mustNot: [{exists: {path: 'a'}}], should: [{exists: {path: 'b'}}, {exists: {path: 'c'}}], minimumShouldMatch: 1, filter: [{exists: {path: 'd'}}], score: {constant: {value: 2.0}}}}"),
                given(
                        "compound()",
                        () -> SearchOperator.compound()
                                .must(List.of(SearchOperator.exists(X)))
                                .must(List.of(SearchOperator.exists(fieldPath("a")))),
                        "{compound: {must: [{exists: {path: 'x'}}, {exists: {path: 'a'}}]}}"),
                given(
                        "exists(FieldSearchPath)",
                        () -> SearchOperator.exists(X).score(SearchScore.boost(1.5f)),
                        "{exists: {path: 'x', score: {boost: {value: 1.5}}}}"),
                given(
                        "text(SearchPath, String)",
                        () -> SearchOperator.text(Y, "tea"),
                        "{text: {query: 'tea', path: " + Y_JSON + "}}"),
                given(
                        "text(Iterable, Iterable)",
                        () -> SearchOperator.text(List.of(X, Y, wildcardPath("a*")), List.of("t", "u"))
                                .fuzzy(),
                        "{text: {query: ['t', 'u'], path: ['x', " + Y_JSON + ", {wildcard: 'a*'}], fuzzy: {}}}"),
                given(
                        "text(SearchPath, String)",
                        () -> SearchOperator.text(X, "tea")
                                .synonyms("s")
                                .fuzzy(fuzzySearchOptions().maxEdits(1)),
                        "{text: {query: 'tea', path: 'x', fuzzy: {maxEdits: 1}}}"),
                given(
                        "text(SearchPath, String)",
                        () -> SearchOperator.text(X, "tea").fuzzy().synonyms("s"),
                        "{text: {query: 'tea', path: 'x', synonyms: 's'}}"),
                given(
                        "autocomplete(FieldSearchPath, String, String[])",
                        () -> SearchOperator.autocomplete(X, "t", "u").anyTokenOrder(),
                        "{autocomplete: {query: ['t', 'u'], path: 'x', tokenOrder: 'any'}}"),
                given(
                        "autocomplete(FieldSearchPath, Iterable)",
                        () -> SearchOperator.autocomplete(X, List.of("t"))
                                .sequentialTokenOrder()
                                .fuzzy()
                                .score(SearchScore.constant(1)),
                        "{autocomplete: {query: 't', path: 'x', tokenOrder: 'sequential', fuzzy: {}, score: {constant: {value: 1.0}}}}"),
                given(
                        "numberRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.numberRange(X).gt(1),
                        "{range: {path: 'x', gt: 1}}"),
                given(
                        "numberRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.numberRange(X).lte(1L).score(SearchScore.constant(1)),
                        "{range: {path: 'x', lte: {$numberLong: '1'}, score: {constant: {value: 1.0}}}}"),
                given(
                        "numberRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.numberRange(X, fieldPath("a")).gteLt(1, 2.5),
                        "{range: {path: ['x', 'a'], gte: 1, lt: 2.5}}"),
                given(
                        "numberRange(Iterable)",
                        () -> SearchOperator.numberRange(List.of(X)).gtLte(1, 2),
                        "{range: {path: 'x', gt: 1, lte: 2}}"),
                given(
                        "numberRange(Iterable)",
                        () -> SearchOperator.numberRange(List.of(X)).gtLt(1, 2),
                        "{range: {path: 'x', gt: 1, lt: 2}}"),
                given(
                        "numberRange(Iterable)",
                        () -> SearchOperator.numberRange(List.of(X)).gteLte(1, 2),
                        "{range: {path: 'x', gte: 1, lte: 2}}"),
                given(
                        "numberRange(Iterable)",
                        () -> SearchOperator.numberRange(List.of(X)).lt(2),
                        "{range: {path: 'x', lt: 2}}"),
                given(
                        "numberRange(Iterable)",
                        () -> SearchOperator.numberRange(List.of(X)).gte(2),
                        "{range: {path: 'x', gte: 2}}"),
                given(
                        "dateRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.dateRange(X).gte(DATE),
                        "{range: {path: 'x', gte: " + DATE_JSON + "}}"),
                given(
                        "dateRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.dateRange(X).gt(DATE),
                        "{range: {path: 'x', gt: " + DATE_JSON + "}}"),
                given(
                        "dateRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.dateRange(X).lt(DATE),
                        "{range: {path: 'x', lt: " + DATE_JSON + "}}"),
                given(
                        "dateRange(FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.dateRange(X).lte(DATE),
                        "{range: {path: 'x', lte: " + DATE_JSON + "}}"),
                given(
                        "dateRange(Iterable)",
                        () -> SearchOperator.dateRange(List.of(X)).gtLt(DATE, DATE),
                        "{range: {path: 'x', gt: " + DATE_JSON + ", lt: " + DATE_JSON + "}}"),
                given(
                        "dateRange(Iterable)",
                        () -> SearchOperator.dateRange(List.of(X)).gteLte(DATE, DATE),
                        "{range: {path: 'x', gte: " + DATE_JSON + ", lte: " + DATE_JSON + "}}"),
                given(
                        "dateRange(Iterable)",
                        () -> SearchOperator.dateRange(List.of(X)).gtLte(DATE, DATE),
                        "{range: {path: 'x', gt: " + DATE_JSON + ", lte: " + DATE_JSON + "}}"),
                given(
                        "dateRange(Iterable)",
                        () -> SearchOperator.dateRange(List.of(X)).gteLt(DATE, DATE),
                        "{range: {path: 'x', gte: " + DATE_JSON + ", lt: " + DATE_JSON + "}}"),
                given(
                        "near(Number, Number, FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.near(1, 2.5, X, fieldPath("a")),
                        "{near: {origin: 1, path: ['x', 'a'], pivot: 2.5}}"),
                given(
                        "near(Number, Number, Iterable)",
                        () -> SearchOperator.near(1, 2, List.of(X)),
                        "{near: {origin: 1, path: 'x', pivot: 2}}"),
                given(
                        "near(Instant, Duration, FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.near(DATE, Duration.ofSeconds(1), X),
                        "{near: {origin: " + DATE_JSON + ", path: 'x', pivot: {$numberLong: '1000'}}}"),
                given(
                        "near(Instant, Duration, Iterable)",
                        () -> SearchOperator.near(DATE, Duration.ofMillis(1), List.of(X)),
                        "{near: {origin: " + DATE_JSON + ", path: 'x', pivot: {$numberLong: '1'}}}"),
                given(
                        "near(Point, Number, FieldSearchPath, FieldSearchPath[])",
                        () -> SearchOperator.near(POINT, 2, X),
                        "{near: {origin: {type: 'Point', coordinates: [1.0, 2.0]}, path: 'x', pivot: 2}}"),
                given(
                        "near(Point, Number, Iterable)",
                        () -> SearchOperator.near(POINT, 2, List.of(X)),
                        "{near: {origin: {type: 'Point', coordinates: [1.0, 2.0]}, path: 'x', pivot: 2}}"),
                given(
                        "in(FieldSearchPath, boolean, boolean[])",
                        () -> SearchOperator.in(X, true, false),
                        "{in: {path: 'x', value: [true, false]}}"),
                given(
                        "in(FieldSearchPath, boolean, boolean[])",
                        () -> SearchOperator.in(X, true),
                        "{in: {path: 'x', value: true}}"),
                given(
                        "in(FieldSearchPath, ObjectId, ObjectId[])",
                        () -> SearchOperator.in(X, ID),
                        "{in: {path: 'x', value: " + ID_JSON + "}}"),
                given(
                        "in(FieldSearchPath, Number, Number[])",
                        () -> SearchOperator.in(X, 1, 2L),
                        "{in: {path: 'x', value: [1, {$numberLong: '2'}]}}"),
                given(
                        "in(FieldSearchPath, Instant, Instant[])",
                        () -> SearchOperator.in(X, DATE),
                        "{in: {path: 'x', value: " + DATE_JSON + "}}"),
                given(
                        "in(FieldSearchPath, UUID, UUID[])",
                        () -> SearchOperator.in(X, UUID_VALUE),
                        "{in: {path: 'x', value: " + UUID_JSON + "}}"),
                given(
                        "in(FieldSearchPath, String, String[])",
                        () -> SearchOperator.in(X, "a", "b"),
                        "{in: {path: 'x', value: ['a', 'b']}}"),
                given(
                        "in(FieldSearchPath, Iterable)",
                        () -> SearchOperator.in(X, List.of("a", "b")),
                        "{in: {path: 'x', value: ['a', 'b']}}"),
                given(
                        "equals(FieldSearchPath, boolean)",
                        () -> SearchOperator.equals(X, true),
                        "{equals: {path: 'x', value: true}}"),
                given(
                        "equals(FieldSearchPath, ObjectId)",
                        () -> SearchOperator.equals(X, ID),
                        "{equals: {path: 'x', value: " + ID_JSON + "}}"),
                given(
                        "equals(FieldSearchPath, Number)",
                        () -> SearchOperator.equals(X, 1),
                        "{equals: {path: 'x', value: 1}}"),
                given(
                        "equals(FieldSearchPath, Instant)",
                        () -> SearchOperator.equals(X, DATE),
                        "{equals: {path: 'x', value: " + DATE_JSON + "}}"),
                given(
                        "equals(FieldSearchPath, String)",
                        () -> SearchOperator.equals(X, "a"),
                        "{equals: {path: 'x', value: 'a'}}"),
                given(
                        "equals(FieldSearchPath, UUID)",
                        () -> SearchOperator.equals(X, UUID_VALUE),
                        "{equals: {path: 'x', value: " + UUID_JSON + "}}"),
                given(
                        "equalsNull(FieldSearchPath)",
                        () -> SearchOperator.equalsNull(X),
                        "{equals: {path: 'x', value: null}}"),
                given(
                        "moreLikeThis(Bson)",
                        () -> SearchOperator.moreLikeThis(BsonDocument.parse("{a: 1}")),
                        "{moreLikeThis: {like: {a: 1}}}"),
                given(
                        "moreLikeThis(Iterable)",
                        () -> SearchOperator.moreLikeThis(
                                List.of(BsonDocument.parse("{a: 1}"), BsonDocument.parse("{a: 2}"))),
                        "{moreLikeThis: {like: [{a: 1}, {a: 2}]}}"),
                given(
                        "queryString(FieldSearchPath, String)",
                        () -> SearchOperator.queryString(X, "a AND b"),
                        "{queryString: {defaultPath: 'x', query: 'a AND b'}}"),
                given(
                        "phrase(SearchPath, String)",
                        () -> SearchOperator.phrase(X, "green tea")
                                .slop(2)
                                .synonyms("s")
                                .score(SearchScore.constant(1)),
                        "{phrase: {path: 'x', query: 'green tea', slop: 2, synonyms: 's', score: {constant: {value: 1.0}}}}"),
                given(
                        "phrase(Iterable, Iterable)",
                        () -> SearchOperator.phrase(List.of(X, Y), List.of("a", "b")),
                        "{phrase: {path: ['x', " + Y_JSON + "], query: ['a', 'b']}}"),
                given(
                        "wildcard(SearchPath, String)",
                        () -> SearchOperator.wildcard(wildcardPath("*"), "te?"),
                        "{wildcard: {query: 'te?', path: {wildcard: '*'}}}"),
                given(
                        "wildcard(Iterable, Iterable)",
                        () -> SearchOperator.wildcard(List.of("a*", "b*"), List.of(X)),
                        "{wildcard: {query: ['a*', 'b*'], path: 'x'}}"),
                given(
                        "regex(SearchPath, String)",
                        () -> SearchOperator.regex(X, "a.*"),
                        "{regex: {path: 'x', query: 'a.*'}}"),
                given(
                        "regex(Iterable, Iterable)",
                        () -> SearchOperator.regex(List.of(X), List.of("a", "b")),
                        "{regex: {path: 'x', query: ['a', 'b']}}"),
                given(
                        "vectorSearch(FieldSearchPath, Iterable, int, int)",
                        () -> SearchOperator.vectorSearch(X, List.of(1.0, 2.0), 5, 20)
                                .filter(SearchOperator.exists(X)),
                        "{vectorSearch: {path: 'x', queryVector: [1.0, 2.0], limit: 5, numCandidates: 20, filter: {exists: {path: 'x'}}}}"),
                given(
                        "vectorSearchExact(FieldSearchPath, Iterable, int)",
                        () -> SearchOperator.vectorSearchExact(X, List.of(1.0), 5)
                                .score(SearchScore.constant(1)),
                        "{vectorSearch: {path: 'x', queryVector: [1.0], limit: 5, exact: true, score: {constant: {value: 1.0}}}}"),
                given(
                        "of(Bson)",
                        () -> SearchOperator.of(new Document("exists", new Document("path", "x"))),
                        "{exists: {path: 'x'}}"),
                given(
                        "of(Bson)",
                        () -> SearchOperator.of(new Document("exists", new Document("path", "x")))
                                .score(SearchScore.constant(1)),
                        "{exists: {path: 'x', score: {constant: {value: 1.0}}}}"));
    }

    static List<BuilderCase> scores() {
        return List.of(
                given("boost(float)", () -> SearchScore.boost(1.5f), "{boost: {value: 1.5}}"),
                given(
                        "boost(FieldSearchPath)",
                        () -> SearchScore.boost(X).undefined(0.5f),
                        "{boost: {path: 'x', undefined: 0.5}}"),
                given("constant(float)", () -> SearchScore.constant(1), "{constant: {value: 1.0}}"),
                given(
                        "function(SearchScoreExpression)",
                        () -> SearchScore.function(SearchScoreExpression.relevanceExpression()),
                        "{function: {score: 'relevance'}}"),
                given("of(Bson)", () -> SearchScore.of(new Document("a", 1)), "{a: 1}"));
    }

    static List<BuilderCase> expressions() {
        return List.of(
                given(
                        "relevanceExpression()",
                        () -> SearchScoreExpression.relevanceExpression(),
                        "{score: 'relevance'}"),
                given(
                        "pathExpression(FieldSearchPath)",
                        () -> SearchScoreExpression.pathExpression(Y).undefined(2),
                        "{path: {value: 'y', undefined: 2.0}}"),
                given(
                        "constantExpression(float)",
                        () -> SearchScoreExpression.constantExpression(2),
                        "{constant: 2.0}"),
                given(
                        "gaussExpression(double, PathSearchScoreExpression, double)",
                        () -> SearchScoreExpression.gaussExpression(
                                        50,
                                        SearchScoreExpression.pathExpression(X).undefined(1),
                                        10)
                                .offset(5)
                                .decay(0.1),
                        "{gauss: {origin: 50.0, path: {value: 'x', undefined: 1.0}, scale: 10.0, offset: 5.0, decay: 0.1}}"),
                given(
                        "logExpression(SearchScoreExpression)",
                        () -> SearchScoreExpression.logExpression(SearchScoreExpression.constantExpression(2)),
                        "{log: {constant: 2.0}}"),
                given(
                        "log1pExpression(SearchScoreExpression)",
                        () -> SearchScoreExpression.log1pExpression(SearchScoreExpression.constantExpression(2)),
                        "{log1p: {constant: 2.0}}"),
                given(
                        "addExpression(Iterable)",
                        () -> SearchScoreExpression.addExpression(List.of(
                                SearchScoreExpression.constantExpression(1),
                                SearchScoreExpression.relevanceExpression())),
                        "{add: [{constant: 1.0}, {score: 'relevance'}]}"),
                given(
                        "multiplyExpression(Iterable)",
                        () -> SearchScoreExpression.multiplyExpression(List.of(
                                SearchScoreExpression.constantExpression(1),
                                SearchScoreExpression.relevanceExpression())),
                        "{multiply: [{constant: 1.0}, {score: 'relevance'}]}"),
                given("of(Bson)", () -> SearchScoreExpression.of(new Document("a", 1)), "{a: 1}"));
    }

    static List<BuilderCase> facets() {
        return List.of(
                given(
                        "stringFacet(String, FieldSearchPath)",
                        () -> SearchFacet.stringFacet("f", X).numBuckets(3),
                        "{f: {type: 'string', path: 'x', numBuckets: 3}}"),
                given(
                        "numberFacet(String, FieldSearchPath, Iterable)",
                        () -> SearchFacet.numberFacet("f", X, List.of(1, 2, 3)).defaultBucket("d"),
                        "{f: {type: 'number', path: 'x', boundaries: [1, 2, 3], default: 'd'}}"),
                given(
                        "dateFacet(String, FieldSearchPath, Iterable)",
                        () -> SearchFacet.dateFacet("f", X, List.of(DATE, DATE)).defaultBucket("d"),
                        "{f: {type: 'date', path: 'x', boundaries: [" + DATE_JSON + ", " + DATE_JSON
                                + "], default: 'd'}}"),
                given(
                        "of(Bson)",
                        () -> SearchFacet.of(new Document("f", new Document("type", "t"))),
                        "{f: {type: 't'}}"),
                given(
                        "combineToBson(Iterable)",
                        () -> SearchFacet.combineToBson(List.of(
                                SearchFacet.stringFacet("f", X),
                                SearchFacet.of(new Document("g", new Document("type", "t"))))),
                        "{f: {type: 'string', path: 'x'}, g: {type: 't'}}"));
    }

    static List<BuilderCase> collectors() {
        return List.of(
                given(
                        "facet(SearchOperator, Iterable)",
                        () -> SearchCollector.facet(
                                SearchOperator.exists(X),
                                List.of(SearchFacet.of(new Document("f", new Document("type", "t"))))),
                        "{facet: {operator: {exists: {path: 'x'}}, facets: {f: {type: 't'}}}}"),
                given(
                        "facet(Iterable)",
                        () -> SearchCollector.facet(
                                List.of(SearchFacet.of(new Document("f", new Document("type", "t"))))),
                        "{facet: {facets: {f: {type: 't'}}}}"),
                given("of(Bson)", () -> SearchCollector.of(new Document("facet", 1)), "{facet: 1}"));
    }

    static List<BuilderCase> counts() {
        return List.of(
                given("total()", () -> SearchCount.total(), "{type: 'total'}"),
                given(
                        "lowerBound()",
                        () -> SearchCount.lowerBound().threshold(5),
                        "{type: 'lowerBound', threshold: 5}"),
                given("of(Bson)", () -> SearchCount.of(new Document("type", "t")), "{type: 't'}"));
    }

    static List<BuilderCase> highlights() {
        return List.of(
                given(
                        "paths(SearchPath, SearchPath[])",
                        () -> SearchHighlight.paths(X, Y).maxCharsToExamine(5).maxNumPassages(2),
                        "{path: ['x', " + Y_JSON + "], maxCharsToExamine: 5, maxNumPassages: 2}"),
                given(
                        "paths(Iterable)",
                        () -> SearchHighlight.paths(List.of(wildcardPath("a*"))),
                        "{path: {wildcard: 'a*'}}"),
                given(
                        "of(Bson)",
                        () -> SearchHighlight.of(new Document("path", "x")).maxNumPassages(2),
                        "{path: 'x', maxNumPassages: 2}"));
    }

    static List<BuilderCase> paths() {
        return List.of(
                given("fieldPath(String)", () -> fieldPath("x").multi("m"), "{value: 'x', multi: 'm'}"),
                given("wildcardPath(String)", () -> wildcardPath("x*"), "{wildcard: 'x*'}"));
    }

    static List<BuilderCase> options() {
        return List.of(
                given(
                        "searchOptions()",
                        () -> SearchOptions.searchOptions()
                                .index("i")
                                .highlight(SearchHighlight.paths(X))
                                .count(SearchCount.total())
                                .returnStoredSource(true)
                                .option("o", List.of(1)),
                        "{index: 'i', highlight: {path: 'x'}, count: {type: 'total'}, returnStoredSource: true, o: [1]}"),
                given(
                        "fuzzySearchOptions()",
                        () -> fuzzySearchOptions()
                                .maxEdits(1)
                                .prefixLength(2)
                                .maxExpansions(3)
                                .option("o", 1),
                        "{maxEdits: 1, prefixLength: 2, maxExpansions: 3, o: 1}"),
                given(
                        "vectorSearchNestedOptions()",
                        () -> VectorSearchNestedOptions.vectorSearchNestedOptions()
                                .scoreMode(VectorSearchScoreMode.AVG)
                                .option("o", 1),
                        "{scoreMode: 'avg', o: 1}"),
                given(
                        "approximateVectorSearchOptions(long)",
                        () -> VectorSearchOptions.approximateVectorSearchOptions(5)
                                .filter(Filters.eq("a", 1))
                                .option("o", 1),
                        "{numCandidates: {$numberLong: '5'}, filter: {a: 1}, o: 1}"),
                given(
                        "exactVectorSearchOptions()",
                        () -> VectorSearchOptions.exactVectorSearchOptions()
                                .parentFilter(Filters.eq("a", 1))
                                .nestedOptions(VectorSearchNestedOptions.vectorSearchNestedOptions()
                                        .scoreMode(VectorSearchScoreMode.MAX))
                                .returnStoredSource(true),
                        "{exact: true, parentFilter: {a: 1}, nestedOptions: {scoreMode: 'max'}, returnStoredSource: true}"),
                given("textQuery(String)", () -> VectorSearchQuery.textQuery("tea"), "{text: 'tea'}"));
    }

    @ParameterizedTest
    @MethodSource({
        "operators",
        "scores",
        "expressions",
        "facets",
        "collectors",
        "counts",
        "highlights",
        "paths",
        "options"
    })
    void everyValueIsTheJsonItStandsFor(BuilderCase value) {
        value.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(SearchOperator.class, operators());
        BuilderCase.checkComplete(SearchScore.class, scores());
        BuilderCase.checkComplete(SearchScoreExpression.class, expressions());
        BuilderCase.checkComplete(SearchFacet.class, facets());
        BuilderCase.checkComplete(SearchCollector.class, collectors());
        BuilderCase.checkComplete(SearchCount.class, counts());
        BuilderCase.checkComplete(SearchHighlight.class, highlights());
        BuilderCase.checkComplete(SearchPath.class, paths());
        BuilderCase.checkComplete(SearchOptions.class, options().subList(0, 1));
        BuilderCase.checkComplete(FuzzySearchOptions.class, options().subList(1, 2));
        BuilderCase.checkComplete(VectorSearchNestedOptions.class, options().subList(2, 3));
        BuilderCase.checkComplete(VectorSearchOptions.class, options().subList(3, 5));
        BuilderCase.checkComplete(VectorSearchQuery.class, options().subList(5, 6));
    }

    @Test
    void aPathIsAStringUnlessItHasMoreToSay() {
        assertThat(X.toBsonValue().isString()).isTrue();
        assertThat(X.toValue()).isEqualTo("x");
        assertThat(Y.toBsonValue()).isEqualTo(BsonDocument.parse(Y_JSON));
        assertThat(Y.toValue()).isEqualTo("y");
        assertThat(wildcardPath("a*").toBsonValue()).isEqualTo(BsonDocument.parse("{wildcard: 'a*'}"));
    }

    @Test
    void aModelIsPartOfATextQuery() {
        assertThat(VectorSearchQuery.textQuery("tea").model()).isNull();
        assertThat(VectorSearchQuery.textQuery("tea").model("m"))
                .isNotEqualTo(VectorSearchQuery.textQuery("tea"))
                .hasToString("{\"text\": \"tea\", \"model\": \"m\"}");
    }

    @Test
    void facetsOfTheSameNameAreRefusedAtUse() {
        WritableBson facets =
                SearchFacet.combineToBson(List.of(SearchFacet.stringFacet("f", X), SearchFacet.stringFacet("f", Y)));

        refused(() -> BuilderCase.exact(facets), "names must be different, and f comes twice");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> fieldPath("a*"), "path must not contain *: use wildcardPath for a*");
        refused(() -> wildcardPath("a**"), "wildcardPath must contain *, but not **, unlike a**");
        refused(() -> SearchOperator.exists(nothing()), "path must not be null");
        refused(() -> SearchOperator.text(List.of(), List.of("a")), "paths must not be empty");
        refused(() -> SearchOperator.text(X, RefusedArguments.<String>nothing()), "query must not be null");
        refused(() -> SearchOperator.compound().must(List.of()), "clauses must not be empty");
        refused(() -> SearchOperator.numberRange(X).gtLt(1, nothing()), "u must not be null");
        refused(() -> SearchOperator.in(X, List.of()), "values must not be empty");
        refused(() -> SearchOperator.exists(X).score(nothing()), "modifier must not be null");
        refused(() -> SearchOperator.vectorSearch(X, List.of(1.0), 5, 4), "numCandidates must be at least 5, not 4");
        refused(
                () -> BuilderCase.exact(SearchOperator.of(new Document("a", 1)).score(SearchScore.constant(1))),
                "operator must be a name and a document of arguments to have a score, unlike {\"a\": 1}");
        refused(() -> SearchFacet.numberFacet("f", X, List.of(1)), "boundaries must be at least two, not 1");
        refused(
                () -> SearchScoreExpression.addExpression(List.of(SearchScoreExpression.relevanceExpression())),
                "expressions must be at least two, not 1");
    }
}
