package dev.rotor.driver.model;

import static dev.rotor.driver.model.Accumulators.sum;
import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static dev.rotor.driver.model.search.SearchPath.fieldPath;
import static dev.rotor.driver.model.search.VectorSearchOptions.approximateVectorSearchOptions;
import static dev.rotor.driver.model.search.VectorSearchOptions.exactVectorSearchOptions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.MongoNamespace;
import dev.rotor.driver.model.geojson.Point;
import dev.rotor.driver.model.geojson.Position;
import dev.rotor.driver.model.search.SearchCollector;
import dev.rotor.driver.model.search.SearchFacet;
import dev.rotor.driver.model.search.SearchOperator;
import dev.rotor.driver.model.search.SearchOptions;
import dev.rotor.driver.model.search.VectorSearchQuery;
import java.time.Instant;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AggregatesTest {

    private static final Bson STAGE = Aggregates.match(Filters.eq("x", 1));
    private static final Point POINT = new Point(new Position(1, 2));
    private static final SearchOperator OPERATOR = SearchOperator.exists(fieldPath("x"));
    private static final SearchCollector COLLECTOR =
            SearchCollector.facet(List.of(SearchFacet.stringFacet("f", fieldPath("x"))));
    private static final String COLLECTOR_JSON = "facet: {facets: {f: {type: 'string', path: 'x'}}}";

    static List<BuilderCase> cases() {
        return List.of(
                given(
                        "addFields(Field[])",
                        () -> Aggregates.addFields(new Field<>("x", 1), new Field<>("y", "$z")),
                        "{$addFields: {x: 1, y: '$z'}}"),
                given(
                        "addFields(List)",
                        () -> Aggregates.addFields(List.of(new Field<>("x", null))),
                        "{$addFields: {x: null}}"),
                given("set(Field[])", () -> Aggregates.set(new Field<>("x", 1)), "{$set: {x: 1}}"),
                given("set(List)", () -> Aggregates.set(List.of(new Field<>("x", 1))), "{$set: {x: 1}}"),
                given(
                        "bucket(Object, List)",
                        () -> Aggregates.bucket("$x", List.of(0, 10)),
                        "{$bucket: {groupBy: '$x', boundaries: [0, 10]}}"),
                given(
                        "bucket(Object, List, BucketOptions)",
                        () -> Aggregates.bucket(
                                "$x",
                                List.of(0, 10),
                                BucketOptions.DEFAULT.defaultBucket("other").output(sum("n", 1))),
                        "{$bucket: {groupBy: '$x', boundaries: [0, 10], default: 'other', output: {n: {$sum: 1}}}}"),
                given(
                        "bucketAuto(Object, int)",
                        () -> Aggregates.bucketAuto("$x", 4),
                        "{$bucketAuto: {groupBy: '$x', buckets: 4}}"),
                given(
                        "bucketAuto(Object, int, BucketAutoOptions)",
                        () -> Aggregates.bucketAuto(
                                "$x",
                                4,
                                BucketAutoOptions.DEFAULT
                                        .granularity(BucketGranularity.SERIES_125)
                                        .output(List.of(sum("n", 1)))),
                        "{$bucketAuto: {groupBy: '$x', buckets: 4, output: {n: {$sum: 1}}, granularity: '1-2-5'}}"),
                given("count()", () -> Aggregates.count(), "{$count: 'count'}"),
                given("count(String)", () -> Aggregates.count("n"), "{$count: 'n'}"),
                given("match(Bson)", () -> Aggregates.match(Filters.gt("x", 1)), "{$match: {x: {$gt: 1}}}"),
                given("project(Bson)", () -> Aggregates.project(Projections.include("x")), "{$project: {x: 1}}"),
                given("sort(Bson)", () -> Aggregates.sort(Sorts.orderBy(Sorts.ascending("x"))), "{$sort: {x: 1}}"),
                given("sortByCount(Object)", () -> Aggregates.sortByCount("$x"), "{$sortByCount: '$x'}"),
                given("skip(int)", () -> Aggregates.skip(5), "{$skip: 5}"),
                given("limit(int)", () -> Aggregates.limit(5), "{$limit: 5}"),
                given(
                        "lookup(String, String, String, String)",
                        () -> Aggregates.lookup("c", "l", "f", "a"),
                        "{$lookup: {from: 'c', localField: 'l', foreignField: 'f', as: 'a'}}"),
                given(
                        "lookup(String, List, String)",
                        () -> Aggregates.lookup("c", List.of(STAGE), "a"),
                        "{$lookup: {from: 'c', pipeline: [{$match: {x: 1}}], as: 'a'}}"),
                given(
                        "lookup(String, List, List, String)",
                        () -> Aggregates.lookup(null, List.of(new Variable<>("v", "$x")), List.of(STAGE), "a"),
                        "{$lookup: {let: {v: '$x'}, pipeline: [{$match: {x: 1}}], as: 'a'}}"),
                given(
                        "facet(List)",
                        () -> Aggregates.facet(List.of(new Facet("f", List.of(STAGE)))),
                        "{$facet: {f: [{$match: {x: 1}}]}}"),
                given(
                        "facet(Facet[])",
                        () -> Aggregates.facet(new Facet("f", STAGE), new Facet("g", STAGE, Aggregates.count())),
                        "{$facet: {f: [{$match: {x: 1}}], g: [{$match: {x: 1}}, {$count: 'count'}]}}"),
                given(
                        "graphLookup(String, Object, String, String, String)",
                        () -> Aggregates.graphLookup("c", "$x", "a", "b", "r"),
                        "{$graphLookup: {from: 'c', startWith: '$x', connectFromField: 'a', connectToField: 'b', as: 'r'}}"),
                given(
                        "graphLookup(String, Object, String, String, String, GraphLookupOptions)",
                        () -> Aggregates.graphLookup(
                                "c",
                                "$x",
                                "a",
                                "b",
                                "r",
                                GraphLookupOptions.DEFAULT
                                        .maxDepth(3)
                                        .depthField("d")
                                        .restrictSearchWithMatch(Filters.eq("y", 1))),
                        "{$graphLookup: {from: 'c', startWith: '$x', connectFromField: 'a', connectToField: 'b', as: 'r', maxDepth: 3, depthField: 'd', restrictSearchWithMatch: {y: 1}}}"),
                given(
                        "group(Object, BsonField[])",
                        () -> Aggregates.group(null, sum("n", 1)),
                        "{$group: {_id: null, n: {$sum: 1}}}"),
                given(
                        "group(Object, List)",
                        () -> Aggregates.group(new Document("a", "$x"), List.of()),
                        "{$group: {_id: {a: '$x'}}}"),
                given(
                        "unionWith(String, List)",
                        () -> Aggregates.unionWith("c", List.of(STAGE)),
                        "{$unionWith: {coll: 'c', pipeline: [{$match: {x: 1}}]}}"),
                given("unwind(String)", () -> Aggregates.unwind("$x"), "{$unwind: '$x'}"),
                given(
                        "unwind(String, UnwindOptions)",
                        () -> Aggregates.unwind(
                                "$x",
                                UnwindOptions.DEFAULT
                                        .preserveNullAndEmptyArrays(true)
                                        .includeArrayIndex("i")),
                        "{$unwind: {path: '$x', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i'}}"),
                given(
                        "unwind(String, UnwindOptions)",
                        () -> Aggregates.unwind("$x", UnwindOptions.DEFAULT),
                        "{$unwind: {path: '$x'}}"),
                given("out(String)", () -> Aggregates.out("c"), "{$out: 'c'}"),
                given("out(String, String)", () -> Aggregates.out("d", "c"), "{$out: {db: 'd', coll: 'c'}}"),
                given("out(Bson)", () -> Aggregates.out(new Document("s3", 1)), "{$out: {s3: 1}}"),
                given("merge(String)", () -> Aggregates.merge("c"), "{$merge: {into: 'c'}}"),
                given(
                        "merge(MongoNamespace)",
                        () -> Aggregates.merge(new MongoNamespace("d", "c")),
                        "{$merge: {into: {db: 'd', coll: 'c'}}}"),
                given(
                        "merge(String, MergeOptions)",
                        () -> Aggregates.merge(
                                "c",
                                MergeOptions.DEFAULT
                                        .uniqueIdentifier("k")
                                        .whenMatched(MergeOptions.WhenMatched.KEEP_EXISTING)
                                        .whenNotMatched(MergeOptions.WhenNotMatched.DISCARD)),
                        "{$merge: {into: 'c', on: 'k', whenMatched: 'keepExisting', whenNotMatched: 'discard'}}"),
                given(
                        "merge(MongoNamespace, MergeOptions)",
                        () -> Aggregates.merge(
                                new MongoNamespace("d", "c"),
                                MergeOptions.DEFAULT
                                        .uniqueIdentifier(List.of("k", "l"))
                                        .variables(List.of(new Variable<>("v", "$x")))
                                        .whenMatched(MergeOptions.WhenMatched.PIPELINE)
                                        .whenMatchedPipeline(List.of(Aggregates.set(new Field<>("y", "$$v"))))),
                        "{$merge: {into: {db: 'd', coll: 'c'}, on: ['k', 'l'], let: {v: '$x'}, whenMatched: [{$set: {y: '$$v'}}]}}"),
                given("replaceRoot(Object)", () -> Aggregates.replaceRoot("$x"), "{$replaceRoot: {newRoot: '$x'}}"),
                given("replaceWith(Object)", () -> Aggregates.replaceWith("$x"), "{$replaceWith: '$x'}"),
                given("sample(int)", () -> Aggregates.sample(5), "{$sample: {size: 5}}"),
                given(
                        "setWindowFields(Object, Bson, WindowOutputField, WindowOutputField[])",
                        () -> Aggregates.setWindowFields(
                                "$p",
                                Sorts.ascending("s"),
                                WindowOutputFields.rank("r"),
                                WindowOutputFields.denseRank("d")),
                        "{$setWindowFields: {partitionBy: '$p', sortBy: {s: 1}, output: {r: {$rank: {}}, d: {$denseRank: {}}}}}"),
                given(
                        "setWindowFields(Object, Bson, Iterable)",
                        () -> Aggregates.setWindowFields(null, null, List.of(WindowOutputFields.rank("r"))),
                        "{$setWindowFields: {output: {r: {$rank: {}}}}}"),
                given(
                        "densify(String, DensifyRange)",
                        () -> Aggregates.densify("x", DensifyRange.fullRangeWithStep(1)),
                        "{$densify: {field: 'x', range: {bounds: 'full', step: 1}}}"),
                given(
                        "densify(String, DensifyRange, DensifyOptions)",
                        () -> Aggregates.densify(
                                "x",
                                DensifyRange.of(new Document("bounds", "full")),
                                DensifyOptions.densifyOptions()
                                        .partitionByFields("a", "b")
                                        .option("o", 1)),
                        "{$densify: {field: 'x', range: {bounds: 'full'}, partitionByFields: ['a', 'b'], o: 1}}"),
                given(
                        "fill(FillOptions, FillOutputField, FillOutputField[])",
                        () -> Aggregates.fill(
                                FillOptions.fillOptions().partitionBy("$p").sortBy(Sorts.ascending("s")),
                                FillOutputField.locf("x"),
                                FillOutputField.linear("y")),
                        "{$fill: {partitionBy: '$p', sortBy: {s: 1}, output: {x: {method: 'locf'}, y: {method: 'linear'}}}}"),
                given(
                        "fill(FillOptions, Iterable)",
                        () -> Aggregates.fill(
                                FillOptions.fillOptions().partitionByFields("a").option("o", 1),
                                List.of(FillOutputField.value("x", "$y"))),
                        "{$fill: {partitionByFields: ['a'], o: 1, output: {x: {value: '$y'}}}}"),
                given("search(SearchOperator)", () -> Aggregates.search(OPERATOR), "{$search: {exists: {path: 'x'}}}"),
                given(
                        "search(SearchOperator, SearchOptions)",
                        () -> Aggregates.search(
                                OPERATOR, SearchOptions.searchOptions().index("i")),
                        "{$search: {exists: {path: 'x'}, index: 'i'}}"),
                given(
                        "search(SearchCollector)",
                        () -> Aggregates.search(COLLECTOR),
                        "{$search: {" + COLLECTOR_JSON + "}}"),
                given(
                        "search(SearchCollector, SearchOptions)",
                        () -> Aggregates.search(
                                COLLECTOR, SearchOptions.searchOptions().index("i")),
                        "{$search: {" + COLLECTOR_JSON + ", index: 'i'}}"),
                given(
                        "searchMeta(SearchOperator)",
                        () -> Aggregates.searchMeta(OPERATOR),
                        "{$searchMeta: {exists: {path: 'x'}}}"),
                given(
                        "searchMeta(SearchOperator, SearchOptions)",
                        () -> Aggregates.searchMeta(
                                OPERATOR, SearchOptions.searchOptions().index("i")),
                        "{$searchMeta: {exists: {path: 'x'}, index: 'i'}}"),
                given(
                        "searchMeta(SearchCollector)",
                        () -> Aggregates.searchMeta(COLLECTOR),
                        "{$searchMeta: {" + COLLECTOR_JSON + "}}"),
                given(
                        "searchMeta(SearchCollector, SearchOptions)",
                        () -> Aggregates.searchMeta(
                                COLLECTOR, SearchOptions.searchOptions().index("i")),
                        "{$searchMeta: {" + COLLECTOR_JSON + ", index: 'i'}}"),
                given(
                        "vectorSearch(FieldSearchPath, Iterable, String, long, VectorSearchOptions)",
                        () -> Aggregates.vectorSearch(
                                fieldPath("x"),
                                List.of(1.0, 2.0),
                                "i",
                                5,
                                approximateVectorSearchOptions(20).filter(Filters.gt("y", 1))),
                        "{$vectorSearch: {path: 'x', queryVector: [1.0, 2.0], index: 'i', limit: {$numberLong: '5'}, numCandidates: {$numberLong: '20'}, filter: {y: {$gt: 1}}}}"),
                given(
                        "vectorSearch(FieldSearchPath, BinaryVector, String, long, VectorSearchOptions)",
                        () -> Aggregates.vectorSearch(
                                fieldPath("x"),
                                BinaryVector.int8Vector(new byte[] {1, 2}),
                                "i",
                                5,
                                exactVectorSearchOptions()),
                        "{$vectorSearch: {path: 'x', queryVector: {$binary: {base64: 'AwABAg==', subType: '09'}}, index: 'i', limit: {$numberLong: '5'}, exact: true}}"),
                given(
                        "vectorSearch(FieldSearchPath, VectorSearchQuery, String, long, VectorSearchOptions)",
                        () -> Aggregates.vectorSearch(
                                fieldPath("x"),
                                VectorSearchQuery.textQuery("tea").model("m"),
                                "i",
                                5,
                                exactVectorSearchOptions()),
                        "{$vectorSearch: {path: 'x', query: {text: 'tea'}, index: 'i', limit: {$numberLong: '5'}, model: 'm', exact: true}}"),
                given(
                        "rerank(RerankQuery, String, int, String)",
                        () -> Aggregates.rerank(RerankQuery.rerankQuery("tea"), "x", 10, "m"),
                        "{$rerank: {query: {text: 'tea'}, path: 'x', numDocsToRerank: 10, model: 'm'}}"),
                given(
                        "rerank(RerankQuery, List, int, String)",
                        () -> Aggregates.rerank(
                                RerankQuery.rerankQuery(new Document("t", 1)), List.of("x", "y"), 10, "m"),
                        "{$rerank: {query: {t: 1}, path: ['x', 'y'], numDocsToRerank: 10, model: 'm'}}"),
                given(
                        "scoreFusion(List, ScoreNormalization)",
                        () -> Aggregates.scoreFusion(
                                List.of(FusionPipeline.of("a", STAGE)), ScoreNormalization.MIN_MAX_SCALER),
                        "{$scoreFusion: {input: {pipelines: {a: [{$match: {x: 1}}]}, normalization: 'minMaxScaler'}}}"),
                given(
                        "scoreFusion(List, ScoreNormalization, ScoreFusionOptions)",
                        () -> Aggregates.scoreFusion(
                                List.of(FusionPipeline.of("a", List.of(STAGE))),
                                ScoreNormalization.NONE,
                                ScoreFusionOptions.scoreFusionOptions()
                                        .combination(ScoreFusionCombination.weighted(new Document("a", 0.5))
                                                .avg())
                                        .scoreDetails(true)
                                        .option("o", 1)),
                        "{$scoreFusion: {input: {pipelines: {a: [{$match: {x: 1}}]}, normalization: 'none'}, combination: {weights: {a: 0.5}, method: 'avg'}, scoreDetails: true, o: 1}}"),
                given("score(Object)", () -> Aggregates.score("$x"), "{$score: {score: '$x'}}"),
                given(
                        "score(Object, ScoreOptions)",
                        () -> Aggregates.score(
                                "$x",
                                ScoreOptions.scoreOptions()
                                        .normalization(ScoreNormalization.SIGMOID)
                                        .weight(0.5)
                                        .scoreDetails(true)),
                        "{$score: {score: '$x', normalization: 'sigmoid', weight: 0.5, scoreDetails: true}}"),
                given("unset(String[])", () -> Aggregates.unset("x"), "{$unset: 'x'}"),
                given("unset(List)", () -> Aggregates.unset(List.of("x", "y")), "{$unset: ['x', 'y']}"),
                given(
                        "geoNear(Point, String)",
                        () -> Aggregates.geoNear(POINT, "d"),
                        "{$geoNear: {near: {type: 'Point', coordinates: [1.0, 2.0]}, distanceField: 'd'}}"),
                given(
                        "geoNear(Point, String, GeoNearOptions)",
                        () -> Aggregates.geoNear(
                                POINT,
                                "d",
                                GeoNearOptions.geoNearOptions()
                                        .distanceMultiplier(2.5)
                                        .includeLocs("l")
                                        .key("k")
                                        .minDistance(1)
                                        .maxDistance(5.0)
                                        .query(new Document("y", 1))
                                        .spherical()),
                        "{$geoNear: {near: {type: 'Point', coordinates: [1.0, 2.0]}, distanceField: 'd', distanceMultiplier: 2.5, includeLocs: 'l', key: 'k', minDistance: 1, maxDistance: 5.0, query: {y: 1}, spherical: true}}"),
                given(
                        "documents(List)",
                        () -> Aggregates.documents(List.of(new Document("x", 1), Filters.eq("y", 2))),
                        "{$documents: [{x: 1}, {y: 2}]}"));
    }

    static List<BuilderCase> densifyRanges() {
        Instant start = Instant.EPOCH;
        Instant end = Instant.ofEpochSecond(60);
        return List.of(
                given(
                        "fullRangeWithStep(Number)",
                        () -> DensifyRange.fullRangeWithStep(1),
                        "{bounds: 'full', step: 1}"),
                given(
                        "partitionRangeWithStep(Number)",
                        () -> DensifyRange.partitionRangeWithStep(0.5),
                        "{bounds: 'partition', step: 0.5}"),
                given(
                        "rangeWithStep(Number, Number, Number)",
                        () -> DensifyRange.rangeWithStep(0, 10, 1),
                        "{bounds: [0, 10], step: 1}"),
                given(
                        "fullRangeWithStep(long, MongoTimeUnit)",
                        () -> DensifyRange.fullRangeWithStep(1, MongoTimeUnit.HOUR),
                        "{bounds: 'full', step: {$numberLong: '1'}, unit: 'hour'}"),
                given(
                        "partitionRangeWithStep(long, MongoTimeUnit)",
                        () -> DensifyRange.partitionRangeWithStep(1, MongoTimeUnit.DAY),
                        "{bounds: 'partition', step: {$numberLong: '1'}, unit: 'day'}"),
                given(
                        "rangeWithStep(Instant, Instant, long, MongoTimeUnit)",
                        () -> DensifyRange.rangeWithStep(start, end, 1, MongoTimeUnit.SECOND),
                        "{bounds: [{$date: '1970-01-01T00:00:00Z'}, {$date: '1970-01-01T00:01:00Z'}], step: {$numberLong: '1'}, unit: 'second'}"),
                given("of(Bson)", () -> DensifyRange.of(new Document("bounds", "full")), "{bounds: 'full'}"));
    }

    static List<BuilderCase> fillOutputFields() {
        return List.of(
                given("value(String, Object)", () -> FillOutputField.value("x", 0), "{x: {value: 0}}"),
                given("locf(String)", () -> FillOutputField.locf("x"), "{x: {method: 'locf'}}"),
                given("linear(String)", () -> FillOutputField.linear("x"), "{x: {method: 'linear'}}"),
                given(
                        "of(Bson)",
                        () -> FillOutputField.of(new Document("x", new Document("method", "m"))),
                        "{x: {method: 'm'}}"));
    }

    static List<BuilderCase> scoreFusionCombinations() {
        return List.of(
                given(
                        "weighted(Bson)",
                        () -> ScoreFusionCombination.weighted(new Document("a", 2)),
                        "{weights: {a: 2}}"),
                given(
                        "expression(Bson)",
                        () -> ScoreFusionCombination.expression(new Document("$max", "$$a")),
                        "{method: 'expression', expression: {$max: '$$a'}}"));
    }

    @ParameterizedTest
    @MethodSource({"cases", "densifyRanges", "fillOutputFields", "scoreFusionCombinations"})
    void everyStageIsTheJsonItStandsFor(BuilderCase stage) {
        stage.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(Aggregates.class, cases());
        BuilderCase.checkComplete(DensifyRange.class, densifyRanges());
        BuilderCase.checkComplete(FillOutputField.class, fillOutputFields());
        BuilderCase.checkComplete(ScoreFusionCombination.class, scoreFusionCombinations());
    }

    @Test
    void partitionsAreEitherByFieldsOrByAnExpression() {
        FillOptions byFields = FillOptions.fillOptions().partitionByFields("a");

        assertThat(byFields.partitionBy("$p"))
                .isEqualTo(FillOptions.fillOptions().partitionBy("$p"));
        assertThat(byFields.partitionBy("$p").partitionByFields("a")).isEqualTo(byFields);
        assertThat(byFields.partitionByFields(List.of())).isEqualTo(FillOptions.fillOptions());
        assertThat(DensifyOptions.densifyOptions().partitionByFields("a").partitionByFields())
                .isEqualTo(DensifyOptions.densifyOptions());
    }

    @Test
    void aMergePipelineAndWhatAsksForItGoTogether() {
        MergeOptions options = MergeOptions.DEFAULT.whenMatchedPipeline(List.of(STAGE));

        assertThat(options.whenMatched()).isEqualTo(MergeOptions.WhenMatched.PIPELINE);
        assertThat(options.whenMatched(MergeOptions.WhenMatched.FAIL).whenMatchedPipeline())
                .isNull();
        refused(
                () -> Aggregates.merge("c", MergeOptions.DEFAULT.whenMatched(MergeOptions.WhenMatched.PIPELINE)),
                "options ask for a pipeline, and whenMatchedPipeline gives none");
    }

    @Test
    void aGranularityIsFoundByItsName() {
        assertThat(BucketGranularity.fromString("1-2-5")).isEqualTo(BucketGranularity.SERIES_125);
        refused(() -> BucketGranularity.fromString("R6"), "there is no series of preferred numbers called R6");
    }

    @Test
    void optionsPrintWhatWasGiven() {
        assertThat(UnwindOptions.DEFAULT.includeArrayIndex("i")).hasToString("UnwindOptions{includeArrayIndex=i}");
        assertThat(FillOptions.fillOptions().sortBy(Sorts.ascending("x"))).hasToString("{\"sortBy\": {\"x\": 1}}");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> Aggregates.addFields(), "fields must not be empty");
        refused(() -> new Field<>("", 1), "name must not be empty");
        refused(() -> Aggregates.bucket("$x", List.of(1)), "boundaries must be at least two, not [1]");
        refused(() -> Aggregates.bucketAuto("$x", 0), "buckets must be at least 1, not 0");
        refused(() -> Aggregates.match(nothing()), "filter must not be null");
        refused(() -> Aggregates.skip(-1), "skip must be at least 0, not -1");
        refused(() -> Aggregates.limit(0), "limit must be at least 1, not 0");
        refused(() -> Aggregates.sample(0), "size must be at least 1, not 0");
        refused(() -> Aggregates.lookup("c", "l", nothing(), "a"), "foreignField must not be null");
        refused(
                () -> Aggregates.facet(new Facet("f", STAGE), new Facet("f", STAGE)),
                "facets must have different names, and two are called f");
        refused(
                () -> Aggregates.group(null, sum("_id", 1)),
                "fieldAccumulators must not have a field _id: that is the group's");
        refused(() -> Aggregates.unwind("x"), "fieldName must begin with $, unlike x");
        refused(() -> Aggregates.fill(FillOptions.fillOptions(), List.of()), "output must not be empty");
        refused(
                () -> Aggregates.vectorSearch(fieldPath("x"), List.of(1.0), "i", 0, exactVectorSearchOptions()),
                "limit must be at least 1, not 0");
        refused(() -> FusionPipeline.of("a.b", STAGE), "name must not be blank, begin with $ or contain a dot: a.b");
        refused(() -> ScoreOptions.scoreOptions().weight(Double.NaN), "weight must be between 0 and 1, not NaN");
        refused(() -> Aggregates.documents(nothing()), "documents must not be null");
    }
}
