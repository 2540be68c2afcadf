package dev.rotor.gridfs.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates of HTTP (RFC 9110, section 5.6.7): one form is written, three are read. */
final class HttpDates {

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> LONG_DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDates() {}

    /** The time to the second, or null if its year has more than four digits: there is no way to write it. */
    static @Nullable String format(Instant time) {
        OffsetDateTime date = time.atOffset(ZoneOffset.UTC);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return null;
        }
        StringBuilder text = new StringBuilder(29);
        text.append(DAYS.get(date.getDayOfWeek().getValue() - 1)).append(", ");
        pad(text, date.getDayOfMonth(), 2).append(' ');
        text.append(MONTHS.get(date.getMonthValue() - 1)).append(' ');
        pad(text, date.getYear(), 4).append(' ');
        pad(text, date.getHour(), 2).append(':');
        pad(text, date.getMinute(), 2).append(':');
        pad(text, date.getSecond(), 2).append(" GMT");
        return text.toString();
    }

    private static StringBuilder pad(StringBuilder text, int number, int digits) {
        String plain = Integer.toString(number);
        return text.append("0".repeat(digits - plain.length())).append(plain);
    }

    /**
     * Reads a date.
     *
     * @param now decides about the century of dates that do not tell
     * @return the time, or null if it is no date
     */
    static @Nullable Instant parse(String text, Instant now) {
        String trimmed = HeaderText.trim(text);
        int comma = trimmed.indexOf(',');
        if (comma < 0) {
            return asctime(trimmed);
        }
        String day = trimmed.substring(0, comma);
        if (DAYS.contains(day)) {
            return imf(trimmed);
        }
        return LONG_DAYS.contains(day) ? rfc850(trimmed.substring(comma), now) : null;
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private static @Nullable Instant imf(String text) {
        if (!shape(text, "Xxx, 00 Xxx 0000 00:00:00 GMT")) {
            return null;
        }
        return instant(number(text, 12, 16), text.substring(8, 11), number(text, 5, 7), text.substring(17, 25));
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT}, from the comma on. */
    private static @Nullable Instant rfc850(String text, Instant now) {
        if (!shape(text, ", 00-Xxx-00 00:00:00 GMT")) {
            return null;
        }
        int thisYear = now.atOffset(ZoneOffset.UTC).getYear();
        int year = Math.floorDiv(thisYear, 100) * 100 + number(text, 9, 11);
        // What seems to be more than 50 years ahead is past.
        if (year > thisYear + 50) {
            year -= 100;
        } else if (year + 100 <= thisYear + 50) {
            year += 100;
        }
        return instant(year, text.substring(5, 8), number(text, 2, 4), text.substring(12, 20));
    }

    /** {@code Sun Nov 6 08:49:37 1994}. */
    private static @Nullable Instant asctime(String text) {
        boolean oneDigit = shape(text, "Xxx Xxx  0 00:00:00 0000");
        if ((!oneDigit && !shape(text, "Xxx Xxx 00 00:00:00 0000")) || !DAYS.contains(text.substring(0, 3))) {
            return null;
        }
        int day = number(text, oneDigit ? 9 : 8, 10);
        return instant(number(text, 20, 24), text.substring(4, 7), day, text.substring(11, 19));
    }

    /** Whether a text has digits where the shape has 0, letters where it has x, and what the shape has elsewhere. */
    private static boolean shape(String text, String shape) {
        if (text.length() != shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char c = text.charAt(i);
            char want = shape.charAt(i);
            boolean fits =
                    switch (want) {
                        case '0' -> c >= '0' && c <= '9';
                        case 'X', 'x' -> (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
                        default -> c == want;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static @Nullable Instant instant(int year, String month, int day, String time) {
        int monthNumber = MONTHS.indexOf(month) + 1;
        int second = number(time, 6, 8);
        try {
            // A leap second, which Java's time does not have, is the last second of its minute.
            return LocalDateTime.of(
                            year, monthNumber, day, number(time, 0, 2), number(time, 3, 5), second == 60 ? 59 : second)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
