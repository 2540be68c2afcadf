package dev.rotor.gridfs.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a file a client asks for (RFC 9110, section 14).
 *
 * @param kind what it comes to
 * @param parts the parts, if that is what it comes to: no byte is in two of them
 */
record Ranges(Kind kind, List<HttpRange> parts) {

    /** What a request comes to. */
    enum Kind {
        /** All of the file: no parts were asked for, or in a way that makes no sense or too much work. */
        WHOLE,
        /** One part or several. */
        PARTS,
        /** Only such parts as the file does not have: 416. */
        UNSATISFIABLE
    }

    static final Ranges WHOLE = new Ranges(Kind.WHOLE, List.of());
    private static final Ranges UNSATISFIABLE = new Ranges(Kind.UNSATISFIABLE, List.of());

    /**
     * Reads the field {@code Range}.
     *
     * @param length the file's
     * @param max how many ranges there may be
     */
    static Ranges parse(@Nullable String header, long length, int max) {
        if (header == null) {
            return WHOLE;
        }
        int equals = header.indexOf('=');
        if (equals < 0
                || !HeaderText.trim(header.substring(0, equals))
                        .toLowerCase(Locale.ROOT)
                        .equals("bytes")) {
            return WHOLE;
        }
        List<HttpRange> parts = new ArrayList<>();
        int asked = 0;
        int from = equals + 1;
        while (from <= header.length()) {
            int comma = header.indexOf(',', from);
            int to = comma < 0 ? header.length() : comma;
            String text = HeaderText.trim(header.substring(from, to));
            from = to + 1;
            if (text.isEmpty()) {
                // Lists may have empty elements (section 5.6.1.2).
                continue;
            }
            if (++asked > max) {
                return WHOLE;
            }
            Ranges one = one(text, length);
            if (one.kind == Kind.WHOLE) {
                return WHOLE;
            }
            parts.addAll(one.parts);
        }
        if (asked == 0) {
            return WHOLE;
        }
        return parts.isEmpty() ? UNSATISFIABLE : new Ranges(Kind.PARTS, joined(parts));
    }

    /** One range; all of the file if it is none. */
    private static Ranges one(String text, long length) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return WHOLE;
        }
        long first = number(text.substring(0, dash));
        long last = number(text.substring(dash + 1));
        if (dash == 0) {
            if (last < 0) {
                return WHOLE;
            }
            if (last == 0) {
                return UNSATISFIABLE;
            }
            // An empty file has a last part, which cannot be told in Content-Range.
            return length == 0 ? WHOLE : part(Math.max(0, length - last), length - 1);
        }
        boolean open = dash == text.length() - 1;
        if (first < 0 || (!open && last < first)) {
            return WHOLE;
        }
        return first >= length ? UNSATISFIABLE : part(first, open ? length - 1 : Math.min(last, length - 1));
    }

    private static Ranges part(long first, long last) {
        return new Ranges(Kind.PARTS, List.of(new HttpRange(first, last)));
    }

    /** Digits as a number, as large as numbers get if it is larger; -1 if it is none. */
    private static long number(String digits) {
        if (digits.isEmpty()) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
        }
        return number;
    }

    /**
     * Makes one part of those that overlap or touch, so that nobody gets more than the whole file. The parts stay in
     * the order in which they were asked for, as section 15.3.7.2 wants it.
     */
    private static List<HttpRange> joined(List<HttpRange> asked) {
        record Part(HttpRange range, int place) {}
        List<Part> rising = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            rising.add(new Part(asked.get(i), i));
        }
        rising.sort(Comparator.comparingLong(part -> part.range.first()));
        List<Part> joined = new ArrayList<>();
        for (Part next : rising) {
            Part before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before != null && next.range.first() <= before.range.last() + 1) {
                HttpRange both = new HttpRange(before.range.first(), Math.max(before.range.last(), next.range.last()));
                joined.set(joined.size() - 1, new Part(both, Math.min(before.place, next.place)));
            } else {
                joined.add(next);
            }
        }
        joined.sort(Comparator.comparingInt(Part::place));
        return joined.stream().map(Part::range).toList();
    }
}
