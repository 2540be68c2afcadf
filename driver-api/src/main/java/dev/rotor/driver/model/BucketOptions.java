package dev.rotor.driver.model;

import dev.rotor.driver.model.internal.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Aggregates#bucket(Object, java.util.List, BucketOptions)}. Immutable.
 *
 * @param defaultBucket the {@code _id} of the bucket for values outside the boundaries, without which they are an
 *     error; {@code null}: not sent
 * @param output the fields of each bucket; by default its count; {@code null}: not sent
 */
public record BucketOptions(@Nullable Object defaultBucket, @Nullable List<BsonField> output) {

    /** Everything is left to the server. */
    public static final BucketOptions DEFAULT = new BucketOptions(null, null);

    public BucketOptions {
        output = output == null ? null : Require.<BsonField>all("output", output);
    }

    /**
     * The same with another {@code defaultBucket}.
     *
     * @param defaultBucket the {@code _id} of the bucket for values outside the boundaries, without which they are an
     *     error; {@code null}: not sent
     * @return a copy
     */
    public BucketOptions defaultBucket(@Nullable Object defaultBucket) {
        return new BucketOptions(defaultBucket, output);
    }

    /**
     * The same with another {@code output}.
     *
     * @param output the fields of each bucket; by default its count; {@code null}: not sent
     * @return a copy
     */
    public BucketOptions output(@Nullable List<BsonField> output) {
        return new BucketOptions(defaultBucket, output);
    }

    /**
     * The same with another {@code output}.
     *
     * @param output the fields of each bucket
     * @return a copy
     */
    public BucketOptions output(BsonField... output) {
        return output(Require.<BsonField>all("output", output));
    }

    @Override
    public String toString() {
        return OptionText.of("BucketOptions", "defaultBucket", defaultBucket, "output", output);
    }
}
