package dev.rotor.conformance.unified.match;

import java.math.BigDecimal;
import org.bson.BsonValue;

/** Numbers of different types that mean the same; Decimal128 is not one of them, as the format says. */
final class Numbers {

    private Numbers() {}

    static boolean isNumber(BsonValue value) {
        return value.isInt32() || value.isInt64() || value.isDouble();
    }

    static boolean same(BsonValue one, BsonValue other) {
        return compare(one, other) == 0;
    }

    static int compare(BsonValue one, BsonValue other) {
        if (isFinite(one) && isFinite(other)) {
            return exact(one).compareTo(exact(other));
        }
        double left = one.asNumber().doubleValue();
        double right = other.asNumber().doubleValue();
        // Not Double.compare: it tells 0.0 from -0.0. NaN equals itself here, so that it can be expected.
        return left < right ? -1 : left > right ? 1 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }

    private static boolean isFinite(BsonValue value) {
        return !value.isDouble() || Double.isFinite(value.asDouble().getValue());
    }

    private static BigDecimal exact(BsonValue value) {
        return value.isDouble()
                ? new BigDecimal(value.asDouble().getValue())
                : BigDecimal.valueOf(value.asNumber().longValue());
    }
}
