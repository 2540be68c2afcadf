package dev.rotor.driver.model.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of arguments. Each names the argument: {@code null} throws {@link NullPointerException}, anything else
 * {@link IllegalArgumentException}.
 */
public final class Require {

    private Require() {}

    /**
     * Refuses {@code null}.
     *
     * @param <T> the argument's type
     * @param argument its name
     * @param value its value
     * @return the value
     */
    public static <T> T nonNull(String argument, @Nullable T value) {
        if (value == null) {
            throw new NullPointerException(argument + " must not be null");
        }
        return value;
    }

    /**
     * Refuses what cannot be the name of a BSON element.
     *
     * @param argument the argument's name
     * @param value its value
     * @return the value; it may be empty, because documents may have such a field
     */
    public static String name(String argument, @Nullable String value) {
        String given = nonNull(argument, value);
        if (given.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(argument + " must not contain a NUL character");
        }
        return given;
    }

    /**
     * Refuses what cannot be the path of a field where the server wants one that is not empty.
     *
     * @param argument the argument's name
     * @param value its value
     * @return the value
     */
    public static String path(String argument, @Nullable String value) {
        String given = name(argument, value);
        if (given.isEmpty()) {
            throw new IllegalArgumentException(argument + " must not be empty");
        }
        return given;
    }

    /**
     * Refuses numbers below a bound.
     *
     * @param argument the argument's name
     * @param value its value
     * @param least the smallest that is allowed
     * @return the value
     */
    public static int atLeast(String argument, int value, int least) {
        atLeast(argument, (long) value, least);
        return value;
    }

    /**
     * Refuses numbers below a bound.
     *
     * @param argument the argument's name
     * @param value its value
     * @param least the smallest that is allowed
     * @return the value
     */
    public static long atLeast(String argument, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(argument + " must be at least " + least + ", not " + value);
        }
        return value;
    }

    /**
     * Copies, and refuses {@code null}, also as an element.
     *
     * @param <T> the elements' type
     * @param argument the argument's name
     * @param values its value
     * @return an immutable copy
     */
    public static <T> List<T> all(String argument, @Nullable Iterable<? extends T> values) {
        List<T> copy = new ArrayList<>();
        for (T value : nonNull(argument, values)) {
            if (value == null) {
                throw new NullPointerException(argument + "[" + copy.size() + "] must not be null");
            }
            copy.add(value);
        }
        return Collections.unmodifiableList(copy);
    }

    /**
     * Copies, and refuses {@code null}, also as an element.
     *
     * @param <T> the elements' type
     * @param argument the argument's name
     * @param values its value
     * @return an immutable copy
     */
    public static <T> List<T> all(String argument, T @Nullable [] values) {
        return all(argument, Arrays.asList(nonNull(argument, values)));
    }

    /**
     * Copies, and refuses {@code null}, also as an element, and none at all.
     *
     * @param <T> the elements' type
     * @param argument the argument's name
     * @param values its value
     * @return an immutable copy
     */
    public static <T> List<T> some(String argument, @Nullable Iterable<? extends T> values) {
        List<T> copy = all(argument, values);
        if (copy.isEmpty()) {
            throw new IllegalArgumentException(argument + " must not be empty");
        }
        return copy;
    }

    /**
     * Copies, and refuses {@code null}, also as an element, and none at all.
     *
     * @param <T> the elements' type
     * @param argument the argument's name
     * @param values its value
     * @return an immutable copy
     */
    public static <T> List<T> some(String argument, T @Nullable [] values) {
        return some(argument, Arrays.asList(nonNull(argument, values)));
    }

    /**
     * Puts the arguments of a method with one fixed and more variable ones together.
     *
     * @param <T> the elements' type
     * @param argument the fixed argument's name
     * @param first its value
     * @param moreArgument the variable argument's name
     * @param more its values
     * @return an immutable list of at least one
     */
    public static <T> List<T> join(String argument, @Nullable T first, String moreArgument, T @Nullable [] more) {
        List<T> joined = new ArrayList<>();
        joined.add(nonNull(argument, first));
        joined.addAll(all(moreArgument, more));
        return Collections.unmodifiableList(joined);
    }
}
