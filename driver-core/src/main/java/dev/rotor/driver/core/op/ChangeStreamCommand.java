package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.codecs.Decoder;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * {@code aggregate} with {@code $changeStream}: a read like others, with a tailable cursor.
 *
 * @param <T> what each change is read as
 * @param <R> what is made of the reply
 */
abstract class ChangeStreamCommand<T, R> extends ReadOperation<R> {

    private static final byte[] CHANGE_STREAM = CommandWriter.name("$changeStream");
    private static final byte[] FULL_DOCUMENT = CommandWriter.name("fullDocument");
    private static final byte[] FULL_DOCUMENT_BEFORE_CHANGE = CommandWriter.name("fullDocumentBeforeChange");
    private static final byte[] RESUME_AFTER = CommandWriter.name("resumeAfter");
    private static final byte[] START_AFTER = CommandWriter.name("startAfter");
    private static final byte[] START_AT_OPERATION_TIME = CommandWriter.name("startAtOperationTime");
    private static final byte[] SHOW_EXPANDED_EVENTS = CommandWriter.name("showExpandedEvents");
    private static final byte[] ALL_CHANGES_FOR_CLUSTER = CommandWriter.name("allChangesForCluster");

    final Engine engine;
    final @Nullable String collection;
    final ChangeStreamSpec spec;
    final Decoder<T> decoder;
    private final ChangeStreamStart start;

    ChangeStreamCommand(
            Engine engine,
            Scope scope,
            @Nullable String collection,
            ChangeStreamSpec spec,
            ChangeStreamStart start,
            Decoder<T> decoder) {
        super("aggregate", scope);
        this.engine = engine;
        this.collection = collection;
        this.spec = spec;
        this.start = start;
        this.decoder = decoder;
    }

    @Override
    final void writeBody(CommandWriter out, ConnectionDescription connection) {
        CodecRegistry registry = scope().codecRegistry();
        if (collection == null) {
            out.putInt32(Names.AGGREGATE, 1);
        } else {
            out.putString(Names.AGGREGATE, collection);
        }
        int pipeline = out.startArray(Names.PIPELINE);
        int stage = out.startDocument(out.arrayIndex(0));
        writeStage(out);
        out.endDocument(stage);
        for (int i = 0; i < spec.pipeline.size(); i++) {
            Bson next = spec.pipeline.get(i);
            out.putBson(out.arrayIndex(i + 1), next, BsonDocument.class, registry);
        }
        out.endDocument(pipeline);
        int cursor = out.startDocument(Names.CURSOR);
        if (spec.batchSize > 0) {
            out.putInt32(Names.BATCH_SIZE, spec.batchSize);
        }
        out.endDocument(cursor);
        Fields.putMaxTime(out, scope(), spec.maxTime);
        Fields.put(out, Names.COLLATION, spec.collation, registry);
        Fields.put(out, Names.COMMENT, spec.comment);
    }

    private void writeStage(CommandWriter out) {
        int options = out.startDocument(CHANGE_STREAM);
        if (spec.fullDocument != null) {
            Fields.put(out, FULL_DOCUMENT, new BsonString(spec.fullDocument.value()));
        }
        if (spec.fullDocumentBeforeChange != null) {
            Fields.put(out, FULL_DOCUMENT_BEFORE_CHANGE, new BsonString(spec.fullDocumentBeforeChange.value()));
        }
        Fields.put(out, RESUME_AFTER, start.resumeAfter());
        Fields.put(out, START_AFTER, start.startAfter());
        Fields.put(out, START_AT_OPERATION_TIME, start.startAtOperationTime());
        Fields.put(out, SHOW_EXPANDED_EVENTS, spec.showExpandedEvents);
        if (spec.allChangesForCluster) {
            out.putBoolean(ALL_CHANGES_FOR_CLUSTER, true);
        }
        out.endDocument(options);
    }

    /** The cursor of a reply. */
    final ServerCursor<T> cursor(ReplyEnvelope reply, ReplyContext context, DocumentBatch<T> first, CursorHome home) {
        CursorOptions options =
                new CursorOptions(null, spec.batchSize, 0, spec.maxAwaitTime, spec.comment, false, true);
        return CursorReply.source(engine, scope(), options, reply, context, decoder, first, home);
    }
}
