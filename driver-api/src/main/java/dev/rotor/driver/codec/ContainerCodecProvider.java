package dev.rotor.driver.codec;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** Codecs for documents, maps, collections and other iterables. */
final class ContainerCodecProvider implements CodecProvider {

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return get(type, List.of(), registry);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable Codec<T> get(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        if (type == Document.class) {
            return (Codec<T>) new StoredDocumentCodec(AnyValueCodec.of(registry));
        }
        if (!takes(type)) {
            return null;
        }
        if (Map.class.isAssignableFrom(type)) {
            return arguments.size() == 2
                    ? new MapValueCodec<>(
                            type, MapKeys.of(arguments.get(0)), GenericTypes.codec(registry, concrete(arguments, 1)))
                    : new MapValueCodec<>(type, MapKeys.ANY, Lookups.untyped(AnyValueCodec.of(registry)));
        }
        return arguments.size() == 1
                ? new CollectionValueCodec<>(
                        type, GenericTypes.raw(arguments.get(0)), GenericTypes.codec(registry, concrete(arguments, 0)))
                : new CollectionValueCodec<>(type, Object.class, Lookups.untyped(AnyValueCodec.of(registry)));
    }

    /** Whether a class is stored as what it contains. */
    static boolean takes(Class<?> type) {
        if (type.isRecord() || Enum.class.isAssignableFrom(type) || Discriminators.sealed(type)) {
            // Whatever they iterate over, their fields are what is stored.
            return false;
        }
        // A path iterates over paths, for ever.
        return Map.class.isAssignableFrom(type)
                || (Iterable.class.isAssignableFrom(type) && !Path.class.isAssignableFrom(type));
    }

    private static Type concrete(List<Type> arguments, int index) {
        return GenericTypes.resolve(arguments.get(index), Map.of());
    }
}
