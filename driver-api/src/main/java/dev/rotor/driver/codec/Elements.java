package dev.rotor.driver.codec;

import org.bson.BsonNull;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** One value inside of a container: its null is not the codec's. */
final class Elements {

    private Elements() {}

    static void write(BsonWriter writer, @Nullable Object value, Codec<Object> codec, EncoderContext context) {
        if (value == null) {
            writer.writeNull();
        } else {
            context.encodeWithChildContext(codec, writer, value);
        }
    }

    /** The value that the reader stands before. */
    static @Nullable Object read(BsonReader reader, BsonType found, Codec<Object> codec, DecoderContext context) {
        if (found == BsonType.NULL) {
            reader.readNull();
            return ofNull(codec);
        }
        return context.decodeWithChildContext(codec, reader);
    }

    /** What BSON null is read as: a {@code BsonValue} can say it, an optional is absent. */
    static @Nullable Object ofNull(Codec<Object> codec) {
        if (codec instanceof OptionalCodec<?> optional) {
            return optional.absent();
        }
        Class<?> type = codec.getEncoderClass();
        return type == BsonValue.class || type == BsonNull.class ? BsonNull.VALUE : null;
    }
}
