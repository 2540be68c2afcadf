package dev.rotor.testserver.query;

import de.bwaldvogel.mongo.bson.Document;
import dev.rotor.testserver.engine.CommandError;
import dev.rotor.testserver.engine.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses filters that a server would refuse when it reads them, whether a document is there to be matched or not. */
final class FilterCheck {
    private static final Set<String> KNOWN = Set.of(
            "$eq",
            "$ne",
            "$gt",
            "$gte",
            "$lt",
            "$lte",
            "$in",
            "$nin",
            "$exists",
            "$type",
            "$mod",
            "$regex",
            "$options",
            "$all",
            "$elemMatch",
            "$size",
            "$not");
    private static final Set<String> OTHERS = Set.of(
            "$bitsAllClear",
            "$bitsAllSet",
            "$bitsAnyClear",
            "$bitsAnySet",
            "$geoIntersects",
            "$geoWithin",
            "$near",
            "$nearSphere",
            "$maxDistance",
            "$minDistance",
            "$within");
    private static final Set<String> REFERENCES = Set.of("$ref", "$id", "$db");

    private FilterCheck() {}

    static void check(Document filter) {
        for (Map.Entry<String, Object> entry : filter.entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            switch (key) {
                case "$and", "$or", "$nor" -> clauses(key, value);
                case "$expr" -> Expressions.check(value);
                case "$comment", "$jsonSchema", "$where" -> {}
                case "$text" ->
                    throw new CommandError(ErrorCode.INDEX_NOT_FOUND, "text index required for $text query");
                default -> {
                    if (key.startsWith("$") && !REFERENCES.contains(key)) {
                        throw new CommandError(
                                ErrorCode.BAD_VALUE,
                                "unknown top level operator: " + key
                                        + ". If you have a field name that starts with a '$' symbol, consider using $getField or $setField.");
                    }
                    operand(value);
                }
            }
        }
    }

    private static void clauses(String key, @Nullable Object value) {
        if (!(value instanceof List<?> many)) {
            throw new CommandError(ErrorCode.BAD_VALUE, key + " must be an array");
        }
        if (many.isEmpty()) {
            throw new CommandError(ErrorCode.BAD_VALUE, "$and/$or/$nor must be a nonempty array");
        }
        for (Object each : many) {
            if (!(each instanceof Document clause)) {
                throw new CommandError(ErrorCode.BAD_VALUE, "$or/$and/$nor entries need to be full objects");
            }
            check(clause);
        }
    }

    private static void operand(@Nullable Object value) {
        if (!(value instanceof Document spec) || spec.isEmpty()) {
            return;
        }
        String first = spec.keySet().iterator().next();
        if (!first.startsWith("$") || REFERENCES.contains(first)) {
            return;
        }
        for (Map.Entry<String, Object> entry : spec.entrySet()) {
            String operator = entry.getKey();
            if (OTHERS.contains(operator)) {
                throw new CommandError(
                        ErrorCode.NOT_IMPLEMENTED, "This server does not implement the operator " + operator);
            }
            if (!KNOWN.contains(operator)) {
                throw new CommandError(ErrorCode.BAD_VALUE, "unknown operator: " + operator);
            }
            if ((operator.equals("$in") || operator.equals("$nin") || operator.equals("$all"))
                    && !(entry.getValue() instanceof List)) {
                throw new CommandError(ErrorCode.BAD_VALUE, operator + " needs an array");
            }
            if (operator.equals("$not")) {
                operand(entry.getValue());
            }
            if (operator.equals("$elemMatch")) {
                if (!(entry.getValue() instanceof Document element)) {
                    throw new CommandError(ErrorCode.BAD_VALUE, "$elemMatch needs an Object");
                }
                boolean values = !element.isEmpty()
                        && KNOWN.contains(element.keySet().iterator().next());
                if (values) {
                    operand(element);
                } else {
                    check(element);
                }
            }
        }
    }
}
