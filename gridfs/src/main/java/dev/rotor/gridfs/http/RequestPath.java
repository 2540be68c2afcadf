package dev.rotor.gridfs.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The name of a file in the target of a request. It is decoded once, strictly. */
final class RequestPath {

    private RequestPath() {}

    /**
     * The path, percent-decoded.
     *
     * @param target in origin form or in absolute form (RFC 9112, section 3.2), perhaps with a query
     * @throws IllegalArgumentException if it is no path; the message does not quote it
     */
    static String decode(String target) {
        String path = withoutAuthority(target);
        int query = path.indexOf('?');
        if (query >= 0) {
            path = path.substring(0, query);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path does not begin with a slash");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                throw new IllegalArgumentException("The path has a character that must be percent-encoded");
            }
            if (c == '%') {
                int high = hex(path, i + 1);
                int low = hex(path, i + 2);
                if (high < 0 || low < 0) {
                    throw new IllegalArgumentException(
                            "The path has a '%' that is not followed by two hexadecimal digits");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        String decoded = utf8(bytes.toByteArray());
        for (int i = 0; i < decoded.length(); i++) {
            if (Character.isISOControl(decoded.charAt(i))) {
                throw new IllegalArgumentException("The path has a control character");
            }
        }
        return decoded;
    }

    /** What is behind the prefix; null if the path does not begin with it, or if nothing is left. */
    static @Nullable String name(String decoded, String prefix) {
        return decoded.startsWith(prefix) && decoded.length() > prefix.length()
                ? decoded.substring(prefix.length())
                : null;
    }

    private static String withoutAuthority(String target) {
        for (String scheme : new String[] {"http://", "https://"}) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                int slash = target.indexOf('/', scheme.length());
                return slash < 0 ? "/" : target.substring(slash);
            }
        }
        return target;
    }

    private static String utf8(byte[] bytes) {
        try {
            // A decoder of its own reports what is wrong rather than replacing it.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The path is not UTF-8 after percent-decoding");
        }
    }

    private static int hex(String text, int at) {
        // Character.digit would take the digits of other scripts too.
        char c = at < text.length() ? text.charAt(at) : 0;
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
