package dev.rotor.driver.codec;

import java.lang.reflect.Type;
import java.util.List;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecRegistry;

/** Finds codecs, and says in plain words when there is none. */
final class Lookups {

    private Lookups() {}

    static <T> Codec<T> find(CodecRegistry registry, Class<T> type) {
        try {
            return registry.get(type);
        } catch (CodecConfigurationException e) {
            throw explained(registry, type, List.of(), e);
        }
    }

    static <T> Codec<T> find(CodecRegistry registry, Class<T> type, List<Type> arguments) {
        try {
            return registry.get(type, arguments);
        } catch (CodecConfigurationException e) {
            throw explained(registry, type, arguments, e);
        }
    }

    /** A registry throws the same when a class has no codec and when its codec cannot be made: tells them apart. */
    private static RuntimeException explained(
            CodecRegistry registry, Class<?> type, List<Type> arguments, CodecConfigurationException e) {
        if (e instanceof Located) {
            return e;
        }
        try {
            // Asked as a provider, it answers null.
            if (registry.get(type, arguments, registry) != null) {
                return e;
            }
        } catch (RuntimeException refused) {
            return e;
        }
        return Failures.noCodec(type, e);
    }

    /** The codec under the class that values of it have at run time. */
    @SuppressWarnings("unchecked")
    static Codec<Object> untyped(Codec<?> codec) {
        return (Codec<Object>) codec;
    }
}
