package dev.rotor.examples.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of text, as wide as its cells need and no wider than the screen. */
final class Table {
    private static final String GAP = "  ";
    private static final String CUT = "...";

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numeric;

    Table(String... titles) {
        this.titles = List.of(titles);
        this.numeric = new boolean[titles.length];
    }

    /** Adds a row of texts and whole numbers; a column of numbers is aligned to the right. */
    Table row(Object... cells) {
        List<String> row = new ArrayList<>(cells.length);
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] instanceof Number number) {
                numeric[i] = true;
                row.add(number(number.longValue()));
            } else {
                row.add(cells[i].toString());
            }
        }
        if (row.size() != titles.size()) {
            throw new IllegalArgumentException(row.size() + " cells under " + titles.size() + " titles");
        }
        rows.add(row);
        return this;
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>(rows.size() + 2);
        lines.add(line(titles, widths));
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        lines.add(line(rules, widths));
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[titles.size()];
        int sum = GAP.length() * titles.size();
        for (int column = 0; column < widths.length; column++) {
            widths[column] = titles.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
            sum += widths[column];
        }
        while (sum > Screen.WIDTH) {
            int widest = 0;
            for (int column = 1; column < widths.length; column++) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            widths[widest]--;
            sum--;
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cut(cells.get(column), widths[column]);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : GAP).append(numeric[column] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    /** The end of a class name says more than its beginning. */
    private static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return width <= CUT.length()
                ? text.substring(0, width)
                : CUT + text.substring(text.length() - width + CUT.length());
    }
}
