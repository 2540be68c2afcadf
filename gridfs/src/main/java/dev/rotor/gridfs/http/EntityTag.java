package dev.rotor.gridfs.http;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another (RFC 9110, section 8.8.3).
 *
 * @param opaque what is between the quotes
 * @param weak whether two states that are as good as each other may share it
 */
record EntityTag(String opaque, boolean weak) {

    /** Reads one tag and nothing else. */
    static @Nullable EntityTag parse(String text) {
        Reader reader = new Reader(HeaderText.trim(text));
        EntityTag tag = reader.next();
        return tag != null && reader.atEnd() ? tag : null;
    }

    /** Whether both are the same, and strong (section 8.8.3.2). */
    boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** Whether both are the same, strong or not. */
    boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /** Whether one of a list of tags fits; what is behind a tag that is none is not looked at. */
    static boolean anyOf(String list, Predicate<EntityTag> fits) {
        Reader reader = new Reader(list);
        while (true) {
            reader.skipSeparators();
            EntityTag tag = reader.next();
            if (tag == null) {
                return false;
            }
            if (fits.test(tag)) {
                return true;
            }
        }
    }

    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at == text.length();
        }

        void skipSeparators() {
            while (at < text.length() && (text.charAt(at) == ',' || HeaderText.isSpace(text.charAt(at)))) {
                at++;
            }
        }

        @Nullable
        EntityTag next() {
            boolean weak = text.startsWith("W/", at);
            int quote = weak ? at + 2 : at;
            if (quote >= text.length() || text.charAt(quote) != '"') {
                return null;
            }
            int end = text.indexOf('"', quote + 1);
            if (end < 0) {
                return null;
            }
            for (int i = quote + 1; i < end; i++) {
                if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                    return null;
                }
            }
            at = end + 1;
            return new EntityTag(text.substring(quote + 1, end), weak);
        }
    }
}
