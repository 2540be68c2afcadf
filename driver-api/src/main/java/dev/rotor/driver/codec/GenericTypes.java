package dev.rotor.driver.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** Makes generic types concrete: a component {@code List<T>} of a {@code Page<Order>} is a {@code List<Order>}. */
final class GenericTypes {

    private GenericTypes() {}

    /** A class with type arguments. A record, so that equal ones find the same codec in a registry's cache. */
    private record Parameterized(Class<?> raw, List<Type> arguments, @Nullable Type owner)
            implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return owner;
        }

        @Override
        public String toString() {
            String text = arguments.toString();
            return raw.getName() + '<' + text.substring(1, text.length() - 1) + '>';
        }
    }

    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }
    }

    /** What a class's type parameters stand for; none when the class was asked for without arguments. */
    static Map<TypeVariable<?>, Type> bindings(Class<?> type, List<Type> arguments) {
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        TypeVariable<?>[] parameters = type.getTypeParameters();
        for (int i = 0; i < parameters.length && i < arguments.size(); i++) {
            bindings.put(parameters[i], arguments.get(i));
        }
        return bindings;
    }

    /**
     * What a class's supertype has for arguments: {@code [String, Instant]} for a {@code Map} when the class is a
     * {@code Stamps extends HashMap<String, Instant>}. Anything, where the class was asked for without its own.
     */
    static List<Type> view(Class<?> type, Class<?> target, List<Type> arguments) {
        TypeVariable<?>[] parameters = type.getTypeParameters();
        List<Type> own = arguments.size() == parameters.length
                ? arguments
                : Collections.nCopies(parameters.length, (Type) Object.class);
        if (type == target) {
            return own;
        }
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(type.getGenericSuperclass());
        }
        Map<TypeVariable<?>, Type> bindings = bindings(type, own);
        for (Type supertype : supertypes) {
            if (target.isAssignableFrom(raw(supertype))) {
                List<Type> inner = supertype instanceof ParameterizedType parameterized
                        ? Arrays.stream(parameterized.getActualTypeArguments())
                                .map(argument -> resolve(argument, bindings))
                                .toList()
                        : List.of();
                return view(raw(supertype), target, inner);
            }
        }
        throw new IllegalArgumentException(type + " is no " + target);
    }

    /** The same type without variables and wildcards. */
    static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            // The bound of an unknown variable may speak of the variable itself: only its class is of use.
            return bound == null ? raw(variable.getBounds()[0]) : bound;
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], bindings);
        }
        if (type instanceof ParameterizedType parameterized) {
            List<Type> arguments = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(argument -> resolve(argument, bindings))
                    .toList();
            return new Parameterized((Class<?>) parameterized.getRawType(), arguments, parameterized.getOwnerType());
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolve(array.getGenericComponentType(), bindings);
            return component instanceof Class<?> plain ? plain.arrayType() : new ArrayOf(component);
        }
        return type;
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return raw(variable.getBounds()[0]);
        }
        return raw(((WildcardType) type).getUpperBounds()[0]);
    }

    /** The codec of a type that has no variables and wildcards. */
    static Codec<Object> codec(CodecRegistry registry, Type type) {
        if (type instanceof ParameterizedType parameterized) {
            List<Type> arguments = List.of(parameterized.getActualTypeArguments());
            Class<?> raw = raw(type);
            if (raw == Optional.class) {
                // Not through the registry: it would take an Optional within an Optional's record for a cycle.
                return Lookups.untyped(OptionalCodec.of(codec(registry, arguments.get(0))));
            }
            Codec<?> container = ContainerCodecProvider.takes(raw) ? registry.get(raw, arguments, registry) : null;
            // Asked as a provider for containers, for the same reason: a list within a list is no cycle.
            return Lookups.untyped(container == null ? Lookups.find(registry, raw, arguments) : container);
        }
        if (type instanceof GenericArrayType array) {
            return Lookups.untyped(new ArrayValueCodec<>(raw(type), codec(registry, array.getGenericComponentType())));
        }
        return Lookups.untyped(Lookups.find(registry, wrapper(raw(type))));
    }

    private static Class<?> wrapper(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
