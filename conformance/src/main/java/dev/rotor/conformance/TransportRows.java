package dev.rotor.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of {@code docs/conformance.md} that has a row for each transport. Each run knows one transport alone, so it
 * keeps the others' rows as they stand in the page.
 */
final class TransportRows {

    /** The transport that the whole page is made from. */
    static final String FULL = "nio";

    static final String BEGIN = "<!-- transports -->";
    static final String END = "<!-- /transports -->";

    private static final String HEAD =
            "| transport | cases | passed | failed | skipped | runs |\n|---|---:|---:|---:|---:|---:|\n";

    private final Map<String, String> rows;

    private TransportRows(Map<String, String> rows) {
        this.rows = rows;
    }

    /** The rows that a page has; none if it has no such table. */
    static TransportRows of(String page) {
        Map<String, String> rows = new TreeMap<>();
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin >= 0 && end > begin) {
            page.substring(begin, end)
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .forEach(line -> {
                        String name = line.substring(3, line.indexOf('`', 3));
                        rows.put(name, line + "\n");
                    });
        }
        return new TransportRows(rows);
    }

    /** These with a transport's row in place of the one that it had. */
    TransportRows with(String transport, List<CaseResult> results) {
        Tally all = new Tally();
        results.forEach(all::add);
        Map<String, String> more = new TreeMap<>(rows);
        more.put(transport, all.row("`" + transport + "`"));
        return new TransportRows(more);
    }

    /**
     * Puts the table into its place.
     *
     * @throws IllegalArgumentException if the page has no place for it
     */
    String into(String page) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the page has no place for the transports, %s … %s: run on %s first",
                    BEGIN,
                    END,
                    FULL));
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + HEAD + String.join("", rows.values()) + "\n"
                + page.substring(end);
    }
}
