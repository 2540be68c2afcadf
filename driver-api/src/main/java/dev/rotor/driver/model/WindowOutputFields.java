package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Builds the fields of {@code $setWindowFields}: {@code sum("total", "$price", window)}. Meant to be imported
 * statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a
 *     href="https://www.mongodb.com/docs/manual/reference/operator/aggregation/setWindowFields/">$setWindowFields</a>
 */
public final class WindowOutputFields {

    private WindowOutputFields() {}

    /**
     * A window function that has no factory here yet.
     *
     * @param field the field, and its definition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField of(BsonField field) {
        return new WindowOutputField(Require.nonNull("field", field));
    }

    /**
     * The sum of the values.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField sum(String path, Object expression, @Nullable Window window) {
        return field(path, "$sum", Require.nonNull("expression", expression), window);
    }

    /**
     * The average of the values.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField avg(String path, Object expression, @Nullable Window window) {
        return field(path, "$avg", Require.nonNull("expression", expression), window);
    }

    /**
     * Percentiles of the values.
     *
     * @param path the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param pExpression the percentiles, as numbers from 0 to 1
     * @param method how it is computed
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField percentile(
            String path, Object inExpression, Object pExpression, QuantileMethod method, @Nullable Window window) {
        return field(path, "$percentile", Functions.percentile(inExpression, pExpression, method), window);
    }

    /**
     * The median of the values.
     *
     * @param path the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param method how it is computed
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField median(
            String path, Object inExpression, QuantileMethod method, @Nullable Window window) {
        return field(path, "$median", Functions.median(inExpression, method), window);
    }

    /**
     * The standard deviation of the values as a sample.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField stdDevSamp(String path, Object expression, @Nullable Window window) {
        return field(path, "$stdDevSamp", Require.nonNull("expression", expression), window);
    }

    /**
     * The standard deviation of the values as a population.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField stdDevPop(String path, Object expression, @Nullable Window window) {
        return field(path, "$stdDevPop", Require.nonNull("expression", expression), window);
    }

    /**
     * The smallest value.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField min(String path, Object expression, @Nullable Window window) {
        return field(path, "$min", Require.nonNull("expression", expression), window);
    }

    /**
     * The smallest values.
     *
     * @param path the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField minN(
            String path, Object inExpression, Object nExpression, @Nullable Window window) {
        return field(path, "$minN", Functions.pickN(inExpression, nExpression), window);
    }

    /**
     * The largest value.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField max(String path, Object expression, @Nullable Window window) {
        return field(path, "$max", Require.nonNull("expression", expression), window);
    }

    /**
     * The largest values.
     *
     * @param path the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField maxN(
            String path, Object inExpression, Object nExpression, @Nullable Window window) {
        return field(path, "$maxN", Functions.pickN(inExpression, nExpression), window);
    }

    /**
     * The number of documents.
     *
     * @param path the field that gets the result; not empty
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField count(String path, @Nullable Window window) {
        return field(path, "$count", Shape.EMPTY, window);
    }

    /**
     * The average rate of change.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField derivative(String path, Object expression, Window window) {
        return field(path, "$derivative", input(expression), Require.nonNull("window", window));
    }

    /**
     * The average rate of change, by time.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window
     * @param unit the unit of time; a week or shorter
     * @return the field of {@code $setWindowFields}
     * @throws IllegalArgumentException if not every one of the units is as long as any other
     */
    public static WindowOutputField timeDerivative(String path, Object expression, Window window, MongoTimeUnit unit) {
        return field(
                path, "$derivative", input(expression).with("unit", unit(unit)), Require.nonNull("window", window));
    }

    /**
     * The area under the curve.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField integral(String path, Object expression, Window window) {
        return field(path, "$integral", input(expression), Require.nonNull("window", window));
    }

    /**
     * The area under the curve, by time.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window
     * @param unit the unit of time; a week or shorter
     * @return the field of {@code $setWindowFields}
     * @throws IllegalArgumentException if not every one of the units is as long as any other
     */
    public static WindowOutputField timeIntegral(String path, Object expression, Window window, MongoTimeUnit unit) {
        return field(path, "$integral", input(expression).with("unit", unit(unit)), Require.nonNull("window", window));
    }

    /**
     * The covariance of two values as a sample.
     *
     * @param path the field that gets the result; not empty
     * @param expression1 the one expression
     * @param expression2 the other
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField covarianceSamp(
            String path, Object expression1, Object expression2, @Nullable Window window) {
        return field(
                path,
                "$covarianceSamp",
                Items.of(Require.nonNull("expression1", expression1), Require.nonNull("expression2", expression2)),
                window);
    }

    /**
     * The covariance of two values as a population.
     *
     * @param path the field that gets the result; not empty
     * @param expression1 the one expression
     * @param expression2 the other
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField covariancePop(
            String path, Object expression1, Object expression2, @Nullable Window window) {
        return field(
                path,
                "$covariancePop",
                Items.of(Require.nonNull("expression1", expression1), Require.nonNull("expression2", expression2)),
                window);
    }

    /**
     * The exponential moving average of the values, by how many documents count.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param n how many documents have a weight of 86 per cent of the whole
     * @return the field of {@code $setWindowFields}
     * @throws IllegalArgumentException if n is not positive
     */
    public static WindowOutputField expMovingAvg(String path, Object expression, int n) {
        return field(path, "$expMovingAvg", input(expression).with("N", Literal.of(Require.atLeast("n", n, 1))), null);
    }

    /**
     * The exponential moving average of the values, by the speed at which older ones fade.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param alpha between 0 and 1, neither included; the larger, the faster
     * @return the field of {@code $setWindowFields}
     * @throws IllegalArgumentException if alpha is not between 0 and 1
     */
    public static WindowOutputField expMovingAvg(String path, Object expression, double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be between 0 and 1, not " + alpha);
        }
        return field(path, "$expMovingAvg", input(expression).with("alpha", Literal.of(alpha)), null);
    }

    /**
     * All values, as an array.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField push(String path, Object expression, @Nullable Window window) {
        return field(path, "$push", Require.nonNull("expression", expression), window);
    }

    /**
     * All different values, as an array.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField addToSet(String path, Object expression, @Nullable Window window) {
        return field(path, "$addToSet", Require.nonNull("expression", expression), window);
    }

    /**
     * The value of the first document.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField first(String path, Object expression, @Nullable Window window) {
        return field(path, "$first", Require.nonNull("expression", expression), window);
    }

    /**
     * The values of the first documents.
     *
     * @param path the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField firstN(
            String path, Object inExpression, Object nExpression, @Nullable Window window) {
        return field(path, "$firstN", Functions.pickN(inExpression, nExpression), window);
    }

    /**
     * The value of the first document in an order.
     *
     * @param path the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField top(String path, Bson sortBy, Object outExpression, @Nullable Window window) {
        return field(path, "$top", Functions.pick(sortBy, outExpression), window);
    }

    /**
     * The values of the first documents in an order.
     *
     * @param path the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @param nExpression how many; a positive number, or an expression
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField topN(
            String path, Bson sortBy, Object outExpression, Object nExpression, @Nullable Window window) {
        return field(path, "$topN", Functions.pickN(sortBy, outExpression, nExpression), window);
    }

    /**
     * The value of the last document.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField last(String path, Object expression, @Nullable Window window) {
        return field(path, "$last", Require.nonNull("expression", expression), window);
    }

    /**
     * The values of the last documents.
     *
     * @param path the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField lastN(
            String path, Object inExpression, Object nExpression, @Nullable Window window) {
        return field(path, "$lastN", Functions.pickN(inExpression, nExpression), window);
    }

    /**
     * The value of the last document in an order.
     *
     * @param path the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField bottom(String path, Bson sortBy, Object outExpression, @Nullable Window window) {
        return field(path, "$bottom", Functions.pick(sortBy, outExpression), window);
    }

    /**
     * The values of the last documents in an order.
     *
     * @param path the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @param nExpression how many; a positive number, or an expression
     * @param window the window; {@code null} for the whole partition
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField bottomN(
            String path, Bson sortBy, Object outExpression, Object nExpression, @Nullable Window window) {
        return field(path, "$bottomN", Functions.pickN(sortBy, outExpression, nExpression), window);
    }

    /**
     * The value of another document.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @param defaultExpression the value where there is no such document; {@code null}: the server gives null
     * @param by how many documents after this one it is; before it if negative
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField shift(String path, Object expression, @Nullable Object defaultExpression, int by) {
        return field(
                path,
                "$shift",
                Shape.of("output", Require.nonNull("expression", expression))
                        .with("by", Literal.of(by))
                        .withPresent("default", defaultExpression),
                null);
    }

    /**
     * The position of the document in its partition.
     *
     * @param path the field that gets the result; not empty
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField documentNumber(String path) {
        return field(path, "$documentNumber", Shape.EMPTY, null);
    }

    /**
     * The rank of the document in its partition, with gaps after equal ones.
     *
     * @param path the field that gets the result; not empty
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField rank(String path) {
        return field(path, "$rank", Shape.EMPTY, null);
    }

    /**
     * The rank of the document in its partition, without gaps.
     *
     * @param path the field that gets the result; not empty
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField denseRank(String path) {
        return field(path, "$denseRank", Shape.EMPTY, null);
    }

    /**
     * The value, or the last one before that is not null or missing.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField locf(String path, Object expression) {
        return field(path, "$locf", Require.nonNull("expression", expression), null);
    }

    /**
     * The value, or one between those before and after it if it is null or missing.
     *
     * @param path the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $setWindowFields}
     */
    public static WindowOutputField linearFill(String path, Object expression) {
        return field(path, "$linearFill", Require.nonNull("expression", expression), null);
    }

    private static WindowOutputField field(String path, String function, Object argument, @Nullable Window window) {
        return new WindowOutputField(new BsonField(
                Require.path("path", path), Shape.of(function, argument).withPresent("window", window)));
    }

    private static Shape input(Object expression) {
        return Shape.of("input", Require.nonNull("expression", expression));
    }

    private static BsonValue unit(MongoTimeUnit unit) {
        if (!Require.nonNull("unit", unit).fixed()) {
            throw new IllegalArgumentException("unit must be a week or shorter, not a " + unit.wireName());
        }
        return Literal.of(unit.wireName());
    }
}
