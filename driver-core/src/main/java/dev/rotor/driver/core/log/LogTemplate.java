package dev.rotor.driver.core.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A kind of message: its fixed text, and the words around its values for people. In the words, {@code {key}} stands for
 * a value, and what is in square brackets is left out when a value in it is not there.
 */
public final class LogTemplate {

    /** Words, or the name of a value; a group is left out as a whole. */
    private sealed interface Part {}

    private record Words(String text) implements Part {}

    private record Value(String key) implements Part {}

    private record Group(List<Part> parts) implements Part {}

    private final String message;
    private final List<Part> parts;

    /**
     * Reads a template.
     *
     * @param message the specification's fixed text
     * @param words for example {@code "Connection pool ready for {serverHost}[:{serverPort}]"}
     */
    public LogTemplate(String message, String words) {
        this.message = message;
        this.parts = parse(words);
    }

    /** The fixed text: the value of the key {@code message}. */
    String message() {
        return message;
    }

    /** The readable text. */
    String text(Map<String, Object> values) {
        StringBuilder text = new StringBuilder(200);
        append(text, parts, values);
        return text.toString();
    }

    /** Whether all values were there. */
    private static boolean append(StringBuilder text, List<Part> parts, Map<String, Object> values) {
        boolean complete = true;
        for (Part part : parts) {
            if (part instanceof Words words) {
                text.append(words.text);
            } else if (part instanceof Value value) {
                Object known = values.get(value.key);
                complete &= known != null;
                text.append(known == null ? "unknown" : known);
            } else if (part instanceof Group group) {
                int before = text.length();
                if (!append(text, group.parts, values)) {
                    text.setLength(before);
                }
            }
        }
        return complete;
    }

    private static List<Part> parse(String words) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < words.length(); at++) {
            char c = words.charAt(at);
            if (c != '{' && c != '[') {
                continue;
            }
            int end = words.indexOf(c == '{' ? '}' : ']', at);
            if (end < 0) {
                throw new IllegalArgumentException("unclosed " + c + " in \"" + words + "\"");
            }
            if (at > from) {
                parts.add(new Words(words.substring(from, at)));
            }
            String inner = words.substring(at + 1, end);
            parts.add(c == '{' ? new Value(inner) : new Group(parse(inner)));
            at = end;
            from = end + 1;
        }
        if (from < words.length()) {
            parts.add(new Words(words.substring(from)));
        }
        return List.copyOf(parts);
    }
}
