package dev.rotor.api;

import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The public signatures of a module as text: its descriptor, then by package every exported type with its public and
 * protected members, one a line, sorted, so that a change of the API is a change of the lines that it is about. Left
 * out is what follows from the rest: a record's accessors and canonical constructor, {@code values} of an enum, and
 * {@code equals}, {@code hashCode} and {@code toString}.
 */
final class ApiText {

    private static final String INDENT = "    ";

    private ApiText() {}

    static String of(ApiModule module) {
        List<String> lines = new ArrayList<>();
        lines.addAll(descriptor(module.descriptor()));
        module.exported().forEach((name, types) -> lines.addAll(packageLines(name, types)));
        return String.join("\n", lines) + "\n";
    }

    /** The types of the module itself that its signatures name although it does not export them. */
    static SortedSet<String> leaks(ApiModule module) {
        SortedSet<String> leaks = new TreeSet<>();
        module.exported().forEach((name, types) -> {
            TypeNames names = new TypeNames(name);
            types.forEach(type -> new ApiType(type, names).lines());
            names.all().stream()
                    .filter(type -> module.descriptor().packages().contains(type.getPackageName()))
                    .filter(type -> !module.types().contains(type))
                    .forEach(type -> leaks.add(name + " names " + type.getName()));
        });
        return leaks;
    }

    private static List<String> descriptor(ModuleDescriptor module) {
        SortedSet<String> clauses = new TreeSet<>();
        module.requires().stream()
                .filter(required -> !required.name().equals("java.base"))
                .forEach(required -> clauses.add("requires "
                        + required.modifiers().stream()
                                .sorted()
                                .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
                                .collect(Collectors.joining())
                        + required.name()));
        module.exports().forEach(export -> clauses.add("exports " + export.source() + to(export.targets())));
        module.opens().forEach(open -> clauses.add("opens " + open.source() + to(open.targets())));
        module.uses().forEach(used -> clauses.add("uses " + used));
        module.provides()
                .forEach(provided -> clauses.add(
                        "provides " + provided.service() + " with " + String.join(", ", provided.providers())));
        List<String> lines = new ArrayList<>();
        lines.add((module.isOpen() ? "open module " : "module ") + module.name());
        clauses.forEach(clause -> lines.add(INDENT + clause));
        return lines;
    }

    private static String to(Set<String> targets) {
        return targets.isEmpty() ? "" : targets.stream().sorted().collect(Collectors.joining(", ", " to ", ""));
    }

    private static List<String> packageLines(String name, List<Class<?>> types) {
        TypeNames names = new TypeNames(name);
        String annotations = types.isEmpty() ? "" : packageAnnotations(types.get(0), names);
        // The first time the names are met, the second time they are known.
        types.forEach(type -> new ApiType(type, names).lines());
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(annotations + "package " + name);
        names.imports().forEach(imported -> lines.add(INDENT + "import " + imported));
        for (Class<?> type : types) {
            lines.add("");
            lines.addAll(new ApiType(type, names).lines());
        }
        return lines;
    }

    private static String packageAnnotations(Class<?> member, TypeNames names) {
        try {
            Class<?> info = Class.forName(member.getPackageName() + ".package-info", false, member.getClassLoader());
            return new TypeText(names).annotations(info);
        } catch (ClassNotFoundException e) {
            return "";
        }
    }
}
