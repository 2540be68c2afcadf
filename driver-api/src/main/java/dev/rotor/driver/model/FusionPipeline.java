package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import java.util.Arrays;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * One of the pipelines whose results {@code $scoreFusion} combines.
 *
 * @param name its name; not blank, without a {@code $} at its beginning, without dots
 * @param pipeline its stages; not empty
 */
public record FusionPipeline(String name, List<? extends Bson> pipeline) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the name is not allowed, or there is no stage
     */
    public FusionPipeline {
        Require.path("name", name);
        if (name.isBlank() || name.startsWith("$") || name.contains(".")) {
            throw new IllegalArgumentException("name must not be blank, begin with $ or contain a dot: " + name);
        }
        pipeline = Require.<Bson>some("pipeline", pipeline);
    }

    /**
     * A pipeline of these stages.
     *
     * @param name its name
     * @param pipeline its stages
     * @return the pipeline
     * @throws IllegalArgumentException if the name is not allowed, or there is no stage
     */
    public static FusionPipeline of(String name, List<? extends Bson> pipeline) {
        return new FusionPipeline(name, pipeline);
    }

    /**
     * A pipeline of these stages.
     *
     * @param name its name
     * @param pipeline its stages
     * @return the pipeline
     * @throws IllegalArgumentException if the name is not allowed, or there is no stage
     */
    public static FusionPipeline of(String name, Bson... pipeline) {
        return new FusionPipeline(name, Arrays.asList(Require.nonNull("pipeline", pipeline)));
    }
}
