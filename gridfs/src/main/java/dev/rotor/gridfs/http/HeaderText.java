package dev.rotor.gridfs.http;

import java.util.Objects;

/** The characters that header fields are made of (RFC 9110, section 5). */
final class HeaderText {

    private HeaderText() {}

    static void check(String name, String value) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (!isToken(name)) {
            throw new IllegalArgumentException("a header field must have a name that is a token, not "
                    + (name.isEmpty() ? "an empty one" : "one with other characters"));
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c > '~')) {
                // The value is not quoted: it may be hostile, and go to a log.
                throw new IllegalArgumentException(String.format(
                        "the value of header field %s has the character U+%04X at index %d; "
                                + "only visible ASCII characters, spaces and tabs can be sent",
                        name, (int) c, i));
            }
        }
    }

    /** Whether it can be a name, a content coding, a part of a media type (section 5.6.2). */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** Takes spaces and tabs away at both ends: other white space is none in HTTP. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
