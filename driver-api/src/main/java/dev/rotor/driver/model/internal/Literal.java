package dev.rotor.driver.model.internal;

import org.bson.BsonBoolean;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Values that belong to an operator rather than to the user. They must not go through the registry: a user's codec may
 * write strings or numbers in another way, and the server would not understand the operator any more.
 */
public final class Literal {

    private Literal() {}

    /**
     * A string.
     *
     * @param value the value
     * @return as BSON
     */
    public static BsonValue of(String value) {
        return new BsonString(value);
    }

    /**
     * A 32-bit integer.
     *
     * @param value the value
     * @return as BSON
     */
    public static BsonValue of(int value) {
        return new BsonInt32(value);
    }

    /**
     * A 64-bit integer.
     *
     * @param value the value
     * @return as BSON
     */
    public static BsonValue of(long value) {
        return new BsonInt64(value);
    }

    /**
     * A double.
     *
     * @param value the value
     * @return as BSON
     */
    public static BsonValue of(double value) {
        return new BsonDouble(value);
    }

    /**
     * A boolean.
     *
     * @param value the value
     * @return as BSON
     */
    public static BsonValue of(boolean value) {
        return BsonBoolean.valueOf(value);
    }

    /**
     * A string that may be absent.
     *
     * @param value the value
     * @return as BSON, or {@code null}
     */
    public static @Nullable BsonValue ofNullable(@Nullable String value) {
        return value == null ? null : of(value);
    }

    /**
     * An integer that may be absent.
     *
     * @param value the value
     * @return as BSON, or {@code null}
     */
    public static @Nullable BsonValue ofNullable(@Nullable Integer value) {
        return value == null ? null : of(value.intValue());
    }

    /**
     * A double that may be absent.
     *
     * @param value the value
     * @return as BSON, or {@code null}
     */
    public static @Nullable BsonValue ofNullable(@Nullable Double value) {
        return value == null ? null : of(value.doubleValue());
    }

    /**
     * A boolean that may be absent.
     *
     * @param value the value
     * @return as BSON, or {@code null}
     */
    public static @Nullable BsonValue ofNullable(@Nullable Boolean value) {
        return value == null ? null : of(value.booleanValue());
    }
}
