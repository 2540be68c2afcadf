package dev.rotor.driver.codec;

import java.util.function.Function;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * A class whose {@code toString} is its exact and standard text.
 *
 * @param <T> the class
 */
final class TextCodec<T> implements Codec<T> {

    private final Class<T> type;
    private final Function<String, ? extends T> parse;

    TextCodec(Class<T> type, Function<String, ? extends T> parse) {
        this.type = type;
        this.parse = parse;
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        writer.writeString(value.toString());
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        String text = reader.readString();
        try {
            return parse.apply(text);
        } catch (RuntimeException e) {
            throw new LocatedValueException(Failures.quoted(text) + " is no " + Failures.typeName(type), e);
        }
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }
}
