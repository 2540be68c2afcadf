package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * How a collection is made.
 *
 * @param capped whether the collection has a fixed size and drops its oldest documents; needs {@code size};
 *     {@code null}: not sent
 * @param size how many bytes a capped collection may hold; positive; {@code null}: not sent
 * @param max how many documents a capped collection may hold; positive; {@code size} comes first; {@code null}: not
 *     sent
 * @param validationOptions the rules that documents must satisfy; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param storageEngine options of the storage engine, by its name; {@code null}: not sent
 * @param indexOptionDefaults options for all indexes of the collection; {@code null}: not sent
 * @param timeSeries makes it a time series collection; needs server 5.0; {@code null}: not sent
 * @param expireAfter after which age documents of a time series or clustered collection are deleted, in whole seconds;
 *     not negative; {@code null}: not sent
 * @param clusteredIndex keeps the documents in the order of their key; needs server 5.3; {@code null}: not sent
 * @param changeStreamPreAndPostImages whether change streams can see documents as they were and are; needs server 6.0;
 *     {@code null}: not sent
 * @param encryptedFields the fields of queryable encryption; needs server 7.0; the collections that hold their metadata
 *     are created first, an index of the collection last, by commands of their own: what fails ends that, and what was
 *     created by then stays; {@code null}: not sent
 * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs server
 *     4.4; {@code null}: not sent
 * @param checkExists whether the driver first asks for a collection of that name, and fails when there is one; default
 *     {@code false}: servers before 7.0 refuse it by themselves, later ones only when its options are others
 */
public record CreateCollectionOptions(
        @Nullable Boolean capped,
        @Nullable Long size,
        @Nullable Long max,
        @Nullable ValidationOptions validationOptions,
        @Nullable Collation collation,
        @Nullable Bson storageEngine,
        @Nullable Bson indexOptionDefaults,
        @Nullable TimeSeriesOptions timeSeries,
        @Nullable Duration expireAfter,
        @Nullable ClusteredIndexOptions clusteredIndex,
        @Nullable ChangeStreamPreAndPostImagesOptions changeStreamPreAndPostImages,
        @Nullable Bson encryptedFields,
        @Nullable BsonValue comment,
        boolean checkExists) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final CreateCollectionOptions DEFAULT = new CreateCollectionOptions(
            null, null, null, null, null, null, null, null, null, null, null, null, null, false);

    public CreateCollectionOptions {
        Check.positive(size, "size");
        Check.positive(max, "max");
        Check.notNegative(expireAfter, "expireAfter");
        if (Boolean.TRUE.equals(capped) && size == null) {
            throw new IllegalArgumentException(
                    "a capped collection needs a size in bytes: CreateCollectionOptions.capped(long)");
        }
    }

    /**
     * The same with another {@code capped}.
     *
     * @param capped whether the collection has a fixed size and drops its oldest documents; needs {@code size};
     *     {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions capped(@Nullable Boolean capped) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code size}.
     *
     * @param size how many bytes a capped collection may hold; positive; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public CreateCollectionOptions size(@Nullable Long size) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code max}.
     *
     * @param max how many documents a capped collection may hold; positive; {@code size} comes first; {@code null}: not
     *     sent
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public CreateCollectionOptions max(@Nullable Long max) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code validationOptions}.
     *
     * @param validationOptions the rules that documents must satisfy; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions validationOptions(@Nullable ValidationOptions validationOptions) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions collation(@Nullable Collation collation) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code storageEngine}.
     *
     * @param storageEngine options of the storage engine, by its name; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions storageEngine(@Nullable Bson storageEngine) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code indexOptionDefaults}.
     *
     * @param indexOptionDefaults options for all indexes of the collection; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions indexOptionDefaults(@Nullable Bson indexOptionDefaults) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code timeSeries}.
     *
     * @param timeSeries makes it a time series collection; needs server 5.0; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions timeSeries(@Nullable TimeSeriesOptions timeSeries) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code expireAfter}.
     *
     * @param expireAfter after which age documents of a time series or clustered collection are deleted, in whole
     *     seconds; not negative; {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public CreateCollectionOptions expireAfter(@Nullable Duration expireAfter) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code clusteredIndex}.
     *
     * @param clusteredIndex keeps the documents in the order of their key; needs server 5.3; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions clusteredIndex(@Nullable ClusteredIndexOptions clusteredIndex) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code changeStreamPreAndPostImages}.
     *
     * @param changeStreamPreAndPostImages whether change streams can see documents as they were and are; needs server
     *     6.0; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions changeStreamPreAndPostImages(
            @Nullable ChangeStreamPreAndPostImagesOptions changeStreamPreAndPostImages) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code encryptedFields}.
     *
     * @param encryptedFields the fields of queryable encryption; needs server 7.0; the collections that hold their
     *     metadata are created first, an index of the collection last, by commands of their own: what fails ends that,
     *     and what was created by then stays; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions encryptedFields(@Nullable Bson encryptedFields) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; anything but a string needs
     *     server 4.4; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions comment(@Nullable BsonValue comment) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code comment}.
     *
     * @param comment shows in the profiler, {@code currentOp} and logs of the server; {@code null}: not sent
     * @return a copy
     */
    public CreateCollectionOptions comment(@Nullable String comment) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment == null ? null : new BsonString(comment),
                checkExists);
    }

    /**
     * The same as a capped collection: fixed in size, the oldest documents make room for new ones.
     *
     * @param size how many bytes it may hold; positive
     * @return a copy
     * @throws IllegalArgumentException if the size is not positive
     */
    public CreateCollectionOptions capped(long size) {
        return new CreateCollectionOptions(
                true,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /**
     * The same with another {@code checkExists}.
     *
     * @param checkExists whether the driver first asks for a collection of that name, and fails when there is one;
     *     default {@code false}: servers before 7.0 refuse it by themselves, later ones only when its options are
     *     others. Not in a transaction
     * @return a copy
     */
    public CreateCollectionOptions checkExists(boolean checkExists) {
        return new CreateCollectionOptions(
                capped,
                size,
                max,
                validationOptions,
                collation,
                storageEngine,
                indexOptionDefaults,
                timeSeries,
                expireAfter,
                clusteredIndex,
                changeStreamPreAndPostImages,
                encryptedFields,
                comment,
                checkExists);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "CreateCollectionOptions",
                "capped",
                capped,
                "size",
                size,
                "max",
                max,
                "validationOptions",
                validationOptions,
                "collation",
                collation,
                "storageEngine",
                storageEngine,
                "indexOptionDefaults",
                indexOptionDefaults,
                "timeSeries",
                timeSeries,
                "expireAfter",
                expireAfter,
                "clusteredIndex",
                clusteredIndex,
                "changeStreamPreAndPostImages",
                changeStreamPreAndPostImages,
                "encryptedFields",
                encryptedFields,
                "comment",
                comment,
                "checkExists",
                checkExists ? true : null);
    }
}
