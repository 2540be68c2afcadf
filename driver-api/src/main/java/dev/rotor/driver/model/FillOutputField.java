package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Joined;
import dev.rotor.driver.model.internal.Literal;
import dev.rotor.driver.model.internal.Require;
import dev.rotor.driver.model.internal.Shape;
import org.bson.conversions.Bson;

/** A field that {@code $fill} fills, and how. */
public final class FillOutputField extends Shaped {

    private FillOutputField(WritableBson content) {
        super(content);
    }

    /**
     * With the value of an expression.
     *
     * @param field the field
     * @param expression the expression
     * @return the field
     */
    public static FillOutputField value(String field, Object expression) {
        return new FillOutputField(
                Shape.of(Require.path("field", field), "value", Require.nonNull("expression", expression)));
    }

    /**
     * With the last value before that is not null.
     *
     * @param field the field
     * @return the field
     */
    public static FillOutputField locf(String field) {
        return new FillOutputField(Shape.of(Require.path("field", field), "method", Literal.of("locf")));
    }

    /**
     * With a value between those before and after it.
     *
     * @param field the field
     * @return the field
     */
    public static FillOutputField linear(String field) {
        return new FillOutputField(Shape.of(Require.path("field", field), "method", Literal.of("linear")));
    }

    /**
     * By a method that has no factory here yet.
     *
     * @param fill the field, and its definition
     * @return the field
     */
    public static FillOutputField of(Bson fill) {
        return new FillOutputField(Joined.of(Require.nonNull("fill", fill)));
    }
}
