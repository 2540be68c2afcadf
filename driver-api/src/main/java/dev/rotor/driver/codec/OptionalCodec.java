package dev.rotor.driver.codec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Optional} or one of its primitive forms: its value, or null. A record leaves the field out instead.
 *
 * @param <T> which of them
 */
final class OptionalCodec<T> implements Codec<T> {

    private final Class<T> type;
    private final Codec<Object> values;
    private final T absent;
    private final Function<T, @Nullable Object> unwrap;
    private final Function<Object, T> wrap;

    private OptionalCodec(
            Class<T> type, Codec<?> values, T absent, Function<T, @Nullable Object> unwrap, Function<Object, T> wrap) {
        this.type = type;
        this.values = Lookups.untyped(values);
        this.absent = absent;
        this.unwrap = unwrap;
        this.wrap = wrap;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    static OptionalCodec<Optional> of(Codec<?> values) {
        if (values instanceof OptionalCodec<?>) {
            throw Failures.configuration("an optional within an optional cannot be stored: whether the inner or the"
                    + " outer one was absent would not come back");
        }
        return new OptionalCodec<>(
                Optional.class, values, Optional.empty(), optional -> optional.orElse(null), Optional::of);
    }

    /** The primitive forms; {@code null} for any other class. */
    static @Nullable OptionalCodec<?> primitive(Class<?> type, CodecRegistry registry) {
        if (type == OptionalInt.class) {
            return new OptionalCodec<>(
                    OptionalInt.class,
                    Lookups.find(registry, Integer.class),
                    OptionalInt.empty(),
                    optional -> optional.isPresent() ? optional.getAsInt() : null,
                    value -> OptionalInt.of((Integer) value));
        }
        if (type == OptionalLong.class) {
            return new OptionalCodec<>(
                    OptionalLong.class,
                    Lookups.find(registry, Long.class),
                    OptionalLong.empty(),
                    optional -> optional.isPresent() ? optional.getAsLong() : null,
                    value -> OptionalLong.of((Long) value));
        }
        if (type == OptionalDouble.class) {
            return new OptionalCodec<>(
                    OptionalDouble.class,
                    Lookups.find(registry, Double.class),
                    OptionalDouble.empty(),
                    optional -> optional.isPresent() ? optional.getAsDouble() : null,
                    value -> OptionalDouble.of((Double) value));
        }
        return null;
    }

    Codec<Object> values() {
        return values;
    }

    /** The same over another codec of the value: one with a representation. */
    OptionalCodec<T> with(Codec<?> changed) {
        return new OptionalCodec<>(type, changed, absent, unwrap, wrap);
    }

    T absent() {
        return absent;
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        Object present = unwrap.apply(value);
        if (present == null) {
            writer.writeNull();
        } else {
            context.encodeWithChildContext(values, writer, present);
        }
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        if (reader.getCurrentBsonType() == BsonType.NULL) {
            reader.readNull();
            return absent;
        }
        return wrap.apply(context.decodeWithChildContext(values, reader));
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }
}
