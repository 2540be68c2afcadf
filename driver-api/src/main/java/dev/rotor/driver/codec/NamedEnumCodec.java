package dev.rotor.driver.codec;

import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** An enum's constant as its name. */
final class NamedEnumCodec<T> implements Codec<T> {

    private final Class<T> type;
    private final EnumNames names;

    /** The class may also be that of one constant with a body of its own. */
    NamedEnumCodec(Class<T> type) {
        this.type = type;
        this.names = new EnumNames(type.isEnum() ? type : type.getSuperclass());
    }

    @Override
    public void encode(BsonWriter writer, T value, EncoderContext context) {
        writer.writeString(((Enum<?>) value).name());
    }

    @Override
    public T decode(BsonReader reader, DecoderContext context) {
        return type.cast(names.constant(reader.readString()));
    }

    @Override
    public Class<T> getEncoderClass() {
        return type;
    }
}
