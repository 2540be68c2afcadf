package dev.rotor.driver.model.internal;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.UuidRepresentation;
import org.bson.codecs.BsonCodecProvider;
import org.bson.codecs.BsonValueCodecProvider;
import org.bson.codecs.Codec;
import org.bson.codecs.CollectionCodecProvider;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.EnumCodecProvider;
import org.bson.codecs.IterableCodecProvider;
import org.bson.codecs.MapCodecProvider;
import org.bson.codecs.UuidCodecProvider;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.codecs.jsr310.Jsr310CodecProvider;
import org.bson.conversions.Bson;

/**
 * What builders print: JSON, with values of types that no standard codec knows as strings. It is for people; what the
 * collection's own registry would write may differ.
 */
public final class BsonText {

    private BsonText() {}

    /**
     * As JSON.
     *
     * @param bson what to print
     * @return the text; never fails, because it serves in messages and debuggers
     */
    public static String of(Bson bson) {
        try {
            return bson.toBsonDocument(BsonDocument.class, Lazy.REGISTRY).toJson();
        } catch (RuntimeException e) {
            return bson.getClass().getSimpleName() + " that cannot be printed: " + e.getMessage();
        }
    }

    /** Built by the first that prints: sending never needs it. */
    private static final class Lazy {
        static final CodecRegistry REGISTRY = CodecRegistries.fromProviders(List.of(
                new UuidCodecProvider(UuidRepresentation.STANDARD),
                new ValueCodecProvider(),
                new BsonValueCodecProvider(),
                new DocumentCodecProvider(),
                new CollectionCodecProvider(),
                new IterableCodecProvider(),
                new MapCodecProvider(),
                new Jsr310CodecProvider(),
                new BsonCodecProvider(),
                new EnumCodecProvider(),
                new AnythingProvider()));
    }

    private static final class AnythingProvider implements CodecProvider {
        @Override
        public <T> Codec<T> get(Class<T> type, CodecRegistry registry) {
            return new AnythingCodec<>(type);
        }
    }

    private record AnythingCodec<T>(Class<T> type) implements Codec<T> {
        @Override
        public void encode(BsonWriter writer, T value, EncoderContext context) {
            writer.writeString(String.valueOf(value));
        }

        @Override
        public T decode(BsonReader reader, DecoderContext context) {
            throw new UnsupportedOperationException("Only prints");
        }

        @Override
        public Class<T> getEncoderClass() {
            return type;
        }
    }
}
