package dev.rotor.driver.core.client;

import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.core.op.Scope;
import java.util.Objects;
import java.util.function.Supplier;
import org.bson.codecs.Codec;
import org.jspecify.annotations.Nullable;

/** Codecs that are looked up when they are first needed: a registry that has one may be set after the class is. */
final class Decoders {

    private Decoders() {}

    static <T> Lazy<T> of(Scope scope, Class<T> type) {
        Objects.requireNonNull(type, "resultClass");
        return new Lazy<>(scope, type);
    }

    /** The codec of one class in one view. */
    static final class Lazy<T> implements Supplier<Codec<T>> {
        private final Scope scope;
        private final Class<T> type;
        /** Racing threads find the same codec, so nobody needs to be kept out. */
        private volatile @Nullable Codec<T> codec;

        private Lazy(Scope scope, Class<T> type) {
            this.scope = scope;
            this.type = type;
        }

        @Override
        public Codec<T> get() {
            Codec<T> found = codec;
            if (found == null) {
                found = Codecs.find(scope.codecRegistry(), type);
                codec = found;
            }
            return found;
        }
    }
}
