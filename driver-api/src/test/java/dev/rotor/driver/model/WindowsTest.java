package dev.rotor.driver.model;

import static dev.rotor.driver.model.BuilderCase.given;
import static dev.rotor.driver.model.RefusedArguments.nothing;
import static dev.rotor.driver.model.RefusedArguments.refused;
import static dev.rotor.driver.model.Windows.Bound.CURRENT;
import static dev.rotor.driver.model.Windows.Bound.UNBOUNDED;

import java.util.List;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowsTest {

    private static final Decimal128 ONE = new Decimal128(1);
    private static final Decimal128 TWO = new Decimal128(2);
    private static final Bson BY = Sorts.descending("s");
    private static final QuantileMethod METHOD = QuantileMethod.approximate();
    private static final Window W = Windows.documents(-1, 1);
    private static final String WINDOW = ", window: {documents: [-1, 1]}}";

    static List<BuilderCase> windows() {
        return List.of(
                given("of(Bson)", () -> Windows.of(new Document("w", 1)), "{w: 1}"),
                given("documents(int, int)", () -> Windows.documents(-1, 2), "{documents: [-1, 2]}"),
                given(
                        "documents(Bound, int)",
                        () -> Windows.documents(UNBOUNDED, -2),
                        "{documents: ['unbounded', -2]}"),
                given("documents(int, Bound)", () -> Windows.documents(-2, CURRENT), "{documents: [-2, 'current']}"),
                given(
                        "documents(Bound, Bound)",
                        () -> Windows.documents(UNBOUNDED, CURRENT),
                        "{documents: ['unbounded', 'current']}"),
                given(
                        "range(long, long)",
                        () -> Windows.range(1L, 2L),
                        "{range: [{$numberLong: '1'}, {$numberLong: '2'}]}"),
                given("range(double, double)", () -> Windows.range(1.0, 2.5), "{range: [1.0, 2.5]}"),
                given(
                        "range(Decimal128, Decimal128)",
                        () -> Windows.range(ONE, TWO),
                        "{range: [{$numberDecimal: '1'}, {$numberDecimal: '2'}]}"),
                given(
                        "range(Bound, long)",
                        () -> Windows.range(CURRENT, 2L),
                        "{range: ['current', {$numberLong: '2'}]}"),
                given("range(Bound, double)", () -> Windows.range(CURRENT, 2.5), "{range: ['current', 2.5]}"),
                given(
                        "range(Bound, Decimal128)",
                        () -> Windows.range(CURRENT, TWO),
                        "{range: ['current', {$numberDecimal: '2'}]}"),
                given(
                        "range(long, Bound)",
                        () -> Windows.range(1L, UNBOUNDED),
                        "{range: [{$numberLong: '1'}, 'unbounded']}"),
                given("range(double, Bound)", () -> Windows.range(1.5, UNBOUNDED), "{range: [1.5, 'unbounded']}"),
                given(
                        "range(Decimal128, Bound)",
                        () -> Windows.range(ONE, UNBOUNDED),
                        "{range: [{$numberDecimal: '1'}, 'unbounded']}"),
                given(
                        "timeRange(long, long, MongoTimeUnit)",
                        () -> Windows.timeRange(1, 2, MongoTimeUnit.MONTH),
                        "{range: [{$numberLong: '1'}, {$numberLong: '2'}], unit: 'month'}"),
                given(
                        "timeRange(Bound, long, MongoTimeUnit)",
                        () -> Windows.timeRange(CURRENT, 2, MongoTimeUnit.WEEK),
                        "{range: ['current', {$numberLong: '2'}], unit: 'week'}"),
                given(
                        "timeRange(long, MongoTimeUnit, Bound)",
                        () -> Windows.timeRange(1, MongoTimeUnit.QUARTER, CURRENT),
                        "{range: [{$numberLong: '1'}, 'current'], unit: 'quarter'}"));
    }

    private static BuilderCase in(String method, Supplier<WindowOutputField> field, String json) {
        return given(
                method,
                () -> Aggregates.setWindowFields(null, null, field.get()),
                "{$setWindowFields: {output: {f: " + json + "}}}");
    }

    static List<BuilderCase> fields() {
        return List.of(
                in("of(BsonField)", () -> WindowOutputFields.of(new BsonField("f", new Document("$x", 1))), "{$x: 1}"),
                in("sum(String, Object, Window)", () -> WindowOutputFields.sum("f", "$x", W), "{$sum: '$x'" + WINDOW),
                in("sum(String, Object, Window)", () -> WindowOutputFields.sum("f", "$x", null), "{$sum: '$x'}"),
                in("avg(String, Object, Window)", () -> WindowOutputFields.avg("f", "$x", W), "{$avg: '$x'" + WINDOW),
                in(
                        "percentile(String, Object, Object, QuantileMethod, Window)",
                        () -> WindowOutputFields.percentile("f", "$x", List.of(0.5), METHOD, W),
                        "{$percentile: {input: '$x', method: 'approximate', p: [0.5]}" + WINDOW),
                in(
                        "median(String, Object, QuantileMethod, Window)",
                        () -> WindowOutputFields.median("f", "$x", METHOD, W),
                        "{$median: {input: '$x', method: 'approximate'}" + WINDOW),
                in(
                        "stdDevSamp(String, Object, Window)",
                        () -> WindowOutputFields.stdDevSamp("f", "$x", W),
                        "{$stdDevSamp: '$x'" + WINDOW),
                in(
                        "stdDevPop(String, Object, Window)",
                        () -> WindowOutputFields.stdDevPop("f", "$x", W),
                        "{$stdDevPop: '$x'" + WINDOW),
                in("min(String, Object, Window)", () -> WindowOutputFields.min("f", "$x", W), "{$min: '$x'" + WINDOW),
                in(
                        "minN(String, Object, Object, Window)",
                        () -> WindowOutputFields.minN("f", "$x", 2, W),
                        "{$minN: {input: '$x', n: 2}" + WINDOW),
                in("max(String, Object, Window)", () -> WindowOutputFields.max("f", "$x", W), "{$max: '$x'" + WINDOW),
                in(
                        "maxN(String, Object, Object, Window)",
                        () -> WindowOutputFields.maxN("f", "$x", 2, W),
                        "{$maxN: {input: '$x', n: 2}" + WINDOW),
                in("count(String, Window)", () -> WindowOutputFields.count("f", W), "{$count: {}" + WINDOW),
                in(
                        "derivative(String, Object, Window)",
                        () -> WindowOutputFields.derivative("f", "$x", W),
                        "{$derivative: {input: '$x'}" + WINDOW),
                in(
                        "timeDerivative(String, Object, Window, MongoTimeUnit)",
                        () -> WindowOutputFields.timeDerivative("f", "$x", W, MongoTimeUnit.HOUR),
                        "{$derivative: {input: '$x', unit: 'hour'}" + WINDOW),
                in(
                        "integral(String, Object, Window)",
                        () -> WindowOutputFields.integral("f", "$x", W),
                        "{$integral: {input: '$x'}" + WINDOW),
                in(
                        "timeIntegral(String, Object, Window, MongoTimeUnit)",
                        () -> WindowOutputFields.timeIntegral("f", "$x", W, MongoTimeUnit.WEEK),
                        "{$integral: {input: '$x', unit: 'week'}" + WINDOW),
                in(
                        "covarianceSamp(String, Object, Object, Window)",
                        () -> WindowOutputFields.covarianceSamp("f", "$x", "$y", W),
                        "{$covarianceSamp: ['$x', '$y']" + WINDOW),
                in(
                        "covariancePop(String, Object, Object, Window)",
                        () -> WindowOutputFields.covariancePop("f", "$x", "$y", W),
                        "{$covariancePop: ['$x', '$y']" + WINDOW),
                in(
                        "expMovingAvg(String, Object, int)",
                        () -> WindowOutputFields.expMovingAvg("f", "$x", 2),
                        "{$expMovingAvg: {input: '$x', N: 2}}"),
                in(
                        "expMovingAvg(String, Object, double)",
                        () -> WindowOutputFields.expMovingAvg("f", "$x", 0.5),
                        "{$expMovingAvg: {input: '$x', alpha: 0.5}}"),
                in(
                        "push(String, Object, Window)",
                        () -> WindowOutputFields.push("f", "$x", W),
                        "{$push: '$x'" + WINDOW),
                in(
                        "addToSet(String, Object, Window)",
                        () -> WindowOutputFields.addToSet("f", "$x", W),
                        "{$addToSet: '$x'" + WINDOW),
                in(
                        "first(String, Object, Window)",
                        () -> WindowOutputFields.first("f", "$x", W),
                        "{$first: '$x'" + WINDOW),
                in(
                        "firstN(String, Object, Object, Window)",
                        () -> WindowOutputFields.firstN("f", "$x", 2, W),
                        "{$firstN: {input: '$x', n: 2}" + WINDOW),
                in(
                        "top(String, Bson, Object, Window)",
                        () -> WindowOutputFields.top("f", BY, "$x", W),
                        "{$top: {sortBy: {s: -1}, output: '$x'}" + WINDOW),
                in(
                        "topN(String, Bson, Object, Object, Window)",
                        () -> WindowOutputFields.topN("f", BY, "$x", 2, W),
                        "{$topN: {sortBy: {s: -1}, output: '$x', n: 2}" + WINDOW),
                in(
                        "last(String, Object, Window)",
                        () -> WindowOutputFields.last("f", "$x", W),
                        "{$last: '$x'" + WINDOW),
                in(
                        "lastN(String, Object, Object, Window)",
                        () -> WindowOutputFields.lastN("f", "$x", 2, W),
                        "{$lastN: {input: '$x', n: 2}" + WINDOW),
                in(
                        "bottom(String, Bson, Object, Window)",
                        () -> WindowOutputFields.bottom("f", BY, "$x", W),
                        "{$bottom: {sortBy: {s: -1}, output: '$x'}" + WINDOW),
                in(
                        "bottomN(String, Bson, Object, Object, Window)",
                        () -> WindowOutputFields.bottomN("f", BY, "$x", 2, W),
                        "{$bottomN: {sortBy: {s: -1}, output: '$x', n: 2}" + WINDOW),
                in(
                        "shift(String, Object, Object, int)",
                        () -> WindowOutputFields.shift("f", "$x", "none", -1),
                        "{$shift: {output: '$x', by: -1, default: 'none'}}"),
                in(
                        "shift(String, Object, Object, int)",
                        () -> WindowOutputFields.shift("f", "$x", null, 1),
                        "{$shift: {output: '$x', by: 1}}"),
                in("documentNumber(String)", () -> WindowOutputFields.documentNumber("f"), "{$documentNumber: {}}"),
                in("rank(String)", () -> WindowOutputFields.rank("f"), "{$rank: {}}"),
                in("denseRank(String)", () -> WindowOutputFields.denseRank("f"), "{$denseRank: {}}"),
                in("locf(String, Object)", () -> WindowOutputFields.locf("f", "$x"), "{$locf: '$x'}"),
                in(
                        "linearFill(String, Object)",
                        () -> WindowOutputFields.linearFill("f", "$x"),
                        "{$linearFill: '$x'}"));
    }

    @ParameterizedTest
    @MethodSource({"windows", "fields"})
    void everyValueIsTheJsonItStandsFor(BuilderCase value) {
        value.check();
    }

    @Test
    void everyMethodIsCovered() {
        BuilderCase.checkComplete(Windows.class, windows());
        BuilderCase.checkComplete(WindowOutputFields.class, fields());
    }

    @Test
    void aWindowThatWouldEndBeforeItBeginsIsRefused() {
        refused(() -> Windows.documents(2, 1), "lower must not be above upper: 2, 1");
        refused(() -> Windows.documents(CURRENT, -1), "lower must not be above upper: CURRENT, -1");
        refused(() -> Windows.documents(1, CURRENT), "lower must not be above upper: 1, CURRENT");
        refused(() -> Windows.range(2L, 1L), "lower must not be above upper: 2, 1");
        refused(() -> Windows.range(2.5, 1.0), "lower must not be above upper: 2.5, 1.0");
        refused(() -> Windows.range(TWO, ONE), "lower must not be above upper: 2, 1");
        refused(() -> Windows.timeRange(2, 1, MongoTimeUnit.DAY), "lower must not be above upper: 2, 1");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefusedByName() {
        refused(() -> Windows.range(CURRENT, RefusedArguments.<Decimal128>nothing()), "upper must not be null");
        refused(() -> WindowOutputFields.sum("", "$x", W), "path must not be empty");
        refused(() -> WindowOutputFields.derivative("f", "$x", nothing()), "window must not be null");
        refused(
                () -> WindowOutputFields.timeDerivative("f", "$x", W, MongoTimeUnit.MONTH),
                "unit must be a week or shorter, not a month");
        refused(() -> WindowOutputFields.expMovingAvg("f", "$x", 0), "n must be at least 1, not 0");
        refused(() -> WindowOutputFields.expMovingAvg("f", "$x", 1.0), "alpha must be between 0 and 1, not 1.0");
    }
}
