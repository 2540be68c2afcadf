package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Aggregates#bucketAuto(Object, int, BucketAutoOptions)}. Immutable.
 *
 * @param output the fields of each bucket; by default its count; {@code null}: not sent
 * @param granularity the series of preferred numbers that boundaries are rounded to; {@code null}: not sent
 */
public record BucketAutoOptions(@Nullable List<BsonField> output, @Nullable BucketGranularity granularity) {

    /** Everything is left to the server. */
    public static final BucketAutoOptions DEFAULT = new BucketAutoOptions(null, null);

    public BucketAutoOptions {
        output = output == null ? null : Require.<BsonField>all("output", output);
    }

    /**
     * The same with another {@code output}.
     *
     * @param output the fields of each bucket; by default its count; {@code null}: not sent
     * @return a copy
     */
    public BucketAutoOptions output(@Nullable List<BsonField> output) {
        return new BucketAutoOptions(output, granularity);
    }

    /**
     * The same with another {@code granularity}.
     *
     * @param granularity the series of preferred numbers that boundaries are rounded to; {@code null}: not sent
     * @return a copy
     */
    public BucketAutoOptions granularity(@Nullable BucketGranularity granularity) {
        return new BucketAutoOptions(output, granularity);
    }

    /**
     * The same with another {@code output}.
     *
     * @param output the fields of each bucket
     * @return a copy
     */
    public BucketAutoOptions output(BsonField... output) {
        return output(Require.<BsonField>all("output", output));
    }

    @Override
    public String toString() {
        return OptionText.of("BucketAutoOptions", "output", output, "granularity", granularity);
    }
}
