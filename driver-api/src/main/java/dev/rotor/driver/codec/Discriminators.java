package dev.rotor.driver.codec;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.codecs.pojo.annotations.BsonDiscriminator;
import org.jspecify.annotations.Nullable;

/** How the classes of a sealed hierarchy are told apart in documents. */
final class Discriminators {

    static final String DEFAULT_KEY = "_t";

    private Discriminators() {}

    /** A field that names a document's class. */
    record Tag(String key, String value) {

        /** The class's name is taken too: that is what other codecs write when they are told nothing. */
        boolean matches(String text, Class<?> type) {
            return text.equals(value) || text.equals(type.getName());
        }
    }

    /** Whether a class is sealed by a user. (The class of an enum whose constants have bodies is sealed too.) */
    static boolean sealed(Class<?> type) {
        return type.isSealed() && !type.isEnum() && !PlainClasses.ofPlatform(type);
    }

    /** The concrete classes that a sealed class permits, at any depth; itself too when it is concrete. */
    static Set<Class<?>> leaves(Class<?> sealed) {
        Set<Class<?>> leaves = new LinkedHashSet<>();
        collect(sealed, leaves);
        return leaves;
    }

    private static void collect(Class<?> type, Set<Class<?>> leaves) {
        if (type.isEnum()) {
            throw Failures.configuration("the sealed hierarchy permits the enum " + type.getName()
                    + ", which is no document and can have no discriminator");
        }
        if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
            leaves.add(type);
        }
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, leaves);
            }
        }
    }

    /** The hierarchy's classes by what is written for them. */
    static Map<String, Class<?>> byValue(Class<?> sealed) {
        Map<String, Class<?>> byValue = new LinkedHashMap<>();
        for (Class<?> leaf : leaves(sealed)) {
            Class<?> other = byValue.put(value(leaf), leaf);
            if (other != null) {
                throw Failures.configuration("both " + other.getName() + " and " + leaf.getName() + " of "
                        + sealed.getName() + " have the discriminator " + Failures.quoted(value(leaf))
                        + "; give one of them another with @BsonDiscriminator");
            }
        }
        return byValue;
    }

    /** The fields that a class's documents have to name it; none for a class that is in no sealed hierarchy. */
    static List<Tag> of(Class<?> leaf) {
        Set<String> keys = new LinkedHashSet<>();
        for (Class<?> ancestor : sealedAncestors(leaf)) {
            if (byValue(ancestor).containsValue(leaf)) {
                keys.add(key(ancestor));
            }
        }
        BsonDiscriminator own = leaf.getDeclaredAnnotation(BsonDiscriminator.class);
        if (keys.isEmpty() && own != null) {
            keys.add(own.key().isEmpty() ? DEFAULT_KEY : own.key());
        }
        List<Tag> tags = new ArrayList<>();
        for (String key : keys) {
            tags.add(new Tag(key, value(leaf)));
        }
        return List.copyOf(tags);
    }

    static String value(Class<?> leaf) {
        BsonDiscriminator own = leaf.getDeclaredAnnotation(BsonDiscriminator.class);
        return own == null || own.value().isEmpty() ? leaf.getSimpleName() : own.value();
    }

    /** A sealed class's own key, else that of the hierarchy around it. */
    static String key(Class<?> sealed) {
        BsonDiscriminator own = sealed.getDeclaredAnnotation(BsonDiscriminator.class);
        if (own != null && !own.key().isEmpty()) {
            return own.key();
        }
        for (Class<?> outer : supertypes(sealed)) {
            if (sealed(outer)) {
                return key(outer);
            }
        }
        return DEFAULT_KEY;
    }

    /** Whether a sealed class permits this one, directly or through others. */
    static boolean inSealedHierarchy(Class<?> type) {
        return !sealedAncestors(type).isEmpty() && !of(type).isEmpty();
    }

    private static Set<Class<?>> sealedAncestors(Class<?> leaf) {
        Set<Class<?>> found = new LinkedHashSet<>();
        if (sealed(leaf)) {
            found.add(leaf);
        }
        collectAncestors(leaf, found);
        return found;
    }

    private static void collectAncestors(Class<?> type, Set<Class<?>> found) {
        for (Class<?> supertype : supertypes(type)) {
            if (sealed(supertype)) {
                found.add(supertype);
            }
            collectAncestors(supertype, found);
        }
    }

    private static List<Class<?>> supertypes(Class<?> type) {
        List<Class<?>> supertypes = new ArrayList<>();
        @Nullable Class<?> superclass = type.getSuperclass();
        if (superclass != null) {
            supertypes.add(superclass);
        }
        supertypes.addAll(List.of(type.getInterfaces()));
        return supertypes;
    }
}
