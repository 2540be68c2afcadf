package dev.rotor.driver.core.log;

import java.io.StringWriter;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWrapper;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.EncoderContext;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriter;
import org.bson.json.JsonWriterSettings;

/**
 * Documents as relaxed Extended JSON, cut at a length. What is behind the cut is not even looked at, so that a large
 * document costs no more than a small one.
 */
final class LoggedJson {

    private static final String ELLIPSIS = "...";
    private static final BsonValueCodec VALUES = new BsonValueCodec();
    private static final EncoderContext CONTEXT = EncoderContext.builder().build();

    private LoggedJson() {}

    /**
     * A document as text.
     *
     * @param document the document
     * @param maxLength how many UTF-16 units at most; one less rather than half a character
     */
    static String of(BsonDocument document, int maxLength) {
        if (maxLength == 0) {
            // To the writer, 0 is no limit.
            return ELLIPSIS;
        }
        StringWriter text = new StringWriter(Math.min(maxLength, 1000) + ELLIPSIS.length());
        JsonWriter writer = new JsonWriter(
                text,
                JsonWriterSettings.builder()
                        .outputMode(JsonMode.RELAXED)
                        .maxLength(maxLength)
                        .build());
        write(writer, document);
        return writer.isTruncated() ? withoutHalfCharacter(text.toString()) + ELLIPSIS : text.toString();
    }

    private static void write(JsonWriter writer, BsonValue value) {
        if (value instanceof RawBsonDocument || value instanceof BsonDocumentWrapper<?>) {
            VALUES.encode(writer, value, CONTEXT);
        } else if (value instanceof BsonDocument document) {
            writer.writeStartDocument();
            for (var element : document.entrySet()) {
                if (writer.isTruncated()) {
                    return;
                }
                writer.writeName(element.getKey());
                write(writer, element.getValue());
            }
            writer.writeEndDocument();
        } else if (value instanceof BsonArray array) {
            writer.writeStartArray();
            for (BsonValue element : array) {
                if (writer.isTruncated()) {
                    return;
                }
                write(writer, element);
            }
            writer.writeEndArray();
        } else {
            VALUES.encode(writer, value, CONTEXT);
        }
    }

    private static String withoutHalfCharacter(String text) {
        int end = text.length();
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? text.substring(0, end - 1) : text;
    }
}
