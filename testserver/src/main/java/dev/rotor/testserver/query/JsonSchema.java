package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code $jsonSchema} with the keywords that validators commonly use; others are refused. */
final class JsonSchema {
    private static final Set<String> KEYWORDS = Set.of(
            "bsonType",
            "type",
            "required",
            "properties",
            "additionalProperties",
            "enum",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "pattern",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "title",
            "description",
            "minProperties",
            "maxProperties");

    private final Document spec;

    private JsonSchema(Document spec) {
        this.spec = spec;
    }

    static JsonSchema of(@Nullable Object spec) {
        if (!(spec instanceof Document document)) {
            throw new CommandError(ErrorCode.TYPE_MISMATCH, "$jsonSchema must be an object");
        }
        for (String keyword : document.keySet()) {
            if (!KEYWORDS.contains(keyword)) {
                throw new CommandError(ErrorCode.FAILED_TO_PARSE, "Unknown $jsonSchema keyword: " + keyword);
            }
        }
        return new JsonSchema(document);
    }

    boolean accepts(@Nullable Object value) {
        return types(value)
                && enumerated(value)
                && object(value)
                && number(value)
                && text(value)
                && array(value)
                && combined(value);
    }

    private boolean types(@Nullable Object value) {
        return anyType(spec.get("bsonType"), value) && anyType(spec.get("type"), value);
    }

    private static boolean anyType(@Nullable Object wanted, @Nullable Object value) {
        if (wanted instanceof List<?> many) {
            return many.stream().anyMatch(each -> anyType(each, value));
        }
        String type = Values.typeName(value);
        return wanted == null
                || wanted.equals(type)
                || (wanted.equals("number") && value instanceof Number)
                || (wanted.equals("boolean") && value instanceof Boolean);
    }

    private boolean enumerated(@Nullable Object value) {
        return !(spec.get("enum") instanceof List<?> allowed)
                || allowed.stream().anyMatch(each -> BsonOrder.same(each, value));
    }

    private boolean object(@Nullable Object value) {
        if (!(value instanceof Document document)) {
            return true;
        }
        if (spec.get("required") instanceof List<?> required
                && !document.keySet().containsAll(required)) {
            return false;
        }
        if (document.size() < Values.whole(spec.get("minProperties"), 0)
                || document.size() > Values.whole(spec.get("maxProperties"), Integer.MAX_VALUE)) {
            return false;
        }
        Document properties = spec.get("properties") instanceof Document d ? d : new Document();
        for (String name : document.keySet()) {
            Object rule = properties.containsKey(name) ? properties.get(name) : spec.get("additionalProperties");
            if (Boolean.FALSE.equals(rule) || (rule instanceof Document && !of(rule).accepts(document.get(name)))) {
                return false;
            }
        }
        return true;
    }

    private boolean number(@Nullable Object value) {
        if (!(value instanceof Number)) {
            return true;
        }
        Object minimum = spec.getOrMissing("minimum");
        Object maximum = spec.getOrMissing("maximum");
        int low = minimum instanceof Missing ? 1 : BsonOrder.INSTANCE.compare(value, minimum);
        int high = maximum instanceof Missing ? -1 : BsonOrder.INSTANCE.compare(value, maximum);
        return (low > 0 || (low == 0 && !Values.isTrue(spec.get("exclusiveMinimum"))))
                && (high < 0 || (high == 0 && !Values.isTrue(spec.get("exclusiveMaximum"))));
    }

    private boolean text(@Nullable Object value) {
        if (!(value instanceof String string)) {
            return true;
        }
        int length = string.codePointCount(0, string.length());
        return length >= Values.whole(spec.get("minLength"), 0)
                && length <= Values.whole(spec.get("maxLength"), Integer.MAX_VALUE)
                && (!(spec.get("pattern") instanceof String pattern)
                        || Pattern.compile(pattern).matcher(string).find());
    }

    private boolean array(@Nullable Object value) {
        if (!(value instanceof Collection<?> many)) {
            return true;
        }
        if (many.size() < Values.whole(spec.get("minItems"), 0)
                || many.size() > Values.whole(spec.get("maxItems"), Integer.MAX_VALUE)) {
            return false;
        }
        if (Values.isTrue(spec.get("uniqueItems"))) {
            Set<Object> distinct = new java.util.TreeSet<>(BsonOrder.INSTANCE);
            distinct.addAll(many);
            if (distinct.size() < many.size()) {
                return false;
            }
        }
        return !(spec.get("items") instanceof Document items) || many.stream().allMatch(of(items)::accepts);
    }

    private boolean combined(@Nullable Object value) {
        return (!(spec.get("allOf") instanceof List<?> all) || all.stream().allMatch(each -> of(each).accepts(value)))
                && (!(spec.get("anyOf") instanceof List<?> any)
                        || any.stream().anyMatch(each -> of(each).accepts(value)))
                && (!(spec.get("oneOf") instanceof List<?> one)
                        || one.stream().filter(each -> of(each).accepts(value)).count() == 1)
                && (!(spec.get("not") instanceof Document not) || !of(not).accepts(value));
    }
}
