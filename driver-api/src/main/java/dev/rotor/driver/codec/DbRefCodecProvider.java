package dev.rotor.driver.codec;

import dev.rotor.driver.DbRef;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;

/** The codec of {@link DbRef}: that of documents, in the order that the DBRef specification asks for. */
final class DbRefCodecProvider implements CodecProvider {

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type == DbRef.class ? (Codec<T>) new DbRefCodec(registry.get(Document.class)) : null;
    }

    private record DbRefCodec(Codec<Document> documents) implements Codec<DbRef> {

        @Override
        public void encode(BsonWriter writer, DbRef value, EncoderContext context) {
            documents.encode(
                    writer, value.toDocument(), EncoderContext.builder().build());
        }

        @Override
        public DbRef decode(BsonReader reader, DecoderContext context) {
            Document document = documents.decode(reader, context);
            try {
                return DbRef.of(document);
            } catch (IllegalArgumentException e) {
                throw new BsonInvalidOperationException(e.getMessage(), e);
            }
        }

        @Override
        public Class<DbRef> getEncoderClass() {
            return DbRef.class;
        }
    }
}
