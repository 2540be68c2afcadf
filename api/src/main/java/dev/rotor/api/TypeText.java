package dev.rotor.api;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types and annotations as text, with the annotations of type uses: {@code CompletionStage<@Nullable T>}. */
final class TypeText {

    private final TypeNames names;

    TypeText(TypeNames names) {
        this.names = names;
    }

    /** A type as it would be written in source. */
    String of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            return array(array);
        }
        String annotations = annotations(type);
        if (type instanceof AnnotatedWildcardType wildcard) {
            return annotations + "?" + bounds(" super ", wildcard.getAnnotatedLowerBounds())
                    + bounds(" extends ", wildcard.getAnnotatedUpperBounds());
        }
        if (type instanceof AnnotatedParameterizedType parameterized) {
            Class<?> raw = (Class<?>) ((ParameterizedType) parameterized.getType()).getRawType();
            return named(annotations, raw) + list("<", parameterized.getAnnotatedActualTypeArguments(), ">");
        }
        if (type.getType() instanceof Class<?> named) {
            return named(annotations, named);
        }
        return annotations + type.getType().getTypeName();
    }

    /** The last parameter of a method that takes any number of arguments. */
    String variable(AnnotatedType type) {
        String array = of(type);
        return array.substring(0, array.length() - "[]".length()) + "...";
    }

    String list(String open, AnnotatedType[] types, String close) {
        return types.length == 0
                ? ""
                : Arrays.stream(types).map(this::of).collect(Collectors.joining(", ", open, close));
    }

    /** The declaration of type parameters, or nothing. */
    String parameters(TypeVariable<?>[] parameters) {
        return parameters.length == 0
                ? ""
                : Arrays.stream(parameters)
                        .map(one -> annotations(one) + one.getName() + bounds(" extends ", one.getAnnotatedBounds()))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    /** The annotations that are kept at run time, each followed by a blank. */
    String annotations(AnnotatedElement element) {
        return Stream.of(element.getDeclaredAnnotations())
                .sorted(Comparator.comparing(one -> one.annotationType().getName()))
                .map(one -> annotation(one) + " ")
                .collect(Collectors.joining());
    }

    /** An annotation with the values that are not its defaults. */
    private String annotation(Annotation annotation) {
        List<String> values = Stream.of(annotation.annotationType().getDeclaredMethods())
                .sorted(Comparator.comparing(Method::getName))
                .filter(member -> !Objects.deepEquals(value(annotation, member), member.getDefaultValue()))
                .map(member -> member.getName() + " = " + literal(value(annotation, member)))
                .toList();
        return "@" + names.of(annotation.annotationType())
                + (values.isEmpty() ? "" : "(" + String.join(", ", values) + ")");
    }

    /** A constant as it would be written in source. */
    String literal(Object value) {
        if (value instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        }
        if (value instanceof Class<?> type) {
            return names.of(type) + ".class";
        }
        if (value instanceof Enum<?> constant) {
            return names.of(constant.getDeclaringClass()) + "." + constant.name();
        }
        if (value instanceof Object[] several) {
            return Arrays.stream(several).map(this::literal).collect(Collectors.joining(", ", "{", "}"));
        }
        return String.valueOf(value);
    }

    private static Object value(Annotation annotation, Method member) {
        try {
            member.setAccessible(true);
            return member.invoke(annotation);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The annotations of an array stand before its brackets, those of what it holds before the name. */
    private String array(AnnotatedArrayType array) {
        StringBuilder brackets = new StringBuilder();
        AnnotatedType held = array;
        while (held instanceof AnnotatedArrayType dimension) {
            String annotations = annotations(dimension);
            brackets.append(annotations.isEmpty() ? "" : " " + annotations).append("[]");
            held = dimension.getAnnotatedGenericComponentType();
        }
        return of(held) + brackets;
    }

    private String named(String annotations, Class<?> type) {
        String name = names.of(type);
        int last = name.length() - type.getSimpleName().length();
        return name.substring(0, last) + annotations + name.substring(last);
    }

    private String bounds(String word, AnnotatedType[] bounds) {
        boolean none = Arrays.stream(bounds)
                .allMatch(bound -> bound.getType() == Object.class && bound.getAnnotations().length == 0);
        return none ? "" : word + Arrays.stream(bounds).map(this::of).collect(Collectors.joining(" & "));
    }
}
