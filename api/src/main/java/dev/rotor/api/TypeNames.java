package dev.rotor.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Short names for the types that one package's signatures name, as the imports of a source file give them. Two types of
 * one short name are both written in full, so a text is made twice: once to meet all names, once to keep.
 */
final class TypeNames {

    private final String ownPackage;
    private final Map<String, Set<Class<?>>> met = new TreeMap<>();

    TypeNames(String ownPackage) {
        this.ownPackage = ownPackage;
    }

    /** The name to write for a type that is neither an array nor a primitive's wrapper in disguise. */
    String of(Class<?> type) {
        if (type.isPrimitive()) {
            return type.getName();
        }
        Class<?> top = top(type);
        Set<Class<?>> namesakes = met.computeIfAbsent(top.getSimpleName(), any -> new TreeSet<>(TypeNames::compare));
        namesakes.add(top);
        String name = type.getCanonicalName();
        boolean shortened = namesakes.size() == 1 || top.getPackageName().equals(ownPackage);
        return shortened && !top.getPackageName().isEmpty()
                ? name.substring(top.getPackageName().length() + 1)
                : name;
    }

    /** The full names of those written short, but for this package and {@code java.lang}; sorted. */
    List<String> imports() {
        return met.values().stream()
                .filter(namesakes -> namesakes.size() == 1)
                .map(namesakes -> namesakes.iterator().next())
                .filter(type -> !type.getPackageName().equals(ownPackage)
                        && !type.getPackageName().equals("java.lang"))
                .map(Class::getName)
                .sorted()
                .toList();
    }

    /** Every top-level type that was named. */
    Set<Class<?>> all() {
        Set<Class<?>> all = new TreeSet<>(TypeNames::compare);
        met.values().forEach(all::addAll);
        return all;
    }

    private static Class<?> top(Class<?> type) {
        Class<?> top = type;
        for (Class<?> outer = top.getEnclosingClass(); outer != null; outer = outer.getEnclosingClass()) {
            top = outer;
        }
        return top;
    }

    private static int compare(Class<?> one, Class<?> other) {
        return one.getName().compareTo(other.getName());
    }
}
