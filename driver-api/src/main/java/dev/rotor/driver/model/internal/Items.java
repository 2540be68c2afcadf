package dev.rotor.driver.model.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * An array that an operator wants, unlike a list that is one of the user's values and has a codec of its own.
 *
 * @param values what is in it: user values, shapes, {@code null}
 */
public record Items(List<?> values) {

    /**
     * Copies.
     *
     * @param values what is in it
     */
    public Items {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /**
     * The user's values, any of which may be {@code null}.
     *
     * @param argument the argument's name
     * @param values its value
     * @return the array
     * @throws NullPointerException if {@code values} is {@code null}
     */
    public static Items of(String argument, @Nullable Iterable<?> values) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object value : Require.nonNull(argument, values)) {
            copy.add(value);
        }
        return new Items(copy);
    }

    /**
     * The user's values, any of which may be {@code null}.
     *
     * @param argument the argument's name
     * @param values its value
     * @return the array
     * @throws NullPointerException if {@code values} is {@code null}
     */
    public static Items of(String argument, @Nullable Object @Nullable [] values) {
        return new Items(Arrays.asList(Require.nonNull(argument, values)));
    }

    /**
     * An array of these.
     *
     * @param values user values, literals or shapes
     * @return the array
     */
    public static Items of(Object... values) {
        return new Items(Arrays.asList(values));
    }

    /**
     * Strings that belong to an operator.
     *
     * @param values the strings
     * @return the array
     */
    public static Items ofStrings(Iterable<String> values) {
        List<BsonString> copy = new ArrayList<>();
        for (String value : values) {
            copy.add(new BsonString(value));
        }
        return new Items(copy);
    }
}
