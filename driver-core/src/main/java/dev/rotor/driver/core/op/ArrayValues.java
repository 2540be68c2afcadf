package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.Decoder;
import org.bson.codecs.DecoderContext;

/** Values of any type that a reply holds in an array, for commands without a cursor. */
final class ArrayValues {

    private ArrayValues() {}

    /** Decodes a top-level array of a reply; no such array counts as an empty one. A null stays out of the list. */
    static <T> List<T> decode(ReplyEnvelope reply, String field, Decoder<T> decoder) {
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
            if (reader.getCurrentBsonType() == BsonType.NULL) {
                reader.readNull();
            } else {
                values.add(decoder.decode(reader, context));
            }
        }
        return values;
    }
}
