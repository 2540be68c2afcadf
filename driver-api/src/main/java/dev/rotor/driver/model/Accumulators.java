package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Builds the fields of {@code $group}, {@code $bucket} and {@code $bucketAuto}: {@code sum("total", "$price")}. Meant
 * to be imported statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/">$group</a>
 */
public final class Accumulators {

    private Accumulators() {}

    /**
     * The sum of the values.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField sum(String fieldName, Object expression) {
        return field(fieldName, "$sum", Require.nonNull("expression", expression));
    }

    /**
     * The average of the values.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField avg(String fieldName, Object expression) {
        return field(fieldName, "$avg", Require.nonNull("expression", expression));
    }

    /**
     * Percentiles of the values.
     *
     * @param fieldName the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param pExpression the percentiles, as numbers from 0 to 1
     * @param method how it is computed
     * @return the field of {@code $group}
     */
    public static BsonField percentile(
            String fieldName, Object inExpression, Object pExpression, QuantileMethod method) {
        return field(fieldName, "$percentile", Functions.percentile(inExpression, pExpression, method));
    }

    /**
     * The median of the values.
     *
     * @param fieldName the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param method how it is computed
     * @return the field of {@code $group}
     */
    public static BsonField median(String fieldName, Object inExpression, QuantileMethod method) {
        return field(fieldName, "$median", Functions.median(inExpression, method));
    }

    /**
     * The value of the first document.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField first(String fieldName, Object expression) {
        return field(fieldName, "$first", Require.nonNull("expression", expression));
    }

    /**
     * The values of the first documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @return the field of {@code $group}
     */
    public static BsonField firstN(String fieldName, Object inExpression, Object nExpression) {
        return field(fieldName, "$firstN", Functions.pickN(inExpression, nExpression));
    }

    /**
     * The value of the first document in an order.
     *
     * @param fieldName the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @return the field of {@code $group}
     */
    public static BsonField top(String fieldName, Bson sortBy, Object outExpression) {
        return field(fieldName, "$top", Functions.pick(sortBy, outExpression));
    }

    /**
     * The values of the first documents in an order.
     *
     * @param fieldName the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @param nExpression how many; a positive number, or an expression
     * @return the field of {@code $group}
     */
    public static BsonField topN(String fieldName, Bson sortBy, Object outExpression, Object nExpression) {
        return field(fieldName, "$topN", Functions.pickN(sortBy, outExpression, nExpression));
    }

    /**
     * The value of the last document.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField last(String fieldName, Object expression) {
        return field(fieldName, "$last", Require.nonNull("expression", expression));
    }

    /**
     * The values of the last documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @return the field of {@code $group}
     */
    public static BsonField lastN(String fieldName, Object inExpression, Object nExpression) {
        return field(fieldName, "$lastN", Functions.pickN(inExpression, nExpression));
    }

    /**
     * The value of the last document in an order.
     *
     * @param fieldName the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @return the field of {@code $group}
     */
    public static BsonField bottom(String fieldName, Bson sortBy, Object outExpression) {
        return field(fieldName, "$bottom", Functions.pick(sortBy, outExpression));
    }

    /**
     * The values of the last documents in an order.
     *
     * @param fieldName the field that gets the result; not empty
     * @param sortBy the order of the documents
     * @param outExpression the expression whose value is the result
     * @param nExpression how many; a positive number, or an expression
     * @return the field of {@code $group}
     */
    public static BsonField bottomN(String fieldName, Bson sortBy, Object outExpression, Object nExpression) {
        return field(fieldName, "$bottomN", Functions.pickN(sortBy, outExpression, nExpression));
    }

    /**
     * The largest value.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField max(String fieldName, Object expression) {
        return field(fieldName, "$max", Require.nonNull("expression", expression));
    }

    /**
     * The largest values.
     *
     * @param fieldName the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @return the field of {@code $group}
     */
    public static BsonField maxN(String fieldName, Object inExpression, Object nExpression) {
        return field(fieldName, "$maxN", Functions.pickN(inExpression, nExpression));
    }

    /**
     * The smallest value.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField min(String fieldName, Object expression) {
        return field(fieldName, "$min", Require.nonNull("expression", expression));
    }

    /**
     * The smallest values.
     *
     * @param fieldName the field that gets the result; not empty
     * @param inExpression the expression whose values count
     * @param nExpression how many; a positive number, or an expression
     * @return the field of {@code $group}
     */
    public static BsonField minN(String fieldName, Object inExpression, Object nExpression) {
        return field(fieldName, "$minN", Functions.pickN(inExpression, nExpression));
    }

    /**
     * All values, as an array.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField push(String fieldName, Object expression) {
        return field(fieldName, "$push", Require.nonNull("expression", expression));
    }

    /**
     * All different values, as an array.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField addToSet(String fieldName, Object expression) {
        return field(fieldName, "$addToSet", Require.nonNull("expression", expression));
    }

    /**
     * The values, which are documents, merged into one.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField mergeObjects(String fieldName, Object expression) {
        return field(fieldName, "$mergeObjects", Require.nonNull("expression", expression));
    }

    /**
     * The standard deviation of the values as a population.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField stdDevPop(String fieldName, Object expression) {
        return field(fieldName, "$stdDevPop", Require.nonNull("expression", expression));
    }

    /**
     * The standard deviation of the values as a sample.
     *
     * @param fieldName the field that gets the result; not empty
     * @param expression the expression, as a {@link Bson} or any type that the codec registry knows
     * @return the field of {@code $group}
     */
    public static BsonField stdDevSamp(String fieldName, Object expression) {
        return field(fieldName, "$stdDevSamp", Require.nonNull("expression", expression));
    }

    /**
     * A function of your own over the documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param initFunction the function that makes the state
     * @param accumulateFunction the function that takes a document into the state
     * @param mergeFunction the function that merges two states
     * @return the field of {@code $group}
     */
    public static BsonField accumulator(
            String fieldName, String initFunction, String accumulateFunction, String mergeFunction) {
        return accumulator(fieldName, initFunction, accumulateFunction, mergeFunction, null);
    }

    /**
     * A function of your own over the documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param initFunction the function that makes the state
     * @param accumulateFunction the function that takes a document into the state
     * @param mergeFunction the function that merges two states
     * @param finalizeFunction the function that makes the result of the state; {@code null}: the state is the result
     * @return the field of {@code $group}
     */
    public static BsonField accumulator(
            String fieldName,
            String initFunction,
            String accumulateFunction,
            String mergeFunction,
            @Nullable String finalizeFunction) {
        return accumulator(fieldName, initFunction, null, accumulateFunction, null, mergeFunction, finalizeFunction);
    }

    /**
     * A function of your own over the documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param initFunction the function that makes the state
     * @param initArgs its arguments; {@code null} for none
     * @param accumulateFunction the function that takes a document into the state
     * @param accumulateArgs its arguments, after the state; {@code null} for none
     * @param mergeFunction the function that merges two states
     * @param finalizeFunction the function that makes the result of the state; {@code null}: the state is the result
     * @return the field of {@code $group}
     */
    public static BsonField accumulator(
            String fieldName,
            String initFunction,
            @Nullable List<String> initArgs,
            String accumulateFunction,
            @Nullable List<String> accumulateArgs,
            String mergeFunction,
            @Nullable String finalizeFunction) {
        return accumulator(
                fieldName,
                initFunction,
                initArgs,
                accumulateFunction,
                accumulateArgs,
                mergeFunction,
                finalizeFunction,
                "js");
    }

    /**
     * A function of your own over the documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param initFunction the function that makes the state
     * @param accumulateFunction the function that takes a document into the state
     * @param mergeFunction the function that merges two states
     * @param finalizeFunction the function that makes the result of the state; {@code null}: the state is the result
     * @param lang the language of the functions; the server knows {@code "js"}
     * @return the field of {@code $group}
     */
    public static BsonField accumulator(
            String fieldName,
            String initFunction,
            String accumulateFunction,
            String mergeFunction,
            @Nullable String finalizeFunction,
            String lang) {
        return accumulator(
                fieldName, initFunction, null, accumulateFunction, null, mergeFunction, finalizeFunction, lang);
    }

    /**
     * A function of your own over the documents.
     *
     * @param fieldName the field that gets the result; not empty
     * @param initFunction the function that makes the state
     * @param initArgs its arguments; {@code null} for none
     * @param accumulateFunction the function that takes a document into the state
     * @param accumulateArgs its arguments, after the state; {@code null} for none
     * @param mergeFunction the function that merges two states
     * @param finalizeFunction the function that makes the result of the state; {@code null}: the state is the result
     * @param lang the language of the functions; the server knows {@code "js"}
     * @return the field of {@code $group}
     */
    public static BsonField accumulator(
            String fieldName,
            String initFunction,
            @Nullable List<String> initArgs,
            String accumulateFunction,
            @Nullable List<String> accumulateArgs,
            String mergeFunction,
            @Nullable String finalizeFunction,
            String lang) {
        return field(
                fieldName,
                "$accumulator",
                Shape.of("init", text("initFunction", initFunction))
                        .with("initArgs", arguments("initArgs", initArgs))
                        .with("accumulate", text("accumulateFunction", accumulateFunction))
                        .with("accumulateArgs", arguments("accumulateArgs", accumulateArgs))
                        .with("merge", text("mergeFunction", mergeFunction))
                        .with("lang", text("lang", lang))
                        .withPresent("finalize", Literal.ofNullable(finalizeFunction)));
    }

    private static BsonField field(String fieldName, String operator, Object value) {
        return new BsonField(Require.path("fieldName", fieldName), Shape.of(operator, value));
    }

    private static BsonValue text(String argument, String value) {
        return Literal.of(Require.nonNull(argument, value));
    }

    private static Items arguments(String argument, @Nullable List<String> values) {
        return values == null ? Items.of() : Items.ofStrings(Require.all(argument, values));
    }
}
