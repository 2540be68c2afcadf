package dev.rotor.driver.codec;

import java.lang.reflect.Type;
import java.util.List;
import org.bson.codecs.Codec;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.pojo.PojoCodecProvider;
import org.jspecify.annotations.Nullable;

/**
 * The BSON library's codecs for plain classes, kept away from classes that were not written to be stored: by itself it
 * would take a {@code java.util.Currency} apart by its getters, and could never read it back.
 */
final class PlainClasses implements CodecProvider {

    private final PojoCodecProvider plain =
            PojoCodecProvider.builder().automatic(true).build();

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return get(type, List.of(), registry);
    }

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        boolean ours = !ofPlatform(type) && !type.isArray() && !type.isPrimitive() && !type.isHidden();
        return ours ? plain.get(type, arguments, registry) : null;
    }

    /** Whether a class belongs to the Java platform, which nobody annotates or seals for us. */
    static boolean ofPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
