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
     * @param maxLength how many UTF-16 units at most; pairs of them are no matter, since the writer escapes them
     */
    static String of(BsonDocument document, int maxLength) {
        // One more than is shown tells whether there is more.
        int limit = maxLength == Integer.MAX_VALUE ? 0 : maxLength + 1;
        StringWriter text = new StringWriter(Math.min(maxLength, 1000) + ELLIPSIS.length());
        JsonWriter writer = new JsonWriter(
                text,
                JsonWriterSettings.builder()
                        .outputMode(JsonMode.RELAXED)
                        .maxLength(limit)
                        .build());
        write(writer, document);
        return text.getBuffer().length() > maxLength
                ? text.getBuffer().substring(0, maxLength) + ELLIPSIS
                : text.toString();
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
            if (!writer.isTruncated()) {
                writer.writeEndDocument();
            }
        } else if (value instanceof BsonArray array) {
            writer.writeStartArray();
            for (BsonValue element : array) {
                if (writer.isTruncated()) {
                    return;
                }
                write(writer, element);
            }
            if (!writer.isTruncated()) {
                writer.writeEndArray();
            }
        } else {
            VALUES.encode(writer, value, CONTEXT);
        }
    }
}
