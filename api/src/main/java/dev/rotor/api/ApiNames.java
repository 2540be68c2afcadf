package dev.rotor.api;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names by which pages speak of a public API: {@code MongoCollection}, {@code MongoCollection.find},
 * {@code CursorType.TAILABLE}, {@code MongoClientSettings.Builder.timeout}, {@code UpdateOptions.DEFAULT.upsert}. A
 * method is one name with all its overloads, and belongs to the type that declares it first.
 */
final class ApiNames {

    /** Where types of the JDK and of bson are looked for that pages name beside Rotor's. */
    private static final List<String> BESIDE = List.of(
            "java.lang",
            "java.io",
            "java.nio",
            "java.nio.channels",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "org.bson",
            "org.bson.codecs",
            "org.bson.codecs.configuration",
            "org.bson.codecs.pojo",
            "org.bson.json",
            "org.bson.types");

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Set<String> ambiguous = new TreeSet<>();
    private final NavigableSet<String> all = new TreeSet<>();

    ApiNames(Collection<Class<?>> exported) {
        for (Class<?> type : exported) {
            String name = name(type);
            if (types.put(name, type) != null) {
                ambiguous.add(name);
            }
        }
        for (Class<?> type : exported) {
            all.add(name(type));
            for (Method method : Members.methods(type)) {
                if (Modifier.isPublic(method.getModifiers()) && !isDeclaredAbove(type, method)) {
                    all.add(name(type) + "." + method.getName());
                }
            }
            if (type.isRecord()) {
                Arrays.stream(type.getRecordComponents())
                        .filter(part -> !isDeclaredAbove(type, part.getAccessor()))
                        .forEach(part -> all.add(name(type) + "." + part.getName()));
            }
        }
    }

    /** Every type and every public method, each method with the type that declares it first. */
    NavigableSet<String> all() {
        return all;
    }

    /** Whether the first word is a type of this API. */
    boolean isOurs(String name) {
        return types.containsKey(name.split("\\.", 2)[0]);
    }

    /**
     * What of {@link #all} a page has spoken of by this name; empty for a name of the JDK or of bson.
     *
     * @throws IllegalArgumentException if there is no such type or no such member
     */
    Set<String> spokenOf(String name) {
        Class<?> type = null;
        String typeName = name;
        while (type == null) {
            type = isOurs(name) ? types.get(typeName) : beside(typeName);
            if (type == null) {
                int dot = typeName.lastIndexOf('.');
                if (dot < 0) {
                    throw new IllegalArgumentException("no type " + name.split("\\.", 2)[0]);
                }
                typeName = typeName.substring(0, dot);
            }
        }
        if (ambiguous.contains(typeName)) {
            throw new IllegalArgumentException("more than one type " + typeName);
        }
        Set<String> spoken = new LinkedHashSet<>();
        if (types.containsKey(typeName)) {
            spoken.add(typeName);
        }
        List<String> members = name.equals(typeName)
                ? List.of()
                : List.of(name.substring(typeName.length() + 1).split("\\.", -1));
        for (String member : members) {
            spoken.addAll(member(type, typeName, member));
            Class<?> constant = constant(type, member);
            type = constant == null ? type : constant;
            typeName = constant == null ? typeName + "." + member : name(constant);
        }
        // Who names a member, or a type in a type, has named what it is in.
        for (String one : List.copyOf(spoken)) {
            for (int dot = one.lastIndexOf('.'); dot > 0; dot = one.lastIndexOf('.', dot - 1)) {
                spoken.add(one.substring(0, dot));
            }
        }
        return spoken;
    }

    private Set<String> member(Class<?> type, String typeName, String member) {
        Set<Class<?>> declaring = Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(member))
                .flatMap(method -> family(type).stream().filter(above -> declares(above, method)))
                .collect(Collectors.toSet());
        boolean isField =
                Stream.of(type.getFields()).anyMatch(field -> field.getName().equals(member));
        if (declaring.isEmpty() && !isField) {
            String like = Stream.concat(
                            Stream.of(type.getMethods()).map(Method::getName),
                            Stream.of(type.getFields()).map(Field::getName))
                    .filter(known -> isLike(known, member))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    typeName + " has no public " + member + (like.isEmpty() ? "" : "; it has " + like));
        }
        return declaring.stream()
                .map(above -> name(above) + "." + member)
                .filter(all::contains)
                .collect(Collectors.toSet());
    }

    /** The type of a constant, so that what follows its name is sought there. */
    private static @Nullable Class<?> constant(Class<?> type, String member) {
        return Stream.of(type.getFields())
                .filter(field -> field.getName().equals(member))
                .map(Field::getType)
                .findFirst()
                .orElse(null);
    }

    private static boolean isLike(String known, String asked) {
        String one = known.toLowerCase(Locale.ROOT);
        String other = asked.toLowerCase(Locale.ROOT);
        int shared = 0;
        while (shared < Math.min(one.length(), other.length()) && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        return one.contains(other) || other.contains(one) || shared >= 4;
    }

    private static @Nullable Class<?> beside(String name) {
        return BESIDE.stream()
                .map(folder -> load(folder + "." + name.replace('.', '$')))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, ApiNames.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Whether a supertype that users can name has the method already. */
    private static boolean isDeclaredAbove(Class<?> type, Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && family(type).stream()
                        .filter(above -> above != type && Members.isVisible(above))
                        .anyMatch(above -> declares(above, method));
    }

    private static boolean declares(Class<?> type, Method method) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && own.getParameterCount() == method.getParameterCount()
                        && Modifier.isPublic(own.getModifiers()));
    }

    /** The type and all above it. */
    private static Set<Class<?>> family(Class<?> type) {
        Set<Class<?>> family = new LinkedHashSet<>();
        collect(type, family);
        return family;
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> family) {
        if (type != null && family.add(type)) {
            collect(type.getSuperclass(), family);
            Stream.of(type.getInterfaces()).forEach(above -> collect(above, family));
        }
    }

    private static String name(Class<?> type) {
        return type.getCanonicalName().substring(type.getPackageName().length() + 1);
    }
}
