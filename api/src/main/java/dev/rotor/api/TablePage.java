package dev.rotor.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A page in Markdown, as far as its tables go.
 *
 * @param name the page, for messages
 * @param rows the rows of all its tables, in their order
 * @param headings its headings, in their order
 * @param prose the lines that are in no table and in no block of code, with their places
 */
record TablePage(String name, List<TableRow> rows, List<String> headings, List<Line> prose) {

    /** A line, and where it is. */
    record Line(String place, String text) {}

    static TablePage of(String name, String text) {
        List<TableRow> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>();
        List<Line> prose = new ArrayList<>();
        List<String> header = List.of();
        String section = "";
        boolean inCode = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String place = name + ":" + number;
            if (line.startsWith("```")) {
                inCode = !inCode;
            } else if (!inCode && !line.startsWith("|")) {
                header = List.of();
                if (line.startsWith("#")) {
                    section = line.replaceFirst("^#+\\s*", "");
                    headings.add(section);
                } else {
                    prose.add(new Line(place, line));
                }
            } else if (!inCode && header.isEmpty()) {
                header = cells(line);
            } else if (!inCode && !line.matches("[|:\\- ]+")) {
                rows.add(new TableRow(place, section, header, cells(line)));
            }
        }
        return new TablePage(name, List.copyOf(rows), List.copyOf(headings), List.copyOf(prose));
    }

    /** A bar in a cell is written with a backslash before it. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        String inner = line.strip().replaceFirst("^\\|", "").replaceFirst("(?<!\\\\)\\|$", "");
        for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip().replace("\\|", "|"));
        }
        return cells;
    }
}
