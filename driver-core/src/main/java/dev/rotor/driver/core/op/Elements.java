package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.LittleEndian;
import java.nio.charset.StandardCharsets;
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

    /** The element of a document that stands somewhere in an array: type byte, name, and a copy of the document. */
    static byte[] copyOf(String name, byte[] from, int document) {
        int length = LittleEndian.getInt(from, document);
        byte[] element = new byte[1 + name.length() + 1 + length];
        element[0] = 0x03;
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, element, 1, ascii.length);
        System.arraycopy(from, document, element, 1 + ascii.length + 1, length);
        return element;
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
