package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.bulk.ClientBulkWriteOptions;
import dev.rotor.driver.model.bulk.ClientNamespacedWriteModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One command {@code bulkWrite}: as many writes, from a given one on, as the server takes in one message. How many
 * those are is known when it has been written.
 */
final class ClientBatchOperation extends WriteOperation<ClientBatchReply> {

    /** What the specification keeps free for everything in a message that is not of this command. */
    private static final int MESSAGE_OVERHEAD = 1000;

    private final Engine engine;
    private final List<ClientNamespacedWriteModel> models;
    private final @Nullable BsonValue[] insertedIds;
    private final int start;
    private final BatchBounds bounds;
    private final ClientBulkWriteOptions options;

    private int bodyBytes;

    /**
     * Makes the operation.
     *
     * @param insertedIds per model the {@code _id} of the document it inserts; filled in where the encoder cannot tell
     *     it beforehand
     * @param start the index of the first write
     * @param bounds how many of the writes from there on it may take
     */
    ClientBatchOperation(
            Engine engine,
            Scope scope,
            List<ClientNamespacedWriteModel> models,
            @Nullable BsonValue[] insertedIds,
            int start,
            BatchBounds bounds,
            ClientBulkWriteOptions options) {
        super("bulkWrite", scope);
        this.engine = engine;
        this.models = models;
        this.insertedIds = insertedIds;
        this.start = start;
        this.bounds = bounds;
        this.options = options;
    }

    @Override
    RetryKind retryKind() {
        return bounds.retryKind();
    }

    @Override
    boolean hasOwnWriteConcern() {
        return options.writeConcern() != null;
    }

    @Override
    boolean mayBeUnacknowledged() {
        return true;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        bounds.limit(connection.maxBatchCount());
        int before = out.getPosition();
        out.putInt32(Names.BULK_WRITE, 1);
        out.putBoolean(Names.ERRORS_ONLY, !options.verboseResults());
        out.putBoolean(Names.ORDERED, options.ordered());
        Fields.put(out, Names.BYPASS_DOCUMENT_VALIDATION, options.bypassDocumentValidation());
        Fields.put(out, Names.COMMENT, options.comment());
        Fields.put(out, Names.LET, options.let(), scope().codecRegistry());
        // As a document of its own: with its length and its end.
        bodyBytes = out.getPosition() - before + 5;
    }

    @Override
    void writeSequences(CommandWriter out, ConnectionDescription connection) {
        long room = (long) connection.maxMessageSize() - MESSAGE_OVERHEAD - bodyBytes;
        Map<String, Integer> namespaces = new LinkedHashMap<>();
        int count = 0;
        int mark = out.startSequence(Names.OPS);
        int most = bounds.most();
        while (count < most) {
            ClientNamespacedWriteModel model = models.get(start + count);
            String namespace = model.namespace().fullName();
            Integer known = namespaces.get(namespace);
            int before = out.getPosition();
            long needed = ClientStatements.append(
                    out,
                    model.model(),
                    known == null ? namespaces.size() : known,
                    insertedIds,
                    start + count,
                    scope().codecRegistry());
            if (known == null) {
                needed += lengthOfNamespace(namespace);
            }
            if (needed > room) {
                if (count == 0) {
                    throw new BsonMaximumSizeExceededException("Write " + start + " takes " + needed + " bytes; "
                            + connection.server() + " takes at most " + room + " in one command");
                }
                out.truncateToPosition(before);
                break;
            }
            room -= needed;
            if (known == null) {
                namespaces.put(namespace, namespaces.size());
            }
            count++;
        }
        out.endSequence(mark);
        writeNamespaces(out, namespaces);
        bounds.written(count);
    }

    private static void writeNamespaces(CommandWriter out, Map<String, Integer> namespaces) {
        int mark = out.startSequence(Names.NS_INFO);
        for (String namespace : namespaces.keySet()) {
            int document = out.startBareDocument();
            out.putString(Names.NS, namespace);
            out.endDocument(document);
        }
        out.endSequence(mark);
    }

    /** The length of {@code {ns: namespace}}. */
    private static int lengthOfNamespace(String namespace) {
        int utf8 = 0;
        for (int i = 0; i < namespace.length(); i++) {
            char one = namespace.charAt(i);
            // Half of a surrogate pair is half of four bytes.
            utf8 += one < 0x80 ? 1 : one < 0x800 || Character.isSurrogate(one) ? 2 : 3;
        }
        return 4 + 1 + Names.NS.length + 4 + utf8 + 1 + 1;
    }

    @Override
    ClientBatchReply read(ReplyEnvelope reply, ReplyContext context) {
        CursorOptions cursor = new CursorOptions(null, 0, 0, null, options.comment(), false, false);
        return new ClientBatchReply(
                bounds.written(),
                reply.document(),
                reply.hasCursor()
                        ? CursorReply.read(engine, scope(), cursor, reply, context, ReadCommands.DOCUMENTS)
                        : null,
                reply.writeConcernErrorOffset() < 0 ? null : WriteReplies.writeConcernError(reply.document()),
                reply.errorLabels(),
                context.connection().server());
    }

    @Override
    ClientBatchReply unacknowledgedResult() {
        return ClientBatchReply.unacknowledged(bounds.written());
    }
}
