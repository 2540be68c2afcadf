package dev.rotor.driver.model;

import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.BsonDocumentWriter;
import org.bson.BsonRegularExpression;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.PatternCodec;

/** Translates regular expressions of Java. */
final class Patterns {

    private static final PatternCodec CODEC = new PatternCodec();

    private Patterns() {}

    /** At once rather than when it is sent: {@link Pattern} has no equality, and a flag may be untranslatable. */
    static BsonRegularExpression toBson(Pattern pattern) {
        BsonDocument document = new BsonDocument();
        try (BsonDocumentWriter writer = new BsonDocumentWriter(document)) {
            writer.writeStartDocument();
            writer.writeName("pattern");
            CODEC.encode(writer, pattern, EncoderContext.builder().build());
            writer.writeEndDocument();
        }
        return document.getRegularExpression("pattern");
    }
}
