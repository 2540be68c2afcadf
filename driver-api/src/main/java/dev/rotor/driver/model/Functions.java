package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** The arguments of functions that are both accumulators and window functions. */
final class Functions {

    private Functions() {}

    static Shape median(Object inExpression, QuantileMethod method) {
        return input(inExpression)
                .with("method", Require.nonNull("method", method).toBsonValue());
    }

    static Shape percentile(Object inExpression, Object pExpression, QuantileMethod method) {
        return median(inExpression, method).with("p", Require.nonNull("pExpression", pExpression));
    }

    static Shape pickN(Object inExpression, Object nExpression) {
        return withN(input(inExpression), nExpression);
    }

    static Shape pick(Bson sortBy, Object outExpression) {
        return Shape.of("sortBy", Require.nonNull("sortBy", sortBy))
                .with("output", Require.nonNull("outExpression", outExpression));
    }

    static Shape pickN(Bson sortBy, Object outExpression, Object nExpression) {
        return withN(pick(sortBy, outExpression), nExpression);
    }

    private static Shape input(Object inExpression) {
        return Shape.of("input", Require.nonNull("inExpression", inExpression));
    }

    private static Shape withN(Shape shape, Object nExpression) {
        // Integers only: nExpression may be an expression too, which the server evaluates.
        if (Require.nonNull("nExpression", nExpression) instanceof Integer n) {
            return shape.with("n", Literal.of(Require.atLeast("nExpression", n, 1)));
        }
        return shape.with("n", nExpression);
    }
}
