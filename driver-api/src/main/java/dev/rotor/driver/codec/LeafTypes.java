package dev.rotor.driver.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type arguments of a permitted class, from those of the sealed one: {@code Ok<T>} of a {@code Result<T>}. */
final class LeafTypes {

    private LeafTypes() {}

    /** None when the leaf has no parameters, or the sealed class was asked for without arguments. */
    static List<Type> arguments(Class<?> leaf, Class<?> sealed, List<Type> arguments) {
        TypeVariable<?>[] parameters = leaf.getTypeParameters();
        if (parameters.length == 0 || arguments.isEmpty()) {
            return List.of();
        }
        List<Type> view = viewOf(leaf, sealed, List.of((Type[]) parameters));
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        for (int i = 0; view != null && i < view.size(); i++) {
            if (view.get(i) instanceof TypeVariable<?> variable) {
                bindings.put(variable, arguments.get(i));
            }
        }
        return Arrays.stream(parameters)
                .map(parameter -> GenericTypes.resolve(parameter, bindings))
                .toList();
    }

    /** What the sealed class's parameters are, in terms of the leaf's own; {@code null} when it is raw there. */
    private static @Nullable List<Type> viewOf(Class<?> type, Class<?> sealed, List<Type> arguments) {
        if (type == sealed) {
            return arguments;
        }
        Map<TypeVariable<?>, Type> bindings = GenericTypes.bindings(type, arguments);
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(type.getGenericSuperclass());
        }
        for (Type supertype : supertypes) {
            if (!sealed.isAssignableFrom(GenericTypes.raw(supertype))) {
                continue;
            }
            if (!(supertype instanceof ParameterizedType parameterized)) {
                return GenericTypes.raw(supertype) == sealed
                        ? null
                        : viewOf(GenericTypes.raw(supertype), sealed, List.of());
            }
            List<Type> inner = Arrays.stream(parameterized.getActualTypeArguments())
                    .map(argument -> argument instanceof TypeVariable<?> variable
                            ? bindings.getOrDefault(variable, variable)
                            : argument)
                    .toList();
            return viewOf(GenericTypes.raw(supertype), sealed, inner);
        }
        return null;
    }
}
