package dev.rotor.conformance.bson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as such, to be compared: neither the order of members, nor white space, nor how characters are escaped counts.
 * How a double is written differs between languages (the BSON corpus allows that), so doubles count by their value.
 *
 * @param value maps, lists, strings, numbers, booleans, or {@code "null"} in a record of its own
 */
record Json(Object value) {

    private static final ObjectMapper PLAIN = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);

    private enum Nothing {
        NULL
    }

    /** A double by the value that it stands for, minus zero and the infinities included. */
    private record DoubleValue(long bits) {}

    static Json parse(String text) {
        try {
            return new Json(normal(PLAIN.readTree(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    /**
     * Whether a value has a form of an earlier version of extended JSON: a date as a bare number, or the subtype of
     * binary data as a number.
     */
    boolean hasLegacyForm() {
        return isLegacy(value);
    }

    private static boolean isLegacy(Object part) {
        if (part instanceof List<?> elements) {
            return elements.stream().anyMatch(Json::isLegacy);
        }
        if (!(part instanceof Map<?, ?> members)) {
            return false;
        }
        return (members.size() == 1 && members.get("$date") instanceof BigDecimal)
                || (members.size() == 1
                        && members.get("$binary") instanceof Map<?, ?> binary
                        && binary.size() == 2
                        && binary.get("base64") instanceof String
                        && binary.get("subType") instanceof BigDecimal)
                || members.values().stream().anyMatch(Json::isLegacy);
    }

    private static Object normal(JsonNode node) {
        if (node.isObject()) {
            if (node.size() == 1 && node.path("$numberDouble").isTextual()) {
                return new DoubleValue(Double.doubleToLongBits(
                        Double.parseDouble(node.path("$numberDouble").textValue())));
            }
            Map<String, Object> members = new TreeMap<>();
            node.fields().forEachRemaining(member -> members.put(member.getKey(), normal(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(normal(element)));
            return elements;
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return node.isFloatingPointNumber()
                    ? new DoubleValue(Double.doubleToLongBits(number.doubleValue()))
                    : number;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? Nothing.NULL : node.textValue();
    }
}
