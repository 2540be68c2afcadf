package dev.rotor.driver;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes percent-encoding (RFC 3986, section 2.1) strictly. A plus sign is a plus sign: spaces are written as
 * {@code %20}.
 */
final class PercentDecoder {

    private PercentDecoder() {}

    /**
     * Decodes a part.
     *
     * @param text the part as written
     * @param part what to call it in the message
     * @throws MongoConfigurationException if it is not properly encoded; the text is not quoted
     */
    static String decode(String text, String part) {
        String problem = problem(text);
        if (problem != null) {
            throw UriError.at(part, problem);
        }
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        int from = 0;
        while (from < text.length()) {
            int percent = text.indexOf('%', from);
            int to = percent < 0 ? text.length() : percent;
            if (to > from) {
                bytes.put(StandardCharsets.UTF_8.encode(CharBuffer.wrap(text, from, to)));
            }
            from = to;
            if (percent >= 0) {
                bytes.put((byte) (hex(text, percent + 1) << 4 | hex(text, percent + 2)));
                from = percent + 3;
            }
        }
        bytes.flip();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            // Without the cause: nothing of the text may get into a stack trace.
            throw UriError.at(part, "is not UTF-8 after percent-decoding");
        }
    }

    private static @Nullable String problem(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "contains a NUL character";
            }
            if (c == '%') {
                if (hex(text, i + 1) < 0 || hex(text, i + 2) < 0) {
                    return "contains a '%' that is not followed by two hexadecimal digits; write a percent sign as %25";
                }
                if (hex(text, i + 1) == 0 && hex(text, i + 2) == 0) {
                    return "contains %00, a NUL character";
                }
            } else if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return "contains half a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    private static int hex(String text, int at) {
        // Character.digit would take the digits of other scripts too.
        char c = at < text.length() ? text.charAt(at) : 0;
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
