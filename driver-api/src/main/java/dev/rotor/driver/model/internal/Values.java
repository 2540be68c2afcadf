package dev.rotor.driver.model.internal;

import dev.rotor.driver.codec.Codecs;
import dev.rotor.driver.model.WritableBson;
import dev.rotor.driver.model.geojson.Geometry;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Writes what shapes hold. */
final class Values {

    /** Knows every BSON type, and writes a wrapped or raw document without unfolding it. */
    private static final BsonValueCodec BSON_VALUES = new BsonValueCodec();

    private static final EncoderContext CONTEXT = EncoderContext.builder().build();

    private Values() {}

    static void write(BsonWriter writer, @Nullable Object value, Class<?> documentClass, CodecRegistry registry) {
        if (value == null) {
            writer.writeNull();
        } else if (value instanceof WritableBson shape) {
            shape.writeTo(writer, documentClass, registry);
        } else if (value instanceof Items items) {
            writer.writeStartArray();
            for (Object item : items.values()) {
                write(writer, item, documentClass, registry);
            }
            writer.writeEndArray();
        } else if (value instanceof BsonValue bsonValue) {
            write(writer, bsonValue);
        } else if (value instanceof Bson bson) {
            write(writer, render(bson, documentClass, registry));
        } else if (value instanceof Geometry geometry) {
            write(writer, geometry.toBsonDocument());
        } else {
            encode(writer, value, registry);
        }
    }

    static BsonDocument render(Bson bson, Class<?> documentClass, CodecRegistry registry) {
        return bson.toBsonDocument(documentClass, registry);
    }

    static void write(BsonWriter writer, BsonValue value) {
        BSON_VALUES.encode(writer, value, CONTEXT);
    }

    // The registry promises a codec of the class that was asked for, and that class is the value's own.
    @SuppressWarnings("unchecked")
    private static void encode(BsonWriter writer, Object value, CodecRegistry registry) {
        ((Codec<Object>) Codecs.find(registry, value.getClass())).encode(writer, value, CONTEXT);
    }
}
