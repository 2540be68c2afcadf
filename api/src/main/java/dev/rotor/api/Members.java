package dev.rotor.api;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a type users can name. Members that come from a supertype which is not public itself count as the type's own,
 * since that is where users meet them.
 */
final class Members {

    private Members() {}

    /** Public, in public types only; whether the package is exported is not asked. */
    static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isVisible(outer));
    }

    /** The public and protected methods that the type adds or declares anew, without those that every such type has. */
    static List<Method> methods(Class<?> type) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> declaring : withHidden(type)) {
            for (Method method : declaring.getDeclaredMethods()) {
                if (canBeNamed(type, method) && !method.isBridge() && !isImplied(type, method)) {
                    methods.putIfAbsent(method.getName() + List.of(method.getParameterTypes()), method);
                }
            }
        }
        return List.copyOf(methods.values());
    }

    static List<Field> fields(Class<?> type) {
        return withHidden(type).stream()
                .flatMap(declaring -> Stream.of(declaring.getDeclaredFields()))
                .filter(field -> canBeNamed(type, field) && !field.isEnumConstant())
                .toList();
    }

    static List<Constructor<?>> constructors(Class<?> type) {
        List<Constructor<?>> found = new ArrayList<>();
        boolean callable = !(Modifier.isAbstract(type.getModifiers()) && type.isSealed());
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (callable && canBeNamed(type, constructor) && !isCanonical(type, constructor)) {
                found.add(constructor);
            }
        }
        return found;
    }

    /** The nearest superclass that users can name, but for those that its kind implies. */
    static @Nullable AnnotatedType visibleSuperclass(Class<?> type) {
        if (type.isInterface() || type.isRecord() || type.isEnum()) {
            return null;
        }
        AnnotatedType nearest = type.getAnnotatedSuperclass();
        Class<?> raw = type.getSuperclass();
        while (raw != null && !isVisible(raw)) {
            nearest = raw.getAnnotatedSuperclass();
            raw = raw.getSuperclass();
        }
        return raw == null || raw == Object.class ? null : nearest;
    }

    /** The interfaces that users can name, those of hidden supertypes among them. */
    static List<AnnotatedType> visibleInterfaces(Class<?> type) {
        List<AnnotatedType> visible = new ArrayList<>();
        for (Class<?> declaring : withHidden(type)) {
            Class<?>[] raw = declaring.getInterfaces();
            AnnotatedType[] annotated = declaring.getAnnotatedInterfaces();
            for (int i = 0; i < raw.length; i++) {
                if (isVisible(raw[i]) && raw[i] != Annotation.class) {
                    visible.add(annotated[i]);
                }
            }
        }
        return visible;
    }

    /** The value of a constant that a compiler copies into what uses it. */
    static @Nullable Object constant(Field field) {
        int modifiers = field.getModifiers();
        boolean copied = field.getType().isPrimitive() || field.getType() == String.class;
        if (!copied || !Modifier.isStatic(modifiers) || !Modifier.isFinal(modifiers)) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The type, and those of its supertypes whose members come to users by this type alone. */
    private static List<Class<?>> withHidden(Class<?> type) {
        List<Class<?>> all = new ArrayList<>(List.of(type));
        for (int i = 0; i < all.size(); i++) {
            Class<?> one = all.get(i);
            Class<?> superclass = one.getSuperclass();
            Stream.concat(Stream.ofNullable(superclass), Arrays.stream(one.getInterfaces()))
                    .filter(above -> !isVisible(above) && !all.contains(above))
                    .forEach(all::add);
        }
        return all;
    }

    private static boolean canBeNamed(Class<?> type, Member member) {
        int modifiers = member.getModifiers();
        boolean inherited = Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers());
        return (Modifier.isPublic(modifiers) || inherited) && !member.isSynthetic();
    }

    private static boolean isImplied(Class<?> type, Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        String signature = method.getName()
                + Arrays.stream(parameters).map(Class::getSimpleName).toList();
        if (Set.of("hashCode[]", "toString[]", "equals[Object]").contains(signature)) {
            return true;
        }
        if (type.isEnum() && Modifier.isStatic(method.getModifiers())) {
            return Set.of("values[]", "valueOf[String]").contains(signature);
        }
        return type.isRecord()
                && parameters.length == 0
                && Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .anyMatch(method.getName()::equals);
    }

    private static boolean isCanonical(Class<?> type, Constructor<?> constructor) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new));
    }
}
