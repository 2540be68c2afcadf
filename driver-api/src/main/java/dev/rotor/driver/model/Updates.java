package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Builds updates: {@code combine(set("name", "Ada"), inc("visits", 1))}. Meant to be imported statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/operator/update/">Update operators</a>
 */
public final class Updates {

    private Updates() {}

    /**
     * Combines updates into one. Where two have the same operator and field, the last one counts.
     *
     * @param updates the updates
     * @return the update
     */
    public static Bson combine(Bson... updates) {
        return new Joined(Joined.Rule.OPERATORS, Require.all("updates", updates));
    }

    /**
     * Combines updates into one. Where two have the same operator and field, the last one counts.
     *
     * @param updates the updates
     * @return the update
     */
    public static Bson combine(List<? extends Bson> updates) {
        return new Joined(Joined.Rule.OPERATORS, Require.all("updates", updates));
    }

    /**
     * Sets every field of a document.
     *
     * @param value the fields and their values
     * @return the update
     */
    public static Bson set(Bson value) {
        return Shape.of("$set", Require.nonNull("value", value));
    }

    /**
     * Sets a field.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson set(String fieldName, @Nullable Object value) {
        return operator("$set", fieldName, value);
    }

    /**
     * Removes a field.
     *
     * @param fieldName the field
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson unset(String fieldName) {
        return operator("$unset", fieldName, Literal.of(""));
    }

    /**
     * Sets every field of a document, but only if the update inserts.
     *
     * @param value the fields and their values
     * @return the update
     */
    public static Bson setOnInsert(Bson value) {
        return Shape.of("$setOnInsert", Require.nonNull("value", value));
    }

    /**
     * Sets a field, but only if the update inserts.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson setOnInsert(String fieldName, @Nullable Object value) {
        return operator("$setOnInsert", fieldName, value);
    }

    /**
     * Renames a field.
     *
     * @param fieldName the field
     * @param newFieldName its new name
     * @return the update
     * @throws IllegalArgumentException if a name is empty or has a NUL character
     */
    public static Bson rename(String fieldName, String newFieldName) {
        return operator("$rename", fieldName, Literal.of(Require.path("newFieldName", newFieldName)));
    }

    /**
     * Adds a number to a field.
     *
     * @param fieldName the field
     * @param number what to add
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson inc(String fieldName, Number number) {
        return operator("$inc", fieldName, Require.nonNull("number", number));
    }

    /**
     * Multiplies a field by a number.
     *
     * @param fieldName the field
     * @param number by what to multiply
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson mul(String fieldName, Number number) {
        return operator("$mul", fieldName, Require.nonNull("number", number));
    }

    /**
     * Sets a field if the value is less than what the field has.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson min(String fieldName, @Nullable Object value) {
        return operator("$min", fieldName, value);
    }

    /**
     * Sets a field if the value is greater than what the field has.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson max(String fieldName, @Nullable Object value) {
        return operator("$max", fieldName, value);
    }

    /**
     * Sets a field to the server's current date.
     *
     * @param fieldName the field
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson currentDate(String fieldName) {
        return operator("$currentDate", fieldName, Literal.of(true));
    }

    /**
     * Sets a field to the server's current time, as a BSON timestamp.
     *
     * @param fieldName the field
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson currentTimestamp(String fieldName) {
        return operator("$currentDate", fieldName, Shape.of("$type", Literal.of("timestamp")));
    }

    /**
     * Adds a value to an array that does not have it yet.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson addToSet(String fieldName, @Nullable Object value) {
        return operator("$addToSet", fieldName, value);
    }

    /**
     * Adds to an array those values that it does not have yet.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson addEachToSet(String fieldName, List<?> values) {
        return operator("$addToSet", fieldName, Shape.of("$each", Items.of("values", values)));
    }

    /**
     * Appends a value to an array.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson push(String fieldName, @Nullable Object value) {
        return operator("$push", fieldName, value);
    }

    /**
     * Appends values to an array.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson pushEach(String fieldName, List<?> values) {
        return pushEach(fieldName, values, PushOptions.DEFAULT);
    }

    /**
     * Puts values into an array.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @param options where, and what happens to the array then
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson pushEach(String fieldName, List<?> values, PushOptions options) {
        Require.nonNull("options", options);
        return operator(
                "$push",
                fieldName,
                Shape.of("$each", Items.of("values", values))
                        .withPresent("$position", Literal.ofNullable(options.position()))
                        .withPresent("$slice", Literal.ofNullable(options.slice()))
                        .withPresent("$sort", Literal.ofNullable(options.sort()))
                        .withPresent("$sort", options.sortDocument()));
    }

    /**
     * Removes from an array the elements that equal a value, or match it if it is a filter.
     *
     * @param fieldName the field
     * @param value the value, of any type that the codec registry knows; may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson pull(String fieldName, @Nullable Object value) {
        return operator("$pull", fieldName, value);
    }

    /**
     * Removes from arrays the elements that match a filter, whose names are those of the arrays.
     *
     * @param filter for example {@code Filters.gte("scores", 80)}
     * @return the update
     */
    public static Bson pullByFilter(Bson filter) {
        return Shape.of("$pull", Require.nonNull("filter", filter));
    }

    /**
     * Removes from an array all elements that equal one of the values.
     *
     * @param fieldName the field
     * @param values the values; any may be {@code null}
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson pullAll(String fieldName, List<?> values) {
        return operator("$pullAll", fieldName, Items.of("values", values));
    }

    /**
     * Removes an array's first element.
     *
     * @param fieldName the field
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson popFirst(String fieldName) {
        return operator("$pop", fieldName, Literal.of(-1));
    }

    /**
     * Removes an array's last element.
     *
     * @param fieldName the field
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson popLast(String fieldName) {
        return operator("$pop", fieldName, Literal.of(1));
    }

    /**
     * Replaces a field by its bitwise and with a 32-bit integer.
     *
     * @param fieldName the field
     * @param value the integer
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson bitwiseAnd(String fieldName, int value) {
        return operator("$bit", fieldName, Shape.of("and", Literal.of(value)));
    }

    /**
     * Replaces a field by its bitwise and with a 64-bit integer.
     *
     * @param fieldName the field
     * @param value the integer
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson bitwiseAnd(String fieldName, long value) {
        return operator("$bit", fieldName, Shape.of("and", Literal.of(value)));
    }

    /**
     * Replaces a field by its bitwise or with a 32-bit integer.
     *
     * @param fieldName the field
     * @param value the integer
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson bitwiseOr(String fieldName, int value) {
        return operator("$bit", fieldName, Shape.of("or", Literal.of(value)));
    }

    /**
     * Replaces a field by its bitwise or with a 64-bit integer.
     *
     * @param fieldName the field
     * @param value the integer
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson bitwiseOr(String fieldName, long value) {
        return operator("$bit", fieldName, Shape.of("or", Literal.of(value)));
    }

    /**
     * Replaces a field by its bitwise xor with a 32-bit integer.
     *
     * @param fieldName the field
     * @param value the integer
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson bitwiseXor(String fieldName, int value) {
        return operator("$bit", fieldName, Shape.of("xor", Literal.of(value)));
    }

    /**
     * Replaces a field by its bitwise xor with a 64-bit integer.
     *
     * @param fieldName the field
     * @param value the integer
     * @return the update
     * @throws IllegalArgumentException if the field is empty or has a NUL character
     */
    public static Bson bitwiseXor(String fieldName, long value) {
        return operator("$bit", fieldName, Shape.of("xor", Literal.of(value)));
    }

    private static Bson operator(String operator, String fieldName, @Nullable Object value) {
        return Shape.of(operator, Require.path("fieldName", fieldName), value);
    }
}
