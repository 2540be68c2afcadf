package dev.rotor.driver.model;

import java.time.Duration;
import java.util.List;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What of a collection or view is to be changed by {@code collMod}. What is {@code null} stays as it is.
 *
 * @param validationOptions the rules that its documents must satisfy; {@code null}: not sent
 * @param index an index, by {@code name} or {@code keyPattern}, and what is to change in it, for example {@code hidden}
 *     or {@code expireAfterSeconds}; {@code null}: not sent
 * @param viewOn what a view looks at, together with {@code pipeline}; {@code null}: not sent
 * @param pipeline the stages of a view, together with {@code viewOn}; {@code null}: not sent
 * @param changeStreamPreAndPostImages whether change streams can see documents as they were; {@code null}: not sent
 * @param expireAfter after which time documents of a time series or clustered collection are deleted, in whole seconds;
 *     not negative; {@code null}: not sent
 * @param granularity how far apart measurements of a time series are; {@code null}: not sent
 * @param cappedSize how large a capped collection may grow, in bytes; positive; {@code null}: not sent
 * @param cappedMax how many documents a capped collection may have; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 */
public record ModifyCollectionOptions(
        @Nullable ValidationOptions validationOptions,
        @Nullable Bson index,
        @Nullable String viewOn,
        @Nullable List<Bson> pipeline,
        @Nullable ChangeStreamPreAndPostImagesOptions changeStreamPreAndPostImages,
        @Nullable Duration expireAfter,
        @Nullable TimeSeriesGranularity granularity,
        @Nullable Long cappedSize,
        @Nullable Long cappedMax,
        @Nullable BsonValue comment) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final ModifyCollectionOptions DEFAULT =
            new ModifyCollectionOptions(null, null, null, null, null, null, null, null, null, null);

    public ModifyCollectionOptions {
        pipeline = Check.copyOf(pipeline, "pipeline");
        Check.notNegative(expireAfter, "expireAfter");
        Check.positive(cappedSize, "cappedSize");
    }

    /**
     * The same with another {@code validationOptions}.
     *
     * @param validationOptions the rules that its documents must satisfy; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions validationOptions(@Nullable ValidationOptions validationOptions) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code index}.
     *
     * @param index an index, by {@code name} or {@code keyPattern}, and what is to change in it, for example
     *     {@code hidden} or {@code expireAfterSeconds}; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions index(@Nullable Bson index) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code viewOn}.
     *
     * @param viewOn what a view looks at, together with {@code pipeline}; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions viewOn(@Nullable String viewOn) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code pipeline}.
     *
     * @param pipeline the stages of a view, together with {@code viewOn}; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions pipeline(@Nullable List<Bson> pipeline) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code changeStreamPreAndPostImages}.
     *
     * @param changeStreamPreAndPostImages whether change streams can see documents as they were; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions changeStreamPreAndPostImages(
            @Nullable ChangeStreamPreAndPostImagesOptions changeStreamPreAndPostImages) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code expireAfter}.
     *
     * @param expireAfter after which time documents of a time series or clustered collection are deleted, in whole
     *     seconds; not negative; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ModifyCollectionOptions expireAfter(@Nullable Duration expireAfter) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code granularity}.
     *
     * @param granularity how far apart measurements of a time series are; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions granularity(@Nullable TimeSeriesGranularity granularity) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code cappedSize}.
     *
     * @param cappedSize how large a capped collection may grow, in bytes; positive; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public ModifyCollectionOptions cappedSize(@Nullable Long cappedSize) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code cappedMax}.
     *
     * @param cappedMax how many documents a capped collection may have; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions cappedMax(@Nullable Long cappedMax) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions comment(@Nullable BsonValue comment) {
        return new ModifyCollectionOptions(
                validationOptions,
                index,
                viewOn,
                pipeline,
                changeStreamPreAndPostImages,
                expireAfter,
                granularity,
                cappedSize,
                cappedMax,
                comment);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public ModifyCollectionOptions comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "ModifyCollectionOptions",
                "validationOptions",
                validationOptions,
                "index",
                index,
                "viewOn",
                viewOn,
                "pipeline",
                pipeline,
                "changeStreamPreAndPostImages",
                changeStreamPreAndPostImages,
                "expireAfter",
                expireAfter,
                "granularity",
                granularity,
                "cappedSize",
                cappedSize,
                "cappedMax",
                cappedMax,
                "comment",
                comment);
    }
}
