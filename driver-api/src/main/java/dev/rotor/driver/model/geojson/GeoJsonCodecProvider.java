package dev.rotor.driver.model.geojson;

import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Codecs of the geometries, so that documents and their classes may have fields of them. Decoding what is no GeoJSON
 * throws a {@link CodecConfigurationException} that says why.
 */
public final class GeoJsonCodecProvider implements CodecProvider {

    /** It has no state. */
    public GeoJsonCodecProvider() {}

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return Geometry.class.isAssignableFrom(type) ? new GeometryCodec<>(type) : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GeoJsonCodecProvider;
    }

    @Override
    public int hashCode() {
        return GeoJsonCodecProvider.class.hashCode();
    }

    @Override
    public String toString() {
        return "GeoJsonCodecProvider";
    }

    /** @param type a class of geometry, or {@link Geometry} itself for any */
    private record GeometryCodec<T>(Class<T> type) implements Codec<T> {

        private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

        @Override
        public void encode(BsonWriter writer, T value, EncoderContext context) {
            DOCUMENTS.encode(writer, ((Geometry) value).toBsonDocument(), context);
        }

        @Override
        public T decode(BsonReader reader, DecoderContext context) {
            Geometry geometry = GeometryReader.read(DOCUMENTS.decode(reader, context));
            if (!type.isInstance(geometry)) {
                throw new CodecConfigurationException("Expected a GeoJSON " + type.getSimpleName() + ", found a "
                        + geometry.getType().getTypeName());
            }
            return type.cast(geometry);
        }

        @Override
        public Class<T> getEncoderClass() {
            return type;
        }
    }
}
