package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * How the server computes percentiles and medians.
 *
 * @param toBsonValue what the server calls it
 */
public record QuantileMethod(BsonValue toBsonValue) {

    public QuantileMethod {
        Require.nonNull("toBsonValue", toBsonValue);
    }

    /**
     * By an approximation that suits large data.
     *
     * @return the method
     */
    public static QuantileMethod approximate() {
        return new QuantileMethod(new BsonString("approximate"));
    }

    /**
     * A method that has no factory here yet.
     *
     * @param method what the server calls it
     * @return the method
     * @throws NullPointerException if it is {@code null}
     */
    public static QuantileMethod of(BsonValue method) {
        return new QuantileMethod(Require.nonNull("method", method));
    }
}
