package dev.rotor.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * The types of option values: how a decoded text becomes a value, and what to say when it does not.
 *
 * @param expected completes "it must be ..."
 * @param parser gives the value, or null when the text is invalid
 */
record UriValue(String expected, Parser parser) {

    /** Makes a value of a text. */
    @FunctionalInterface
    interface Parser {
        /**
         * Parses.
         *
         * @param text decoded
         * @param remark takes what is worth a warning although the value counts; a sentence's end after the option's
         *     name
         */
        @Nullable
        Object parse(String text, Consumer<String> remark);
    }

    static UriValue bool() {
        return new UriValue("true or false", UriValue::parseBoolean);
    }

    private static @Nullable Boolean parseBoolean(String text, Consumer<String> remark) {
        if (text.equals("true")) {
            return true;
        }
        if (text.equals("false")) {
            return false;
        }
        Boolean value =
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "1", "yes", "y", "t" -> true;
                    case "false", "0", "-1", "no", "n", "f" -> false;
                    default -> null;
                };
        if (value != null) {
            remark.accept("has the deprecated boolean value " + UriError.quote(text) + "; write " + value);
        }
        return value;
    }

    static UriValue integer(int min, int max) {
        String expected = max == Integer.MAX_VALUE
                ? "an integer of " + min + " or more"
                : "an integer from " + min + " to " + max;
        return new UriValue(expected, (text, remark) -> {
            Long value = parseLong(text);
            return value != null && value >= min && value <= max ? (Integer) value.intValue() : null;
        });
    }

    /** A time in milliseconds. */
    static UriValue millis(int min) {
        return new UriValue("a number of milliseconds, " + min + " or more", (text, remark) -> {
            Long value = parseLong(text);
            return value != null && value >= min && value <= Integer.MAX_VALUE ? Duration.ofMillis(value) : null;
        });
    }

    /** A time in milliseconds, the one option that may have 64 bits. */
    static UriValue longMillis() {
        return new UriValue("a number of milliseconds, 0 or more", (text, remark) -> {
            Long value = parseLong(text);
            return value != null && value >= 0 ? Duration.ofMillis(value) : null;
        });
    }

    /** Seconds; -1 says that there is no limit. */
    static UriValue maxStaleness() {
        return new UriValue("-1 or a number of seconds, 90 or more", (text, remark) -> {
            Long value = parseLong(text);
            if (value == null || value > Integer.MAX_VALUE || (value != -1 && value < 90)) {
                return null;
            }
            return Duration.ofSeconds(value);
        });
    }

    static UriValue text() {
        return text("a text that is not empty", text -> true);
    }

    static UriValue text(String expected, Predicate<String> valid) {
        return new UriValue(expected, (text, remark) -> !text.isEmpty() && valid.test(text) ? text : null);
    }

    /** At most 128 bytes, as the Handshake specification limits it. */
    static UriValue appName() {
        return text(
                "1 to " + OptionConflicts.MAX_APP_NAME_BYTES + " bytes of UTF-8",
                text -> text.getBytes(StandardCharsets.UTF_8).length <= OptionConflicts.MAX_APP_NAME_BYTES);
    }

    static UriValue srvServiceName() {
        return text(OptionConflicts.SRV_SERVICE_NAME_RULE, OptionConflicts::isSrvServiceName);
    }

    static UriValue secret() {
        return new UriValue("a text that is not empty", (text, remark) -> text.isEmpty() ? null : Secret.of(text));
    }

    /** A number of members, or a name. */
    static UriValue w() {
        return new UriValue("a number of 0 or more, or the name of a write concern", (text, remark) -> {
            if (text.isEmpty()) {
                return null;
            }
            char first = text.charAt(0);
            if (first != '-' && (first < '0' || first > '9')) {
                return text;
            }
            Long value = parseLong(text);
            if (value == null) {
                // A name may start with a digit, or a dash.
                return isNumber(text) ? null : text;
            }
            if (value < 0) {
                // The one value that is not merely warned of: the Read and Write Concern specification's tests refuse
                // it.
                throw UriError.of("w must not be negative");
            }
            return value <= Integer.MAX_VALUE ? (Integer) value.intValue() : null;
        });
    }

    static <E extends Enum<E>> UriValue oneOf(E[] values, Function<E, String> name) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(name.apply(value), value);
        }
        return new UriValue("one of " + String.join(", ", names.keySet()), (text, remark) -> names.get(text));
    }

    static UriValue uuidRepresentation() {
        Map<String, UuidRepresentation> names = new LinkedHashMap<>();
        names.put("unspecified", UuidRepresentation.UNSPECIFIED);
        names.put("standard", UuidRepresentation.STANDARD);
        names.put("javaLegacy", UuidRepresentation.JAVA_LEGACY);
        names.put("csharpLegacy", UuidRepresentation.C_SHARP_LEGACY);
        names.put("pythonLegacy", UuidRepresentation.PYTHON_LEGACY);
        return new UriValue("one of " + String.join(", ", names.keySet()), (text, remark) -> names.get(text));
    }

    /** A set of tags; empty fits every server. */
    static UriValue tagSet() {
        return new UriValue("name:value pairs with commas between, or empty", (text, remark) -> {
            Map<String, String> tags = text.isEmpty() ? Map.of() : parsePairs(text);
            return tags == null ? null : new TagSet(tags);
        });
    }

    static UriValue pairs() {
        return new UriValue(
                "name:value pairs with commas between; no value may contain a comma",
                (text, remark) -> parsePairs(text));
    }

    static UriValue compressors() {
        return new UriValue("some of snappy, zlib, zstd, with commas between", (text, remark) -> {
            List<String> names = new ArrayList<>();
            for (String name : text.split(",", -1)) {
                if (!name.equals("snappy") && !name.equals("zlib") && !name.equals("zstd")) {
                    remark.accept("names the unsupported compressor " + UriError.quote(name) + ", which is ignored");
                } else if (!names.contains(name)) {
                    names.add(name);
                }
            }
            return List.copyOf(names);
        });
    }

    private static @Nullable Map<String, String> parsePairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon < 1 || pairs.put(pair.substring(0, colon), pair.substring(colon + 1)) != null) {
                return null;
            }
        }
        return pairs;
    }

    private static boolean isNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from;
    }

    /** Decimal digits after an optional minus sign; null when it is something else or does not fit. */
    private static @Nullable Long parseLong(String text) {
        if (!isNumber(text)) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null; // more digits than 64 bits hold
        }
    }
}
