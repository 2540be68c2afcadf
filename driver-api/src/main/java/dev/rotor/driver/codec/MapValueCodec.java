package dev.rotor.driver.codec;

import java.util.Map;
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
 * A map of any class, with keys that have a text and values of one class or of any.
 *
 * @param <M> the map's class
 */
final class MapValueCodec<M> implements Codec<M>, OverridableUuidRepresentationCodec<M> {

    private final Class<M> type;
    private final Supplier<Map<Object, Object>> maker;
    private final MapKeys keys;
    private final Codec<Object> values;

    MapValueCodec(Class<M> type, MapKeys keys, Codec<Object> values) {
        this(type, Makers.map(type, keys.type()), keys, values);
    }

    private MapValueCodec(Class<M> type, Supplier<Map<Object, Object>> maker, MapKeys keys, Codec<Object> values) {
        this.type = type;
        this.maker = maker;
        this.keys = keys;
        this.values = values;
    }

    @Override
    public Codec<M> withUuidRepresentation(UuidRepresentation uuidRepresentation) {
        return values instanceof AnyValueCodec<Object> any
                ? new MapValueCodec<>(type, maker, keys, any.withUuidRepresentation(uuidRepresentation))
                : this;
    }

    @Override
    public Class<M> getEncoderClass() {
        return type;
    }

    @Override
    public void encode(BsonWriter writer, M map, EncoderContext context) {
        writer.writeStartDocument();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
            Object key = entry.getKey();
            try {
                writer.writeName(keys.text(key));
                Elements.write(writer, entry.getValue(), values, context);
            } catch (RuntimeException e) {
                throw Failures.at(e, String.valueOf(key), type);
            }
        }
        writer.writeEndDocument();
    }

    @Override
    public M decode(BsonReader reader, DecoderContext context) {
        Map<Object, Object> map = maker.get();
        reader.readStartDocument();
        for (BsonType found = reader.readBsonType(); found != BsonType.END_OF_DOCUMENT; found = reader.readBsonType()) {
            String name = reader.readName();
            try {
                put(map, keys.key(name), reader, found, context);
            } catch (RuntimeException e) {
                throw Failures.reading(e, found, values, name, type);
            }
        }
        reader.readEndDocument();
        return type.cast(map);
    }

    // Whether a null is welcome is for the map's class to say: most take it.
    @SuppressWarnings("NullAway")
    private void put(Map<Object, Object> map, Object key, BsonReader reader, BsonType found, DecoderContext context) {
        map.put(key, Elements.read(reader, found, values, context));
    }
}
