package dev.rotor.driver.core.op;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.Collation;
import java.time.Duration;
import java.util.List;
import org.bson.BsonValue;
import org.bson.codecs.Decoder;
import org.bson.codecs.Encoder;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** {@code findAndModify}: findOneAndDelete, findOneAndReplace and findOneAndUpdate. */
public final class FindAndModifyOperation<T> extends WriteOperation<@Nullable T> {

    private final String collection;
    private final Bson query;
    private final Change<T> change;
    private final Options options;
    private final Decoder<T> decoder;

    /**
     * What is done to the document.
     *
     * @param remove whether it is deleted
     * @param update update operators, or {@code null}
     * @param pipeline an update pipeline, or {@code null}
     * @param replacement the new document, or {@code null}
     * @param encoder of the new document, or {@code null} without one
     */
    public record Change<T>(
            boolean remove,
            @Nullable Bson update,
            @Nullable List<Bson> pipeline,
            @Nullable T replacement,
            @Nullable Encoder<T> encoder) {}

    /** The options of all three, with {@code null} for what is not set. */
    public record Options(
            boolean returnNew,
            @Nullable Boolean upsert,
            @Nullable List<Bson> arrayFilters,
            @Nullable Bson projection,
            @Nullable Bson sort,
            @Nullable Boolean bypassDocumentValidation,
            @Nullable Collation collation,
            @Nullable Bson hint,
            @Nullable String hintString,
            @Nullable Bson let,
            @Nullable Duration maxTime,
            @Nullable BsonValue comment) {}

    /** Makes the operation. */
    public FindAndModifyOperation(
            Scope scope, String collection, Bson query, Change<T> change, Options options, Decoder<T> decoder) {
        super("findAndModify", scope);
        this.collection = collection;
        this.query = query;
        this.change = change;
        this.options = options;
        this.decoder = decoder;
    }

    @Override
    RetryKind retryKind() {
        return RetryKind.WRITE;
    }

    @Override
    boolean mayBeUnacknowledged() {
        return true;
    }

    @Override
    @Nullable
    T unacknowledgedResult() {
        return null;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        if (!isAcknowledged()) {
            UnacknowledgedHints.check(options.hint() != null || options.hintString() != null, connection);
        }
        CodecRegistry registry = scope().codecRegistry();
        out.putString(Names.FIND_AND_MODIFY, collection);
        Fields.put(out, Names.QUERY, query, registry);
        Fields.put(out, Names.FIELDS, options.projection(), registry);
        Fields.put(out, Names.SORT, options.sort(), registry);
        if (change.remove()) {
            out.putBoolean(Names.REMOVE, true);
        } else {
            out.putBoolean(Names.NEW, options.returnNew());
            Fields.put(out, Names.UPSERT, options.upsert());
        }
        Fields.put(out, Names.UPDATE, change.update(), registry);
        Fields.put(out, Names.UPDATE, change.pipeline(), registry);
        T replacement = change.replacement();
        Encoder<T> encoder = change.encoder();
        if (replacement != null && encoder != null) {
            Statements.replacement(out, Names.UPDATE, replacement, encoder, CommandWriter.PLAIN);
        }
        Fields.putMaxTime(out, scope(), options.maxTime());
        Fields.put(out, Names.BYPASS_DOCUMENT_VALIDATION, options.bypassDocumentValidation());
        Fields.put(out, Names.COLLATION, options.collation(), registry);
        Fields.put(out, Names.ARRAY_FILTERS, options.arrayFilters(), registry);
        Fields.putHint(out, options.hint(), options.hintString(), registry);
        Fields.put(out, Names.LET, options.let(), registry);
        Fields.put(out, Names.COMMENT, options.comment());
    }

    @Override
    @Nullable
    T read(ReplyEnvelope reply, ReplyContext context) throws MongoException {
        if (reply.writeConcernErrorOffset() >= 0) {
            throw WriteReplies.writeConcernFailure(reply, context.connection().server());
        }
        return reply.valueOffset() < 0 ? null : reply.decodeDocument(reply.valueOffset(), decoder);
    }
}
