package dev.rotor.driver.codec;

import java.util.Collection;
import java.util.function.Supplier;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.OverridableUuidRepresentationCodec;

/**
 * A collection, or another iterable, of any class, with elements of one class or of any.
 *
 * @param <C> the collection's class
 */
final class CollectionValueCodec<C> implements Codec<C>, OverridableUuidRepresentationCodec<C> {

    private final Class<C> type;
    private final Supplier<Collection<Object>> maker;
    private final Codec<Object> elements;

    CollectionValueCodec(Class<C> type, Class<?> elementType, Codec<Object> elements) {
        this(type, Makers.collection(type, elementType), elements);
    }

    private CollectionValueCodec(Class<C> type, Supplier<Collection<Object>> maker, Codec<Object> elements) {
        this.type = type;
        this.maker = maker;
        this.elements = elements;
    }

    @Override
    public Codec<C> withUuidRepresentation(UuidRepresentation uuidRepresentation) {
        return elements instanceof AnyValueCodec<Object> any
                ? new CollectionValueCodec<>(type, maker, any.withUuidRepresentation(uuidRepresentation))
                : this;
    }

    @Override
    public Class<C> getEncoderClass() {
        return type;
    }

    @Override
    public void encode(BsonWriter writer, C values, EncoderContext context) {
        writer.writeStartArray();
        int index = 0;
        for (Object value : (Iterable<?>) values) {
            try {
                Elements.write(writer, value, elements, context);
            } catch (RuntimeException e) {
                throw Failures.at(e, Integer.toString(index), type);
            }
            index++;
        }
        writer.writeEndArray();
    }

    @Override
    public C decode(BsonReader reader, DecoderContext context) {
        reader.readStartArray();
        Collection<Object> values = maker.get();
        int index = 0;
        for (BsonType found = reader.readBsonType(); found != BsonType.END_OF_DOCUMENT; found = reader.readBsonType()) {
            try {
                add(values, reader, found, context);
            } catch (RuntimeException e) {
                throw Failures.reading(e, found, elements, Integer.toString(index), type);
            }
            index++;
        }
        reader.readEndArray();
        return type.cast(values);
    }

    // Whether a null is welcome is for the collection's class to say: most take it.
    @SuppressWarnings("NullAway")
    private void add(Collection<Object> values, BsonReader reader, BsonType found, DecoderContext context) {
        values.add(Elements.read(reader, found, elements, context));
    }
}
