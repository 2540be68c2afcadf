package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Items;
import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.BsonDecimal128;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Builds the windows of window functions: {@code documents(Bound.UNBOUNDED, Bound.CURRENT)}. Meant to be imported
 * statically.
 *
 * <p>An argument that is {@code null} is refused by a {@link NullPointerException} that names it, unless it may be.
 *
 * @see <a
 *     href="https://www.mongodb.com/docs/manual/reference/operator/aggregation/setWindowFields/">$setWindowFields</a>
 */
public final class Windows {

    private Windows() {}

    /** An end of a window that is no number. */
    public enum Bound {
        /** At the current document. */
        CURRENT("current"),
        /** At the first or last document of the partition. */
        UNBOUNDED("unbounded");

        private final String wireName;

        Bound(String wireName) {
            this.wireName = wireName;
        }
    }

    /**
     * A window of a kind that has no factory here yet.
     *
     * @param window its definition
     * @return the window
     */
    public static Window of(Bson window) {
        return new Window(Joined.of(Require.nonNull("window", window)));
    }

    /**
     * Documents around the current one, by their position.
     *
     * @param lower the position of the first document, 0 being the current one
     * @param upper the position of the last document, 0 being the current one
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window documents(int lower, int upper) {
        if (lower > upper) {
            throw disorder(lower, upper);
        }
        return window("documents", Literal.of(lower), Literal.of(upper), null);
    }

    /**
     * Documents around the current one, by their position.
     *
     * @param lower the position of the first document, 0 being the current one
     * @param upper where it ends
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window documents(int lower, Bound upper) {
        if (upper == Bound.CURRENT && lower > 0) {
            throw disorder(lower, upper);
        }
        return window("documents", Literal.of(lower), bound("upper", upper), null);
    }

    /**
     * Documents around the current one, by their position.
     *
     * @param lower where it begins
     * @param upper the position of the last document, 0 being the current one
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window documents(Bound lower, int upper) {
        if (lower == Bound.CURRENT && upper < 0) {
            throw disorder(lower, upper);
        }
        return window("documents", bound("lower", lower), Literal.of(upper), null);
    }

    /**
     * Documents around the current one, by their position.
     *
     * @param lower where it begins
     * @param upper where it ends
     * @return the window
     */
    public static Window documents(Bound lower, Bound upper) {
        return window("documents", bound("lower", lower), bound("upper", upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower the least difference
     * @param upper the greatest difference
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window range(long lower, long upper) {
        if (lower > upper) {
            throw disorder(lower, upper);
        }
        return window("range", Literal.of(lower), Literal.of(upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower the least difference
     * @param upper the greatest difference
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window range(double lower, double upper) {
        if (lower > upper) {
            throw disorder(lower, upper);
        }
        return window("range", Literal.of(lower), Literal.of(upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower the least difference
     * @param upper the greatest difference
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window range(Decimal128 lower, Decimal128 upper) {
        if (Require.nonNull("lower", lower).compareTo(Require.nonNull("upper", upper)) > 0) {
            throw disorder(lower, upper);
        }
        return window("range", decimal("lower", lower), decimal("upper", upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower where it begins
     * @param upper the greatest difference
     * @return the window
     */
    public static Window range(Bound lower, long upper) {
        return window("range", bound("lower", lower), Literal.of(upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower where it begins
     * @param upper the greatest difference
     * @return the window
     */
    public static Window range(Bound lower, double upper) {
        return window("range", bound("lower", lower), Literal.of(upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower where it begins
     * @param upper the greatest difference
     * @return the window
     */
    public static Window range(Bound lower, Decimal128 upper) {
        return window("range", bound("lower", lower), decimal("upper", upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower the least difference
     * @param upper where it ends
     * @return the window
     */
    public static Window range(long lower, Bound upper) {
        return window("range", Literal.of(lower), bound("upper", upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower the least difference
     * @param upper where it ends
     * @return the window
     */
    public static Window range(double lower, Bound upper) {
        return window("range", Literal.of(lower), bound("upper", upper), null);
    }

    /**
     * Documents around the current one, by how much the field that sorts them differs.
     *
     * @param lower the least difference
     * @param upper where it ends
     * @return the window
     */
    public static Window range(Decimal128 lower, Bound upper) {
        return window("range", decimal("lower", lower), bound("upper", upper), null);
    }

    /**
     * Documents around the current one, by how much the date that sorts them differs.
     *
     * @param lower the least difference
     * @param upper the greatest difference
     * @param unit the unit of the difference
     * @return the window
     * @throws IllegalArgumentException if it would end before it begins
     */
    public static Window timeRange(long lower, long upper, MongoTimeUnit unit) {
        if (lower > upper) {
            throw disorder(lower, upper);
        }
        return window("range", Literal.of(lower), Literal.of(upper), Require.nonNull("unit", unit));
    }

    /**
     * Documents around the current one, by how much the date that sorts them differs.
     *
     * @param lower where it begins
     * @param upper the greatest difference
     * @param unit the unit of the difference
     * @return the window
     */
    public static Window timeRange(Bound lower, long upper, MongoTimeUnit unit) {
        return window("range", bound("lower", lower), Literal.of(upper), Require.nonNull("unit", unit));
    }

    /**
     * Documents around the current one, by how much the date that sorts them differs.
     *
     * @param lower the least difference
     * @param unit the unit of the difference
     * @param upper where it ends
     * @return the window
     */
    public static Window timeRange(long lower, MongoTimeUnit unit, Bound upper) {
        return window("range", Literal.of(lower), bound("upper", upper), Require.nonNull("unit", unit));
    }

    private static Window window(String kind, BsonValue lower, BsonValue upper, @Nullable MongoTimeUnit unit) {
        return new Window(Shape.of(kind, Items.of(lower, upper))
                .withPresent("unit", Literal.ofNullable(unit == null ? null : unit.wireName())));
    }

    private static BsonValue bound(String argument, Bound bound) {
        return Literal.of(Require.nonNull(argument, bound).wireName);
    }

    private static BsonValue decimal(String argument, Decimal128 value) {
        return new BsonDecimal128(Require.nonNull(argument, value));
    }

    private static IllegalArgumentException disorder(Object lower, Object upper) {
        return new IllegalArgumentException("lower must not be above upper: " + lower + ", " + upper);
    }
}
