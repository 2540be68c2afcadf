package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import org.bson.BsonValue;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What a write command carries once for all of its statements.
 *
 * @param ordered whether the server stops at the first statement that fails
 * @param bypassDocumentValidation whether validators are passed over; {@code null} leaves it out
 * @param let variables, or {@code null}
 * @param comment a comment, or {@code null}
 */
public record CommandOptions(
        boolean ordered, @Nullable Boolean bypassDocumentValidation, @Nullable Bson let, @Nullable BsonValue comment) {

    void write(CommandWriter out, CodecRegistry registry) {
        out.putBoolean(Names.ORDERED, ordered);
        Fields.put(out, Names.BYPASS_DOCUMENT_VALIDATION, bypassDocumentValidation);
        Fields.put(out, Names.LET, let, registry);
        Fields.put(out, Names.COMMENT, comment);
    }
}
