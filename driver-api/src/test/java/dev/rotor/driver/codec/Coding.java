package dev.rotor.driver.codec;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.Encoder;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.io.BasicOutputBuffer;

/** Values to documents and back, through bytes as in the driver. */
final class Coding {

    static final CodecRegistry REGISTRY = Codecs.defaults();

    private Coding() {}

    @SuppressWarnings("unchecked")
    static <T> BsonDocument encode(CodecRegistry registry, Class<? super T> type, T value) {
        BsonDocument document = new BsonDocument();
        ((Encoder<T>) Codecs.find(registry, type))
                .encode(
                        new BsonDocumentWriter(document),
                        value,
                        EncoderContext.builder()
                                .isEncodingCollectibleDocument(true)
                                .build());
        return document;
    }

    @SuppressWarnings("unchecked")
    static <T> BsonDocument encode(T value) {
        return encode(REGISTRY, (Class<T>) value.getClass(), value);
    }

    static <T> T decode(CodecRegistry registry, Class<T> type, BsonDocument document) {
        BasicOutputBuffer bytes = new BasicOutputBuffer();
        try (bytes;
                BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes.toByteArray()))) {
                return Codecs.find(registry, type)
                        .decode(reader, DecoderContext.builder().build());
            }
        }
    }

    static <T> T decode(Class<T> type, String json) {
        return decode(REGISTRY, type, BsonDocument.parse(json));
    }

    /** There and back. */
    @SuppressWarnings("unchecked")
    static <T> T again(T value) {
        return decode(REGISTRY, (Class<T>) value.getClass(), encode(value));
    }

    static String messageOf(Supplier<?> call) {
        ThrowingCallable callable = call::get;
        Throwable failure = Assertions.catchThrowable(callable);
        return failure == null
                ? "nothing failed"
                : failure.getClass().getSuperclass().getSimpleName() + ": " + failure.getMessage();
    }
}
