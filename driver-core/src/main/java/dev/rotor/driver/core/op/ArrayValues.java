package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.jspecify.annotations.Nullable;

/** Values of any type that a reply holds in an array, for commands without a cursor. */
final class ArrayValues {

    private ArrayValues() {}

    /**
     * Decodes a top-level array of a reply; no such array counts as an empty one.
     *
     * @throws MongoException if there is a null in it that the codec makes nothing of
     */
    static <T> List<T> decode(ReplyEnvelope reply, String field, Codec<T> codec) {
        BsonValue array = reply.document().get(field);
        List<T> values = new ArrayList<>();
        if (array == null || !array.isArray()) {
            return values;
        }
        // A codec reads a value from within a document, so the array becomes one.
        BsonDocumentReader reader = new BsonDocumentReader(new BsonDocument(field, array));
        DecoderContext context = DecoderContext.builder().build();
        reader.readStartDocument();
        reader.readName();
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            boolean isNull = reader.getCurrentBsonType() == BsonType.NULL;
            values.add(isNull ? ofNull(reader, field, codec, context) : codec.decode(reader, context));
        }
        return values;
    }

    private static <T> T ofNull(BsonDocumentReader reader, String field, Codec<T> codec, DecoderContext context) {
        @Nullable T value;
        try {
            value = codec.decode(reader, context);
        } catch (RuntimeException e) {
            // Each codec has words of its own for what it did not expect; none of them says what to do.
            throw noNull(field, codec, e);
        }
        if (value == null) {
            throw noNull(field, codec, null);
        }
        return value;
    }

    private static MongoException noNull(String field, Codec<?> codec, @Nullable RuntimeException cause) {
        return new MongoException(
                "the " + field + " have a null among them, which cannot be read as "
                        + codec.getEncoderClass().getName() + "; BsonValue can be any of them",
                cause);
    }
}
