package dev.rotor.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one text of an API says and another does not, line by line under the package and type that each belongs to. */
final class ApiDiff {

    private ApiDiff() {}

    /**
     * The lines to take out of the first and those to put in, under their headings; empty if the texts are the same.
     */
    static String between(String before, String after) {
        Map<String, List<String>> old = sections(before);
        Map<String, List<String>> now = sections(after);
        Set<String> headings = new LinkedHashSet<>(old.keySet());
        headings.addAll(now.keySet());
        StringBuilder difference = new StringBuilder();
        for (String heading : headings) {
            List<String> gone = without(old.getOrDefault(heading, List.of()), now.getOrDefault(heading, List.of()));
            List<String> come = without(now.getOrDefault(heading, List.of()), old.getOrDefault(heading, List.of()));
            if (!gone.isEmpty() || !come.isEmpty()) {
                difference.append("  ").append(heading).append('\n');
                gone.forEach(line -> difference.append("    - ").append(line).append('\n'));
                come.forEach(line -> difference.append("    + ").append(line).append('\n'));
            }
        }
        if (difference.isEmpty() && !before.equals(after)) {
            difference.append("  only the order of the lines, or blanks\n");
        }
        return difference.toString();
    }

    /**
     * The lines under the type, or the package, or the module that they stand under; a type's own line is the first.
     */
    private static Map<String, List<String>> sections(String text) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String packageName = "";
        String heading = "";
        for (String line : text.lines().toList()) {
            String said = line.strip();
            int indent = line.length() - line.stripLeading().length();
            boolean isType = indent == 4 && !packageName.isEmpty() && !said.startsWith("import ");
            if (indent == 0 && !said.isEmpty()) {
                packageName = said.contains("package ") ? said.substring(said.indexOf("package ") + 8) : "";
                heading = packageName.isEmpty() ? "module" : packageName;
            } else if (isType) {
                heading = packageName + "." + typeName(said);
            }
            if (!said.isEmpty()) {
                sections.computeIfAbsent(heading, any -> new ArrayList<>()).add(said);
            }
        }
        return sections;
    }

    /** The word after the kind, without type parameters and components. */
    private static String typeName(String declaration) {
        String[] words = declaration.split("[ <(]", -1);
        for (int i = 0; i < words.length - 1; i++) {
            if (Set.of("class", "interface", "record", "enum", "@interface").contains(words[i])) {
                return words[i + 1];
            }
        }
        return declaration;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return rest;
    }
}
