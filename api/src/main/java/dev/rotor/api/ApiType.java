package dev.rotor.api;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One exported type as text: a line for its declaration, and one for each member that users can name. */
final class ApiType {

    private static final String INDENT = "    ";

    private final Class<?> type;
    private final TypeNames names;
    private final TypeText text;

    ApiType(Class<?> type, TypeNames names) {
        this.type = type;
        this.names = names;
        this.text = new TypeText(names);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(INDENT + declaration());
        inTheirOrder().forEach(line -> lines.add(INDENT + INDENT + line));
        Stream.of(
                        Members.fields(type).stream().map(this::field),
                        Members.constructors(type).stream().map(this::constructor),
                        Members.methods(type).stream().map(this::method))
                .flatMap(kind -> kind.sorted(Comparator.comparing(Line::key)))
                .forEach(line -> lines.add(INDENT + INDENT + line.text()));
        return lines;
    }

    /** A member's line, and what it is sorted by: its name and parameters. */
    private record Line(String key, String text) {}

    private String declaration() {
        StringBuilder line = new StringBuilder(text.annotations(type));
        line.append(Modifier.isProtected(type.getModifiers()) ? "protected " : "");
        line.append(typeModifiers()).append(kind()).append(' ').append(names.of(type));
        line.append(text.parameters(type.getTypeParameters()));
        List<String> extended = new ArrayList<>();
        AnnotatedType superclass = Members.visibleSuperclass(type);
        if (superclass != null) {
            extended.add(text.of(superclass));
        }
        List<String> interfaces =
                Members.visibleInterfaces(type).stream().map(text::of).toList();
        if (type.isInterface()) {
            extended.addAll(interfaces);
        }
        line.append(extended.isEmpty() ? "" : " extends " + String.join(", ", extended));
        line.append(type.isInterface() || interfaces.isEmpty() ? "" : " implements " + String.join(", ", interfaces));
        return line.append(permits()).toString();
    }

    private String typeModifiers() {
        int modifiers = type.getModifiers();
        if (type.isRecord() || type.isEnum()) {
            return "";
        }
        boolean nested = type.getEnclosingClass() != null;
        return (nested && !type.isInterface() && Modifier.isStatic(modifiers) ? "static " : "")
                + (!type.isInterface() && Modifier.isAbstract(modifiers) ? "abstract " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "")
                + (type.isSealed() ? "sealed " : "");
    }

    private String kind() {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
    }

    /** Those that can be named; whether there are others matters to who switches over them. */
    private String permits() {
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null || type.isEnum()) {
            return "";
        }
        List<String> visible = Arrays.stream(permitted)
                .filter(Members::isVisible)
                .map(names::of)
                .sorted()
                .toList();
        boolean others = visible.size() < permitted.length;
        return " permits " + String.join(", ", visible) + (others ? (visible.isEmpty() ? "" : ", ") + "(hidden)" : "");
    }

    /** The constants of an enum, the components of a record: their order is a part of the API. */
    private List<String> inTheirOrder() {
        if (type.isRecord()) {
            return Arrays.stream(type.getRecordComponents())
                    .map(part -> "component " + text.of(part.getAnnotatedType()) + " " + part.getName())
                    .toList();
        }
        return Arrays.stream(type.getDeclaredFields())
                .filter(Field::isEnumConstant)
                .map(field -> text.annotations(field) + field.getName())
                .toList();
    }

    private Line field(Field field) {
        int modifiers = field.getModifiers();
        String line = declarationAnnotations(field, field.getAnnotatedType())
                + access(modifiers)
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "")
                + text.of(field.getAnnotatedType())
                + " "
                + field.getName();
        Object value = Members.constant(field);
        return new Line(field.getName(), value == null ? line : line + " = " + text.literal(value));
    }

    private Line constructor(Constructor<?> constructor) {
        String name = type.getSimpleName();
        return new Line(
                name + signature(constructor),
                text.annotations(constructor)
                        + access(constructor.getModifiers())
                        + blank(text.parameters(constructor.getTypeParameters()))
                        + name
                        + signature(constructor));
    }

    private Line method(Method method) {
        int modifiers = method.getModifiers();
        boolean inInterface = type.isInterface();
        boolean overridable = !Modifier.isStatic(modifiers) && !Modifier.isFinal(type.getModifiers());
        String line = declarationAnnotations(method, method.getAnnotatedReturnType())
                + access(modifiers)
                + (method.isDefault() && inInterface ? "default " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (Modifier.isAbstract(modifiers) && !inInterface ? "abstract " : "")
                + (Modifier.isFinal(modifiers) && overridable ? "final " : "")
                + blank(text.parameters(method.getTypeParameters()))
                + text.of(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + signature(method);
        Object standard = method.getDefaultValue();
        return new Line(
                method.getName() + signature(method),
                standard == null ? line : line + " default " + text.literal(standard));
    }

    private String signature(Executable executable) {
        AnnotatedType[] parameters = executable.getAnnotatedParameterTypes();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            boolean variable = executable.isVarArgs() && i == parameters.length - 1;
            written.add(variable ? text.variable(parameters[i]) : text.of(parameters[i]));
        }
        return "(" + String.join(", ", written) + ")"
                + text.list(" throws ", executable.getAnnotatedExceptionTypes(), "");
    }

    /** An annotation that is for declarations and for types is in the type already. */
    private String declarationAnnotations(AnnotatedElement element, AnnotatedType of) {
        List<Annotation> inType = List.of(of.getAnnotations());
        boolean twice = !inType.isEmpty() && inType.containsAll(List.of(element.getDeclaredAnnotations()));
        return twice ? "" : text.annotations(element);
    }

    private static String access(int modifiers) {
        return Modifier.isProtected(modifiers) ? "protected " : "";
    }

    private static String blank(String written) {
        return written.isEmpty() ? "" : written + " ";
    }
}
