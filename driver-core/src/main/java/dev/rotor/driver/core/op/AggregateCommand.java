package dev.rotor.driver.core.op;

import dev.rotor.driver.core.wire.CommandWriter;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Writes the body of {@code aggregate}. */
public final class AggregateCommand {

    private AggregateCommand() {}

    /** Whether a pipeline's last stage writes. */
    public static boolean writes(List<? extends Bson> pipeline, CodecRegistry registry) {
        if (pipeline.isEmpty()) {
            return false;
        }
        BsonDocument last = pipeline.get(pipeline.size() - 1).toBsonDocument(BsonDocument.class, registry);
        return last.containsKey("$out") || last.containsKey("$merge");
    }

    /**
     * Writes the body.
     *
     * @param collection the collection, or {@code null} to aggregate over the database
     * @param batchSize 0 leaves it to the server
     */
    static void write(
            CommandWriter out, Operation<?> operation, @Nullable String collection, AggregateSpec spec, int batchSize) {
        CodecRegistry registry = operation.scope().codecRegistry();
        if (collection == null) {
            out.putInt32(Names.AGGREGATE, 1);
        } else {
            out.putString(Names.AGGREGATE, collection);
        }
        Fields.put(out, Names.PIPELINE, spec.pipeline, registry);
        int cursor = out.startDocument(Names.CURSOR);
        if (batchSize > 0) {
            out.putInt32(Names.BATCH_SIZE, batchSize);
        }
        out.endDocument(cursor);
        Fields.put(out, Names.ALLOW_DISK_USE, spec.allowDiskUse);
        Fields.putMaxTime(out, operation.scope(), spec.maxTime);
        Fields.put(out, Names.BYPASS_DOCUMENT_VALIDATION, spec.bypassDocumentValidation);
        Fields.put(out, Names.COLLATION, spec.collation, registry);
        Fields.putHint(out, spec.hint, spec.hintString, registry);
        Fields.put(out, Names.LET, spec.let, registry);
        Fields.put(out, Names.COMMENT, spec.comment);
    }
}
