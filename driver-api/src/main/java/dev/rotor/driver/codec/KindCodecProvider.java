package dev.rotor.driver.codec;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** Codecs for kinds of classes: records, enums, optionals, arrays, sealed hierarchies, and values of any class. */
final class KindCodecProvider implements CodecProvider {

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return get(type, List.of(), registry);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable Codec<T> get(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        return (Codec<T>) find(type, arguments, registry);
    }

    private static @Nullable Codec<?> find(Class<?> type, List<Type> arguments, CodecRegistry registry) {
        if (type.isRecord()) {
            return new RecordValueCodec<>(type, arguments, registry);
        }
        if (Enum.class.isAssignableFrom(type)) {
            return type == Enum.class ? null : new NamedEnumCodec<>(type);
        }
        if (type == Object.class || type == Number.class) {
            return new AnyValueCodec<>(type, registry, UuidRepresentation.UNSPECIFIED);
        }
        if (type == Optional.class) {
            // The value's codec comes from the registry, which knows how UUIDs are represented.
            Type value = arguments.isEmpty() ? Object.class : GenericTypes.resolve(arguments.get(0), Map.of());
            return OptionalCodec.of(GenericTypes.codec(registry, value));
        }
        if (type.isArray()) {
            Class<?> component = type.getComponentType();
            return new ArrayValueCodec<>(
                    type,
                    component == Object.class
                            ? Lookups.untyped(AnyValueCodec.of(registry))
                            : GenericTypes.codec(registry, component));
        }
        Codec<?> primitive = OptionalCodec.primitive(type, registry);
        if (primitive != null) {
            return primitive;
        }
        if (Discriminators.sealed(type)) {
            return new SealedCodec<>(type, arguments, registry);
        }
        return inHierarchy(type) ? SealedClassCodec.of(type, registry) : null;
    }

    private static boolean inHierarchy(Class<?> type) {
        return !PlainClasses.ofPlatform(type)
                && !type.isInterface()
                && !Modifier.isAbstract(type.getModifiers())
                && Discriminators.inSealedHierarchy(type);
    }
}
