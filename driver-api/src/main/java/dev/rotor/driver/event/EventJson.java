package dev.rotor.driver.event;

import java.io.StringWriter;
import java.util.Objects;
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
 * The documents of events as JSON, cut at a length. What is behind the cut is not even looked at, so that a command of
 * many megabytes costs no more than a small one.
 *
 * <p>Control characters, and all others that could break or disguise a line, are escaped. Characters outside the basic
 * plane are escaped too, so that a cut never divides one.
 */
public final class EventJson {

    private static final String ELLIPSIS = "...";
    private static final BsonValueCodec VALUES = new BsonValueCodec();
    private static final EncoderContext CONTEXT = EncoderContext.builder().build();

    private EventJson() {}

    /**
     * A document as relaxed Extended JSON in one line.
     *
     * @param document the document
     * @param maxLength how many characters at most, 0 or more; a longer text ends there, with "..." behind
     * @return the text
     * @throws IllegalArgumentException if the length is negative
     * @throws org.bson.BsonSerializationException if what it is read from is no BSON, in the part that is shown
     */
    public static String of(BsonDocument document, int maxLength) {
        return of(document, maxLength, JsonWriterSettings.builder().outputMode(JsonMode.RELAXED));
    }

    /**
     * A document as JSON of another style.
     *
     * @param document the document
     * @param maxLength how many characters at most, 0 or more; a longer text ends there, with "..." behind
     * @param style how values are written; its own length limit is set by this call
     * @return the text
     * @throws IllegalArgumentException if the length is negative
     * @throws org.bson.BsonSerializationException if what it is read from is no BSON, in the part that is shown
     */
    public static String of(BsonDocument document, int maxLength, JsonWriterSettings.Builder style) {
        Objects.requireNonNull(document, "document");
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength must not be negative: " + maxLength);
        }
        // One more than is shown tells whether there is more.
        int limit = maxLength == Integer.MAX_VALUE ? 0 : maxLength + 1;
        StringWriter text = new StringWriter(Math.min(maxLength, 1000) + ELLIPSIS.length());
        JsonWriter writer = new JsonWriter(text, style.maxLength(limit).build());
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
