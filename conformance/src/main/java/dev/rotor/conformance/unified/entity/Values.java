package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.Matcher;
import dev.rotor.conformance.unified.match.RunnerException;
import dev.rotor.driver.ReadConcern;
import dev.rotor.driver.ReadPreference;
import dev.rotor.driver.TagSet;
import dev.rotor.driver.WriteConcern;
import dev.rotor.driver.model.Collation;
import dev.rotor.driver.model.CollationAlternate;
import dev.rotor.driver.model.CollationCaseFirst;
import dev.rotor.driver.model.CollationMaxVariable;
import dev.rotor.driver.model.CollationStrength;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Reads the values of arguments as what the driver's API takes. What is of the wrong type is refused. */
public final class Values {

    private Values() {}

    /** A document, as what filters and the like are. */
    public static Bson bson(BsonValue value) {
        return document(value);
    }

    /** A document. */
    public static BsonDocument document(BsonValue value) {
        if (!value.isDocument()) {
            throw wrong("a document", value);
        }
        return value.asDocument();
    }

    /** Documents. */
    public static List<BsonDocument> documents(BsonValue value) {
        List<BsonDocument> documents = new ArrayList<>();
        array(value).forEach(each -> documents.add(document(each)));
        return documents;
    }

    /** Documents, as what array filters and the like are. */
    public static List<Bson> bsons(BsonValue value) {
        return List.copyOf(documents(value));
    }

    /** An array. */
    public static List<BsonValue> array(BsonValue value) {
        if (!value.isArray()) {
            throw wrong("an array", value);
        }
        return value.asArray();
    }

    /** The value as it is. */
    public static BsonValue any(BsonValue value) {
        return value;
    }

    /** A string. */
    public static String string(BsonValue value) {
        if (!value.isString()) {
            throw wrong("a string", value);
        }
        return value.asString().getValue();
    }

    /** A truth value. */
    public static Boolean bool(BsonValue value) {
        if (!value.isBoolean()) {
            throw wrong("a boolean", value);
        }
        return value.asBoolean().getValue();
    }

    /** An integer. */
    public static Integer int32(BsonValue value) {
        return Math.toIntExact(int64(value));
    }

    /** An integer. */
    public static Long int64(BsonValue value) {
        if (!value.isInt32() && !value.isInt64()) {
            throw wrong("an integer", value);
        }
        return value.asNumber().longValue();
    }

    /** Any number. */
    public static Double real(BsonValue value) {
        if (!value.isNumber()) {
            throw wrong("a number", value);
        }
        return value.asNumber().doubleValue();
    }

    /** Milliseconds. */
    public static Duration millis(BsonValue value) {
        return Duration.ofMillis(int64(value));
    }

    /** Seconds. */
    public static Duration seconds(BsonValue value) {
        return Duration.ofSeconds(int64(value));
    }

    /** A read concern. */
    public static ReadConcern readConcern(BsonValue value) {
        Arguments fields = new Arguments("readConcern", document(value));
        ReadConcern concern = new ReadConcern(fields.required("level", Values::string));
        fields.assertAllUsed();
        return concern;
    }

    /** A write concern. */
    public static WriteConcern writeConcern(BsonValue value) {
        Arguments fields = new Arguments("writeConcern", document(value));
        BsonValue w = fields.optional("w", Values::any);
        Object members = w == null ? null : w.isString() ? (Object) string(w) : (Object) int32(w);
        WriteConcern concern = new WriteConcern(
                members, fields.optional("wtimeoutMS", Values::millis), fields.optional("journal", Values::bool));
        fields.assertAllUsed();
        return concern;
    }

    /** A read preference. */
    public static ReadPreference readPreference(BsonValue value) {
        Arguments fields = new Arguments("readPreference", document(value));
        ReadPreference preference = new ReadPreference(mode(fields.required("mode", Values::string)), List.of(), null);
        preference = fields.with(preference, "tagSets", Values::tagSets, ReadPreference::withTagSets);
        preference = fields.with(preference, "maxStalenessSeconds", Values::seconds, ReadPreference::withMaxStaleness);
        fields.assertAllUsed();
        return preference;
    }

    private static ReadPreference.Mode mode(String name) {
        for (ReadPreference.Mode mode : ReadPreference.Mode.values()) {
            if (mode.wireName().equalsIgnoreCase(name)) {
                return mode;
            }
        }
        throw new RunnerException("there is no read preference " + name);
    }

    private static List<TagSet> tagSets(BsonValue value) {
        List<TagSet> sets = new ArrayList<>();
        for (BsonDocument set : documents(value)) {
            Map<String, String> tags = new LinkedHashMap<>();
            set.forEach((name, tag) -> tags.put(name, string(tag)));
            sets.add(new TagSet(tags));
        }
        return sets;
    }

    /** A collation. */
    public static Collation collation(BsonValue value) {
        Arguments fields = new Arguments("collation", document(value));
        Collation collation = Collation.create(fields.required("locale", Values::string));
        collation = fields.with(collation, "caseLevel", Values::bool, Collation::caseLevel);
        collation = fields.with(
                collation, "caseFirst", each -> constant(CollationCaseFirst.class, each), Collation::caseFirst);
        collation = fields.with(collation, "strength", Values::strength, Collation::strength);
        collation = fields.with(collation, "numericOrdering", Values::bool, Collation::numericOrdering);
        collation = fields.with(
                collation, "alternate", each -> constant(CollationAlternate.class, each), Collation::alternate);
        collation = fields.with(
                collation, "maxVariable", each -> constant(CollationMaxVariable.class, each), Collation::maxVariable);
        collation = fields.with(collation, "normalization", Values::bool, Collation::normalization);
        collation = fields.with(collation, "backwards", Values::bool, Collation::backwards);
        fields.assertAllUsed();
        return collation;
    }

    private static CollationStrength strength(BsonValue value) {
        int wanted = int32(value);
        for (CollationStrength strength : CollationStrength.values()) {
            if (strength.wireValue() == wanted) {
                return strength;
            }
        }
        throw new RunnerException("there is no collation strength " + wanted);
    }

    /** A cursor type, named as in {@code tailableAwait}. */
    public static CursorType cursorType(BsonValue value) {
        return constant(CursorType.class, value);
    }

    /** A time-out mode, named as in {@code cursorLifetime}. */
    public static TimeoutMode timeoutMode(BsonValue value) {
        return constant(TimeoutMode.class, value);
    }

    /** The constant whose name, but for case, underscores and hyphens, is the string's. */
    public static <E extends Enum<E>> E constant(Class<E> type, BsonValue value) {
        String name = string(value);
        for (E constant : type.getEnumConstants()) {
            if (plain(constant.name()).equals(plain(name))) {
                return constant;
            }
        }
        throw new RunnerException("there is no " + type.getSimpleName() + " " + name);
    }

    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static RunnerException wrong(String expected, BsonValue value) {
        return new RunnerException("expected " + expected + " in the test file but there is " + Matcher.text(value));
    }
}
