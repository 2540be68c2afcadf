package dev.rotor.driver.model;

import java.time.Duration;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What an index is like, as the Index Management specification defines it.
 *
 * @param name the name of the index; when it is missing the driver makes one from the keys, such as {@code born_-1};
 *     {@code null}: not sent
 * @param unique whether two documents may not have equal keys; {@code null}: not sent
 * @param sparse whether documents without the key are left out; {@code null}: not sent
 * @param hidden whether the query planner does not see the index; needs server 4.4; {@code null}: not sent
 * @param background whether older servers build it while others work; server 4.2 and later pay no heed; {@code null}:
 *     not sent
 * @param expireAfter how long after the time in the key a document is deleted, in whole seconds; not negative;
 *     {@code null}: not sent
 * @param partialFilterExpression which documents are in the index; {@code null}: not sent
 * @param collation the rules by which strings are compared; {@code null}: not sent
 * @param wildcardProjection which fields a wildcard index covers; {@code null}: not sent
 * @param storageEngine options of the storage engine, by its name; {@code null}: not sent
 * @param version the version of the index format; {@code null}: not sent
 * @param weights how much each field of a text index counts; {@code null}: not sent
 * @param defaultLanguage the language of a text index; {@code null}: not sent
 * @param languageOverride the field that names the language of a document in a text index; {@code null}: not sent
 * @param textIndexVersion the version of the text index format; {@code null}: not sent
 * @param sphereVersion the version of the 2dsphere index format, {@code 2dsphereIndexVersion}; {@code null}: not sent
 * @param bits how many bits a coordinate has in a 2d index; {@code null}: not sent
 * @param min the lower bound of a coordinate in a 2d index; {@code null}: not sent
 * @param max the upper bound of a coordinate in a 2d index; {@code null}: not sent
 */
public record IndexOptions(
        @Nullable String name,
        @Nullable Boolean unique,
        @Nullable Boolean sparse,
        @Nullable Boolean hidden,
        @Nullable Boolean background,
        @Nullable Duration expireAfter,
        @Nullable Bson partialFilterExpression,
        @Nullable Collation collation,
        @Nullable Bson wildcardProjection,
        @Nullable Bson storageEngine,
        @Nullable Integer version,
        @Nullable Bson weights,
        @Nullable String defaultLanguage,
        @Nullable String languageOverride,
        @Nullable Integer textIndexVersion,
        @Nullable Integer sphereVersion,
        @Nullable Integer bits,
        @Nullable Double min,
        @Nullable Double max) {

    /** Nothing is asked for that the server does not do by itself. */
    public static final IndexOptions DEFAULT = new IndexOptions(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null);

    public IndexOptions {
        Check.notNegative(expireAfter, "expireAfter");
    }

    /**
     * The same with another {@code name}.
     *
     * @param name the name of the index; when it is missing the driver makes one from the keys, such as
     *     {@code born_-1}; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions name(@Nullable String name) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code unique}.
     *
     * @param unique whether two documents may not have equal keys; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions unique(@Nullable Boolean unique) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code sparse}.
     *
     * @param sparse whether documents without the key are left out; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions sparse(@Nullable Boolean sparse) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code hidden}.
     *
     * @param hidden whether the query planner does not see the index; needs server 4.4; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions hidden(@Nullable Boolean hidden) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code background}.
     *
     * @param background whether older servers build it while others work; server 4.2 and later pay no heed;
     *     {@code null}: not sent
     * @return a copy
     */
    public IndexOptions background(@Nullable Boolean background) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code expireAfter}.
     *
     * @param expireAfter how long after the time in the key a document is deleted, in whole seconds; not negative;
     *     {@code null}: not sent
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public IndexOptions expireAfter(@Nullable Duration expireAfter) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code partialFilterExpression}.
     *
     * @param partialFilterExpression which documents are in the index; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions partialFilterExpression(@Nullable Bson partialFilterExpression) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code collation}.
     *
     * @param collation the rules by which strings are compared; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions collation(@Nullable Collation collation) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code wildcardProjection}.
     *
     * @param wildcardProjection which fields a wildcard index covers; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions wildcardProjection(@Nullable Bson wildcardProjection) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code storageEngine}.
     *
     * @param storageEngine options of the storage engine, by its name; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions storageEngine(@Nullable Bson storageEngine) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code version}.
     *
     * @param version the version of the index format; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions version(@Nullable Integer version) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code weights}.
     *
     * @param weights how much each field of a text index counts; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions weights(@Nullable Bson weights) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code defaultLanguage}.
     *
     * @param defaultLanguage the language of a text index; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions defaultLanguage(@Nullable String defaultLanguage) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code languageOverride}.
     *
     * @param languageOverride the field that names the language of a document in a text index; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions languageOverride(@Nullable String languageOverride) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code textIndexVersion}.
     *
     * @param textIndexVersion the version of the text index format; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions textIndexVersion(@Nullable Integer textIndexVersion) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code sphereVersion}.
     *
     * @param sphereVersion the version of the 2dsphere index format, {@code 2dsphereIndexVersion}; {@code null}: not
     *     sent
     * @return a copy
     */
    public IndexOptions sphereVersion(@Nullable Integer sphereVersion) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code bits}.
     *
     * @param bits how many bits a coordinate has in a 2d index; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions bits(@Nullable Integer bits) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code min}.
     *
     * @param min the lower bound of a coordinate in a 2d index; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions min(@Nullable Double min) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /**
     * The same with another {@code max}.
     *
     * @param max the upper bound of a coordinate in a 2d index; {@code null}: not sent
     * @return a copy
     */
    public IndexOptions max(@Nullable Double max) {
        return new IndexOptions(
                name,
                unique,
                sparse,
                hidden,
                background,
                expireAfter,
                partialFilterExpression,
                collation,
                wildcardProjection,
                storageEngine,
                version,
                weights,
                defaultLanguage,
                languageOverride,
                textIndexVersion,
                sphereVersion,
                bits,
                min,
                max);
    }

    /** Only what differs from the default. */
    @Override
    public String toString() {
        return OptionText.of(
                "IndexOptions",
                "name",
                name,
                "unique",
                unique,
                "sparse",
                sparse,
                "hidden",
                hidden,
                "background",
                background,
                "expireAfter",
                expireAfter,
                "partialFilterExpression",
                partialFilterExpression,
                "collation",
                collation,
                "wildcardProjection",
                wildcardProjection,
                "storageEngine",
                storageEngine,
                "version",
                version,
                "weights",
                weights,
                "defaultLanguage",
                defaultLanguage,
                "languageOverride",
                languageOverride,
                "textIndexVersion",
                textIndexVersion,
                "sphereVersion",
                sphereVersion,
                "bits",
                bits,
                "min",
                min,
                "max",
                max);
    }
}
