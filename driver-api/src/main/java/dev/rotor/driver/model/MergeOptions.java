package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Aggregates#merge(String, MergeOptions)}. Immutable.
 *
 * @param uniqueIdentifier the fields that together tell documents apart; by default {@code _id}; {@code null}: not sent
 * @param whenMatched what happens to a document that is there already; by default they are merged; {@code null}: not
 *     sent
 * @param variables variables for the pipeline of {@code whenMatchedPipeline}; {@code null}: not sent
 * @param whenMatchedPipeline the pipeline that updates a document that is there already; {@code null}: not sent
 * @param whenNotMatched what happens to a document that is not there yet; by default it is inserted; {@code null}: not
 *     sent
 */
public record MergeOptions(
        @Nullable List<String> uniqueIdentifier,
        @Nullable WhenMatched whenMatched,
        @Nullable List<Variable<?>> variables,
        @Nullable List<Bson> whenMatchedPipeline,
        @Nullable WhenNotMatched whenNotMatched) {

    /** What happens to a document that is there already. */
    public enum WhenMatched {
        /** It is replaced. */
        REPLACE("replace"),
        /** It stays as it is. */
        KEEP_EXISTING("keepExisting"),
        /** The new fields are merged into it. */
        MERGE("merge"),
        /** The pipeline of {@link MergeOptions#whenMatchedPipeline()} updates it. */
        PIPELINE("pipeline"),
        /** The aggregation fails. */
        FAIL("fail");

        private final String wireName;

        WhenMatched(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** What happens to a document that is not there yet. */
    public enum WhenNotMatched {
        /** It is inserted. */
        INSERT("insert"),
        /** It is dropped. */
        DISCARD("discard"),
        /** The aggregation fails. */
        FAIL("fail");

        private final String wireName;

        WhenNotMatched(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** Everything is left to the server. */
    public static final MergeOptions DEFAULT = new MergeOptions(null, null, null, null, null);

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is an identifier or a pipeline, but an empty one, or a pipeline that
     *     {@code whenMatched} does not ask for
     */
    public MergeOptions {
        uniqueIdentifier = uniqueIdentifier == null ? null : Require.<String>some("uniqueIdentifier", uniqueIdentifier);
        variables = variables == null ? null : Require.<Variable<?>>all("variables", variables);
        whenMatchedPipeline =
                whenMatchedPipeline == null ? null : Require.<Bson>some("whenMatchedPipeline", whenMatchedPipeline);
        if (whenMatchedPipeline != null && whenMatched != WhenMatched.PIPELINE) {
            throw new IllegalArgumentException(
                    "whenMatchedPipeline needs whenMatched to be PIPELINE, not " + whenMatched);
        }
    }

    /**
     * The same with one field that tells documents apart.
     *
     * @param uniqueIdentifier the field
     * @return a copy
     */
    public MergeOptions uniqueIdentifier(String uniqueIdentifier) {
        return uniqueIdentifier(List.of(Require.path("uniqueIdentifier", uniqueIdentifier)));
    }

    /**
     * The same with another {@code uniqueIdentifier}.
     *
     * @param uniqueIdentifier the fields that together tell documents apart; by default {@code _id}; {@code null}: not
     *     sent
     * @return a copy
     */
    public MergeOptions uniqueIdentifier(@Nullable List<String> uniqueIdentifier) {
        return new MergeOptions(uniqueIdentifier, whenMatched, variables, whenMatchedPipeline, whenNotMatched);
    }

    /**
     * The same with another {@code whenMatched}, and without a pipeline.
     *
     * @param whenMatched what happens to a document that is there already; by default they are merged; {@code null}:
     *     not sent
     * @return a copy
     */
    public MergeOptions whenMatched(@Nullable WhenMatched whenMatched) {
        return new MergeOptions(uniqueIdentifier, whenMatched, variables, null, whenNotMatched);
    }

    /**
     * The same with another {@code variables}.
     *
     * @param variables variables for the pipeline of {@code whenMatchedPipeline}; {@code null}: not sent
     * @return a copy
     */
    public MergeOptions variables(@Nullable List<Variable<?>> variables) {
        return new MergeOptions(uniqueIdentifier, whenMatched, variables, whenMatchedPipeline, whenNotMatched);
    }

    /**
     * The same with another {@code whenMatchedPipeline}, and with {@link WhenMatched#PIPELINE}.
     *
     * @param whenMatchedPipeline the pipeline that updates a document that is there already; {@code null}: not sent
     * @return a copy
     */
    public MergeOptions whenMatchedPipeline(@Nullable List<Bson> whenMatchedPipeline) {
        WhenMatched by = whenMatchedPipeline == null ? null : WhenMatched.PIPELINE;
        return new MergeOptions(uniqueIdentifier, by, variables, whenMatchedPipeline, whenNotMatched);
    }

    /**
     * The same with another {@code whenNotMatched}.
     *
     * @param whenNotMatched what happens to a document that is not there yet; by default it is inserted; {@code null}:
     *     not sent
     * @return a copy
     */
    public MergeOptions whenNotMatched(@Nullable WhenNotMatched whenNotMatched) {
        return new MergeOptions(uniqueIdentifier, whenMatched, variables, whenMatchedPipeline, whenNotMatched);
    }

    @Override
    public String toString() {
        return OptionText.of(
                "MergeOptions",
                "uniqueIdentifier",
                uniqueIdentifier,
                "whenMatched",
                whenMatched,
                "variables",
                variables,
                "whenMatchedPipeline",
                whenMatchedPipeline,
                "whenNotMatched",
                whenNotMatched);
    }
}
