package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;

import java.util.List;
import java.util.function.Supplier;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccumulatorsTest {

    private static final Bson BY = Sorts.descending("s");
    private static final QuantileMethod METHOD = QuantileMethod.approximate();

    private static BuilderCase in(String method, Supplier<BsonField> field, String json) {
        return given(method, () -> Aggregates.group(null, field.get()), "{$group: {_id: null, f: " + json + "}}");
    }

    static List<BuilderCase> cases() {
        return List.of(
                in("sum(String, Object)", () -> Accumulators.sum("f", "$x"), "{$sum: '$x'}"),
                in("avg(String, Object)", () -> Accumulators.avg("f", "$x"), "{$avg: '$x'}"),
                in(
                        "percentile(String, Object, Object, QuantileMethod)",
                        () -> Accumulators.percentile("f", "$x", List.of(0.95), METHOD),
                        "{$percentile: {input: '$x', method: 'approximate', p: [0.95]}}"),
                in(
                        "median(String, Object, QuantileMethod)",
                        () -> Accumulators.median("f", "$x", QuantileMethod.of(new BsonString("m"))),
                        "{$median: {input: '$x', method: 'm'}}"),
                in("first(String, Object)", () -> Accumulators.first("f", "$x"), "{$first: '$x'}"),
                in(
                        "firstN(String, Object, Object)",
                        () -> Accumulators.firstN("f", "$x", 3),
                        "{$firstN: {input: '$x', n: 3}}"),
                in(
                        "top(String, Bson, Object)",
                        () -> Accumulators.top("f", BY, "$x"),
                        "{$top: {sortBy: {s: -1}, output: '$x'}}"),
                in(
                        "topN(String, Bson, Object, Object)",
                        () -> Accumulators.topN("f", BY, "$x", "$n"),
                        "{$topN: {sortBy: {s: -1}, output: '$x', n: '$n'}}"),
                in("last(String, Object)", () -> Accumulators.last("f", "$x"), "{$last: '$x'}"),
                in(
                        "lastN(String, Object, Object)",
                        () -> Accumulators.lastN("f", "$x", 3),
                        "{$lastN: {input: '$x', n: 3}}"),
                in(
                        "bottom(String, Bson, Object)",
                        () -> Accumulators.bottom("f", BY, "$x"),
                        "{$bottom: {sortBy: {s: -1}, output: '$x'}}"),
                in(
                        "bottomN(String, Bson, Object, Object)",
                        () -> Accumulators.bottomN("f", BY, List.of("$x", "$y"), 3),
                        "{$bottomN: {sortBy: {s: -1}, output: ['$x', '$y'], n: 3}}"),
                in("max(String, Object)", () -> Accumulators.max("f", "$x"), "{$max: '$x'}"),
                in(
                        "maxN(String, Object, Object)",
                        () -> Accumulators.maxN("f", "$x", 3),
                        "{$maxN: {input: '$x', n: 3}}"),
                in("min(String, Object)", () -> Accumulators.min("f", "$x"), "{$min: '$x'}"),
                in(
                        "minN(String, Object, Object)",
                        () -> Accumulators.minN("f", "$x", 3),
                        "{$minN: {input: '$x', n: 3}}"),
                in("push(String, Object)", () -> Accumulators.push("f", "$x"), "{$push: '$x'}"),
                in("addToSet(String, Object)", () -> Accumulators.addToSet("f", "$x"), "{$addToSet: '$x'}"),
                in("mergeObjects(String, Object)", () -> Accumulators.mergeObjects("f", "$x"), "{$mergeObjects: '$x'}"),
                in("stdDevPop(String, Object)", () -> Accumulators.stdDevPop("f", "$x"), "{$stdDevPop: '$x'}"),
                in("stdDevSamp(String, Object)", () -> Accumulators.stdDevSamp("f", "$x"), "{$stdDevSamp: '$x'}"),
                in(
                        "accumulator(String, String, String, String)",
                        () -> Accumulators.accumulator("f", "i", "a", "m"),
                        "{$accumulator: {init: 'i', initArgs: [], accumulate: 'a', accumulateArgs: [], merge: 'm', lang: 'js'}}"),
                in(
                        "accumulator(String, String, String, String, String)",
                        () -> Accumulators.accumulator("f", "i", "a", "m", "z"),
                        "{$accumulator: {init: 'i', initArgs: [], accumulate: 'a', accumulateArgs: [], merge: 'm', lang: 'js', finalize: 'z'}}"),
                in(
                        "accumulator(String, String, List, String, List, String, String)",
                        () -> Accumulators.accumulator("f", "i", List.of("0"), "a", List.of("$x"), "m", null),
                        "{$accumulator: {init: 'i', initArgs: ['0'], accumulate: 'a', accumulateArgs: ['$x'], merge: 'm', lang: 'js'}}"),
                in(
                        "accumulator(String, String, String, String, String, String)",
                        () -> Accumulators.accumulator("f", "i", "a", "m", "z", "l"),
                        "{$accumulator: {init: 'i', initArgs: [], accumulate: 'a', accumulateArgs: [], merge: 'm', lang: 'l', finalize: 'z'}}"),
                in(
                        "accumulator(String, String, List, String, List, String, String, String)",
                        () -> Accumulators.accumulator("f", "i", null, "a", List.of("$x"), "m", null, "l"),
                        "{$accumulator: {init: 'i', initArgs: [], accumulate: 'a', accumulateArgs: ['$x'], merge: 'm', lang: 'l'}}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyAccumulatorIsTheJsonItStandsFor(BuilderCase accumulator) {
        accumulator.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(Accumulators.class, cases());
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> Accumulators.sum("", 1), "fieldName must not be empty");
        refused(() -> Accumulators.sum("f", nothing()), "expression must not be null");
        refused(() -> Accumulators.percentile("f", "$x", nothing(), METHOD), "pExpression must not be null");
        refused(() -> Accumulators.median("f", "$x", nothing()), "method must not be null");
        refused(() -> Accumulators.firstN("f", "$x", 0), "nExpression must be at least 1, not 0");
        refused(() -> Accumulators.top("f", nothing(), "$x"), "sortBy must not be null");
        refused(() -> Accumulators.accumulator("f", "i", nothing(), "m"), "accumulateFunction must not be null");
    }
}
