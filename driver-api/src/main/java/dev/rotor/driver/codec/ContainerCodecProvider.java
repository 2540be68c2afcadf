package dev.rotor.driver.codec;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecConfigurationException;
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
        if (arguments.size() != type.getTypeParameters().length || arguments.isEmpty()) {
            // A class of its own may say what it holds: class Times extends ArrayList<Instant>.
            try {
                return of(type, List.of(), registry);
            } catch (CodecConfigurationException e) {
                return ofAnything(type, registry);
            }
        }
        return of(type, arguments, registry);
    }

    private static <T> Codec<T> of(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        if (Map.class.isAssignableFrom(type)) {
            List<Type> view = GenericTypes.view(type, Map.class, arguments);
            return new MapValueCodec<>(type, MapKeys.of(view.get(0)), values(view.get(1), registry));
        }
        Type element = GenericTypes.view(type, Iterable.class, arguments).get(0);
        return new CollectionValueCodec<>(type, GenericTypes.raw(element), values(element, registry));
    }

    private static <T> Codec<T> ofAnything(Class<T> type, CodecRegistry registry) {
        Codec<Object> values = values(Object.class, registry);
        return Map.class.isAssignableFrom(type)
                ? new MapValueCodec<>(type, MapKeys.ANY, values)
                : new CollectionValueCodec<>(type, Object.class, values);
    }

    private static Codec<Object> values(Type type, CodecRegistry registry) {
        Type concrete = GenericTypes.resolve(type, Map.of());
        return concrete == Object.class
                ? Lookups.untyped(AnyValueCodec.of(registry))
                : GenericTypes.codec(registry, concrete);
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
}
