package dev.rotor.gridfs.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code Content-Disposition} (RFC 6266), with the name encoded as RFC 8187 says where that is needed. */
final class ContentDisposition {

    /** In code points. File systems take about as many; a header field must not grow with a name. */
    private static final int LONGEST = 200;

    private ContentDisposition() {}

    /** The value, or null for none. */
    static @Nullable String value(GridFsDisposition disposition, @Nullable String filename) {
        if (disposition == GridFsDisposition.NONE) {
            return null;
        }
        String type = disposition.name().toLowerCase(Locale.ROOT);
        String name = filename == null ? "" : safe(lastSegment(filename));
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return type;
        }
        String plain = plain(name);
        String value = type + "; filename=\"" + plain + '"';
        return plain.equals(name) ? value : value + "; filename*=UTF-8''" + encoded(name);
    }

    private static String lastSegment(String filename) {
        return filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
    }

    /** Without what no name should have: control characters, halves of characters, marks that turn the text around. */
    private static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        name.codePoints().limit(LONGEST).forEach(c -> safe.appendCodePoint(isUnsafe(c) ? '_' : c));
        return safe.toString();
    }

    private static boolean isUnsafe(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                // "photo<202E>gpj.exe" would be shown as "photoexe.jpg".
                || c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    /** For clients that know nothing better; without what they read in different ways (RFC 6266, appendix D). */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(c -> plain.append(c < ' ' || c > '~' || "\"\\%".indexOf(c) >= 0 ? '_' : (char) c));
        return plain.toString();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            // Of the characters of tokens, three mean something here.
            if (HeaderText.isTokenCharacter(c) && "*'%".indexOf(c) < 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
