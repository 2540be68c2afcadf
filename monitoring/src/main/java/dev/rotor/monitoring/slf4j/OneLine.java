package dev.rotor.monitoring.slf4j;

import java.util.HexFormat;

/** Text that stays in one line of a log, whatever is in it. */
final class OneLine {

    private static final String ELLIPSIS = "...";
    private static final char NEXT_LINE = '\u0085';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private OneLine() {}

    /**
     * Escapes what ends or disguises a line: control characters, Unicode's line ends, and invisible formatting such as
     * a change of the direction of writing; and halves of characters, which cannot be written.
     */
    static String escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isHarmless(text, i)) {
                return escapedFrom(text, i);
            }
        }
        return text;
    }

    private static String escapedFrom(String text, int first) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmless(text, i)) {
                escaped.append(c);
            } else {
                append(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, char c) {
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    private static boolean isHarmless(String text, int at) {
        char c = text.charAt(at);
        if (c >= ' ' && c < 0x7f) {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return !Character.isISOControl(c)
                && c != NEXT_LINE
                && c != LINE_SEPARATOR
                && c != PARAGRAPH_SEPARATOR
                && Character.getType(c) != Character.FORMAT;
    }

    /** At most so many characters, counted as people do, so that none is divided; "..." stands for what is left out. */
    static String cut(String text, int maxLength) {
        if (text.length() <= maxLength || text.codePointCount(0, text.length()) <= maxLength) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, maxLength)) + ELLIPSIS;
    }
}
