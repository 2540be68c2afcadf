package dev.rotor.api;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a page's table.
 *
 * @param place the page and the line, for messages
 * @param section the heading that the table is under
 * @param header the names of the columns
 * @param cells what is in them, without the blanks around it
 */
record TableRow(String place, String section, List<String> header, List<String> cells) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** The cell in the column of this name; null if the table has no such column, or the row ends before it. */
    @Nullable
    String cell(String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= cells.size() ? null : cells.get(index);
    }

    /** What is written as code. */
    static List<String> code(String text) {
        return CODE.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
