package dev.rotor.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Holds pages with a column "Rotor" to the API. In that column every piece of code is a name: a type, a type's member,
 * or {@code .member} for another member of the type that the cell named last. Elsewhere, but for the column that holds
 * the other driver's names, code that reads as a member of one of our types must be one.
 */
final class PageCheck {

    static final String OURS = "Rotor";

    private static final Pattern MEMBER = Pattern.compile("[A-Z]\\w*(\\.[A-Z]\\w*)*\\.\\w+");

    private final ApiNames names;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> spoken = new TreeSet<>();

    private PageCheck(ApiNames names) {
        this.names = names;
    }

    /** Every name that does not exist, with its place. */
    static List<String> wrongNames(ApiNames names, Collection<TablePage> pages) {
        return read(names, pages).problems;
    }

    /** Every type and public method that no page has in a column of ours. */
    static List<String> unspoken(ApiNames names, Collection<TablePage> pages) {
        Set<String> spoken = read(names, pages).spoken;
        return names.all().stream().filter(name -> !spoken.contains(name)).toList();
    }

    /** The rows that say nothing about their call, or name nothing of ours and lead nowhere; "not yet" is an answer. */
    static List<String> emptyCells(TablePage page) {
        List<String> empty = new ArrayList<>();
        for (TableRow row : page.rows()) {
            String ours = row.cell(OURS);
            if (row.cells().size() != row.header().size()) {
                empty.add(row.place() + " has " + row.cells().size() + " cells under "
                        + row.header().size() + " headings");
            } else if (ours == null) {
                empty.add(row.place() + " is in a table without a column \"" + OURS + "\"");
            } else {
                if (row.cells().get(0).isEmpty()) {
                    empty.add(row.place() + " does not name their call");
                }
                if (TableRow.code(ours).isEmpty() && !ours.contains("](") && !ours.equals("not yet")) {
                    empty.add(row.place() + " does not name ours");
                }
            }
        }
        return empty;
    }

    private static PageCheck read(ApiNames names, Collection<TablePage> pages) {
        PageCheck check = new PageCheck(names);
        for (TablePage page : pages) {
            page.prose().forEach(line -> check.remark(line.place(), line.text()));
            for (TableRow row : page.rows()) {
                // Their names are in the first column, which is not ours to judge.
                for (int i = 1; i < Math.min(row.cells().size(), row.header().size()); i++) {
                    if (row.header().get(i).equals(OURS)) {
                        check.names(row.place(), row.cells().get(i));
                    } else {
                        check.remark(row.place(), row.cells().get(i));
                    }
                }
            }
        }
        return check;
    }

    private void names(String place, String cell) {
        String type = "";
        for (String code : TableRow.code(cell)) {
            String name = code.startsWith(".") ? type + code : code;
            if (name.startsWith(".")) {
                problems.add(place + ": `" + code + "`: no type was named before it in the cell");
                continue;
            }
            try {
                spoken.addAll(names.spokenOf(name));
            } catch (IllegalArgumentException e) {
                problems.add(place + ": `" + code + "`: " + e.getMessage());
            }
            type = isMember(name) ? name.substring(0, name.lastIndexOf('.')) : name;
        }
    }

    private void remark(String place, String text) {
        for (String code : TableRow.code(text)) {
            String name = code.replaceFirst("\\(.*", "");
            if (MEMBER.matcher(name).matches() && names.isOurs(name)) {
                try {
                    names.spokenOf(name);
                } catch (IllegalArgumentException e) {
                    problems.add(place + ": `" + code + "`: " + e.getMessage());
                }
            }
        }
    }

    /** Whether the last word is a method or a constant, not a type in a type. */
    private static boolean isMember(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return name.contains(".")
                && (Character.isLowerCase(last.charAt(0)) || last.equals(last.toUpperCase(Locale.ROOT)));
    }
}
