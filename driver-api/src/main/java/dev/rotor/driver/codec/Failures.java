package dev.rotor.driver.codec;

import dev.rotor.driver.MongoException;
import java.util.regex.Pattern;
import org.bson.BSONException;
import org.bson.BsonSerializationException;
import org.bson.BsonType;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Gives a codec's failure the field that it happened at. Each level of a value catches, adds its own name and throws
 * on, so that a value without failure pays nothing for it.
 */
final class Failures {

    private static final int LONGEST = 80;
    private static final Pattern LINE_ENDS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private Failures() {}

    /** The failure, one level further out. */
    static RuntimeException at(RuntimeException e, String field, Class<?> owner) {
        if (e instanceof BsonSerializationException || e instanceof MongoException) {
            // Bytes that are not BSON, or a document too large: not this field's doing.
            return e;
        }
        RuntimeException located = e instanceof Located ? e : located(e);
        ((Located) located).field().within(field, owner);
        return located;
    }

    /** The same for a value that was being read: tells which BSON type was there and which the class wants. */
    static RuntimeException reading(
            RuntimeException e, @Nullable BsonType found, Codec<?> codec, String field, Class<?> owner) {
        String expected = found == null || e instanceof Located ? null : BsonTypes.expectedInsteadOf(found, codec);
        if (expected == null) {
            // A NaN for a BigDecimal, a null for a set that takes none: the codec is as it should be.
            boolean ofCodec = e instanceof Located
                    || e instanceof BSONException
                    || e instanceof CodecConfigurationException
                    || e instanceof MongoException;
            return at(ofCodec ? e : new LocatedValueException(e.toString(), e), field, owner);
        }
        return at(
                new LocatedValueException(
                        "expected BSON type " + expected + " for " + typeName(codec.getEncoderClass()) + ", found "
                                + found,
                        e),
                field,
                owner);
    }

    private static RuntimeException located(RuntimeException e) {
        if (e instanceof BSONException) {
            return new LocatedValueException(String.valueOf(e.getMessage()), e);
        }
        String what = e instanceof CodecConfigurationException ? String.valueOf(e.getMessage()) : e.toString();
        return new LocatedConfigurationException(what, null, e);
    }

    static RuntimeException value(String what) {
        return new LocatedValueException(what, null);
    }

    static RuntimeException configuration(String what) {
        return new LocatedConfigurationException(what, null, null);
    }

    static RuntimeException configuration(String what, Throwable cause) {
        return new LocatedConfigurationException(what, null, cause);
    }

    static RuntimeException noCodec(Class<?> type, @Nullable Throwable cause) {
        return new LocatedConfigurationException("No codec for " + typeName(type), Hints.forMissing(type), cause);
    }

    static String typeName(Class<?> type) {
        return type.getTypeName();
    }

    /** A user's text in a message: in one line, cut where it is long. */
    static String quoted(String text) {
        return '"' + inLine(text) + '"';
    }

    /** What is stored may have been written to deceive: it ends no line of whoever logs the message. */
    static String inLine(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return LINE_ENDS.matcher(cut).replaceAll("?");
    }
}
