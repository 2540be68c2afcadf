package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import java.util.Arrays;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * One of the pipelines of {@link Aggregates#facet(Facet...)}.
 *
 * @param name the name of the field that gets its result; not empty
 * @param pipeline its stages
 */
public record Facet(String name, List<? extends Bson> pipeline) {

    public Facet {
        Require.path("name", name);
        pipeline = Require.<Bson>all("pipeline", pipeline);
    }

    /**
     * A pipeline of these stages.
     *
     * @param name the name of the field that gets its result; not empty
     * @param pipeline its stages
     */
    public Facet(String name, Bson... pipeline) {
        this(name, Arrays.asList(Require.nonNull("pipeline", pipeline)));
    }
}
