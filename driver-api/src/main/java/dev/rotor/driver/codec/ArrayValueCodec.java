package dev.rotor.driver.codec;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.OverridableUuidRepresentationCodec;
import org.jspecify.annotations.Nullable;

/**
 * A Java array as a BSON array. ({@code byte[]} is binary data and none of this.)
 *
 * @param <A> the array's class
 */
final class ArrayValueCodec<A> implements Codec<A>, OverridableUuidRepresentationCodec<A> {

    private final Class<A> type;
    private final Class<?> componentType;
    private final Codec<Object> elements;

    ArrayValueCodec(Class<A> type, Codec<Object> elements) {
        this.type = type;
        this.componentType = type.getComponentType();
        this.elements = elements;
    }

    @Override
    public Codec<A> withUuidRepresentation(UuidRepresentation uuidRepresentation) {
        return elements instanceof AnyValueCodec<Object> any
                ? new ArrayValueCodec<>(type, any.withUuidRepresentation(uuidRepresentation))
                : this;
    }

    @Override
    public Class<A> getEncoderClass() {
        return type;
    }

    @Override
    public void encode(BsonWriter writer, A array, EncoderContext context) {
        writer.writeStartArray();
        int length = Array.getLength(array);
        for (int i = 0; i < length; i++) {
            try {
                Elements.write(writer, Array.get(array, i), elements, context);
            } catch (RuntimeException e) {
                throw Failures.at(e, Integer.toString(i), type);
            }
        }
        writer.writeEndArray();
    }

    @Override
    public A decode(BsonReader reader, DecoderContext context) {
        reader.readStartArray();
        List<@Nullable Object> values = new ArrayList<>();
        for (BsonType found = reader.readBsonType(); found != BsonType.END_OF_DOCUMENT; found = reader.readBsonType()) {
            try {
                values.add(element(reader, found, context));
            } catch (RuntimeException e) {
                throw Failures.reading(e, found, elements, Integer.toString(values.size()), type);
            }
        }
        reader.readEndArray();
        Object array = Array.newInstance(componentType, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return type.cast(array);
    }

    private @Nullable Object element(BsonReader reader, BsonType found, DecoderContext context) {
        Object value = Elements.read(reader, found, elements, context);
        if (value == null && componentType.isPrimitive()) {
            throw Failures.value("null where a primitive " + componentType + " is wanted");
        }
        return value;
    }
}
