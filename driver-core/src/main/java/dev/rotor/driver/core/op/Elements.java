package dev.rotor.driver.core.op;

import java.util.Arrays;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Elements that are encoded once and copied into many commands. */
final class Elements {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private Elements() {}

    /** Type byte, name and value of one element. */
    static byte[] encode(String name, BsonValue value) {
        return elements(new BsonDocument(name, value));
    }

    /** All elements of a document, without its length and end. */
    static byte[] elements(BsonDocument document) {
        byte[] bytes = bytes(document);
        return Arrays.copyOfRange(bytes, 4, bytes.length - 1);
    }

    /** A document as BSON. */
    static byte[] bytes(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }
}
