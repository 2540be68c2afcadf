package dev.rotor.driver.model;

import java.util.Objects;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which strings are compared, as the Collation specification defines them. It is a {@link Bson} of its
 * own, ready to be put into a command.
 *
 * @param locale the ICU locale, for example {@code "de"}, or {@code "simple"} for comparison by bytes
 * @param caseLevel whether case matters at the first two strengths; {@code null}: not sent
 * @param caseFirst whether upper or lower case comes first; {@code null}: not sent
 * @param strength which differences count; {@code null}: not sent
 * @param numericOrdering whether digits are compared as numbers; {@code null}: not sent
 * @param alternate whether spaces and punctuation count as base characters; {@code null}: not sent
 * @param maxVariable what is ignored when {@code alternate} is shifted; {@code null}: not sent
 * @param normalization whether text is normalised first; {@code null}: not sent
 * @param backwards whether accents are compared from the end of the string; {@code null}: not sent
 */
public record Collation(
        String locale,
        @Nullable Boolean caseLevel,
        @Nullable CollationCaseFirst caseFirst,
        @Nullable CollationStrength strength,
        @Nullable Boolean numericOrdering,
        @Nullable CollationAlternate alternate,
        @Nullable CollationMaxVariable maxVariable,
        @Nullable Boolean normalization,
        @Nullable Boolean backwards)
        implements Bson {

    public Collation {
        Objects.requireNonNull(locale, "locale");
        Check.notEmpty(locale, "locale");
    }

    /**
     * The rules of a locale.
     *
     * @param locale the ICU locale, for example {@code "de"}, or {@code "simple"} for comparison by bytes
     * @return the rest at its default
     */
    public static Collation create(String locale) {
        return new Collation(locale, null, null, null, null, null, null, null, null);
    }

    /**
     * The same with another {@code caseLevel}.
     *
     * @param caseLevel whether case matters at the first two strengths; {@code null}: not sent
     * @return a copy
     */
    public Collation caseLevel(@Nullable Boolean caseLevel) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code caseFirst}.
     *
     * @param caseFirst whether upper or lower case comes first; {@code null}: not sent
     * @return a copy
     */
    public Collation caseFirst(@Nullable CollationCaseFirst caseFirst) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code strength}.
     *
     * @param strength which differences count; {@code null}: not sent
     * @return a copy
     */
    public Collation strength(@Nullable CollationStrength strength) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code numericOrdering}.
     *
     * @param numericOrdering whether digits are compared as numbers; {@code null}: not sent
     * @return a copy
     */
    public Collation numericOrdering(@Nullable Boolean numericOrdering) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code alternate}.
     *
     * @param alternate whether spaces and punctuation count as base characters; {@code null}: not sent
     * @return a copy
     */
    public Collation alternate(@Nullable CollationAlternate alternate) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code maxVariable}.
     *
     * @param maxVariable what is ignored when {@code alternate} is shifted; {@code null}: not sent
     * @return a copy
     */
    public Collation maxVariable(@Nullable CollationMaxVariable maxVariable) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code normalization}.
     *
     * @param normalization whether text is normalised first; {@code null}: not sent
     * @return a copy
     */
    public Collation normalization(@Nullable Boolean normalization) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /**
     * The same with another {@code backwards}.
     *
     * @param backwards whether accents are compared from the end of the string; {@code null}: not sent
     * @return a copy
     */
    public Collation backwards(@Nullable Boolean backwards) {
        return new Collation(
                locale,
                caseLevel,
                caseFirst,
                strength,
                numericOrdering,
                alternate,
                maxVariable,
                normalization,
                backwards);
    }

    /** The document that goes into a command: only what is given. */
    @Override
    public <T> BsonDocument toBsonDocument(Class<T> documentClass, CodecRegistry codecRegistry) {
        return toBsonDocument();
    }

    /**
     * The document that goes into a command.
     *
     * @return a new document with what is given, in the order of the specification
     */
    @Override
    public BsonDocument toBsonDocument() {
        BsonDocument document = new BsonDocument("locale", new BsonString(locale));
        append(document, "caseLevel", caseLevel);
        append(document, "caseFirst", caseFirst == null ? null : caseFirst.wireName());
        if (strength != null) {
            document.append("strength", new BsonInt32(strength.wireValue()));
        }
        append(document, "numericOrdering", numericOrdering);
        append(document, "alternate", alternate == null ? null : alternate.wireName());
        append(document, "maxVariable", maxVariable == null ? null : maxVariable.wireName());
        append(document, "normalization", normalization);
        append(document, "backwards", backwards);
        return document;
    }

    private static void append(BsonDocument document, String name, @Nullable Boolean value) {
        if (value != null) {
            document.append(name, BsonBoolean.valueOf(value));
        }
    }

    private static void append(BsonDocument document, String name, @Nullable String value) {
        if (value != null) {
            document.append(name, new BsonString(value));
        }
    }

    /** Only what is given. */
    @Override
    public String toString() {
        return OptionText.of(
                "Collation",
                "locale",
                locale,
                "caseLevel",
                caseLevel,
                "caseFirst",
                caseFirst,
                "strength",
                strength,
                "numericOrdering",
                numericOrdering,
                "alternate",
                alternate,
                "maxVariable",
                maxVariable,
                "normalization",
                normalization,
                "backwards",
                backwards);
    }
}
