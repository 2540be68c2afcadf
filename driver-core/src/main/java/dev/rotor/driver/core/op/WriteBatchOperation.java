package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.WriteModel;
import java.util.List;
import org.bson.BsonValue;
import org.bson.codecs.CollectibleCodec;
import org.bson.codecs.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * One command of a bulk write: as many statements of one kind, from a given one on, as the server takes in one message.
 * How many those are is known when it has been written.
 */
final class WriteBatchOperation<T> extends WriteOperation<WriteBatchResult> {

    private final Statements.Kind kind;
    private final String collection;
    private final List<? extends WriteModel<? extends T>> models;
    private final int[] order;
    private final int start;
    private final @Nullable BsonValue[] insertedIds;
    private final Encoder<T> encoder;
    private final CommandOptions options;
    private final BatchBounds bounds;
    /** Whether the ids of documents are known only when these have been written. */
    private final boolean identify;

    /**
     * Makes the operation.
     *
     * @param order indexes of models, those of one kind next to each other
     * @param start where in {@code order} this command starts
     * @param bounds how many of the models from there on it may take
     * @param insertedIds per model the {@code _id} of the document it inserts; filled in where the encoder cannot tell
     *     it beforehand
     */
    WriteBatchOperation(
            Scope scope,
            Statements.Kind kind,
            String collection,
            List<? extends WriteModel<? extends T>> models,
            int[] order,
            int start,
            BatchBounds bounds,
            @Nullable BsonValue[] insertedIds,
            Encoder<T> encoder,
            CommandOptions options) {
        super(kind.commandName, scope);
        this.kind = kind;
        this.collection = collection;
        this.models = models;
        this.order = order;
        this.start = start;
        this.bounds = bounds;
        this.insertedIds = insertedIds;
        this.encoder = encoder;
        this.options = options;
        this.identify = kind == Statements.Kind.INSERT && !(encoder instanceof CollectibleCodec<T>);
    }

    @Override
    RetryKind retryKind() {
        return bounds.retryKind();
    }

    @Override
    boolean mayBeUnacknowledged() {
        return true;
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        bounds.limit(connection.maxBatchCount());
        out.putString(kind.command, collection);
        options.write(out, scope().codecRegistry());
    }

    @Override
    void writeSequences(CommandWriter out, ConnectionDescription connection) {
        int mark = out.startSequence(kind.sequence);
        int most = bounds.most();
        int count = 0;
        while (count < most) {
            int before = out.getPosition();
            if (!isAcknowledged()) {
                UnacknowledgedHints.check(models.get(order[start + count]), connection);
            }
            int index = order[start + count];
            Statements.append(out, models.get(index), encoder, scope().codecRegistry());
            if (identify) {
                insertedIds[index] = out.identify(before, insertedIds[index]);
            }
            int length = out.getPosition() - before;
            boolean tooLarge = DocumentTooLargeException.isTooLarge(length, kind, connection);
            if (tooLarge && count == 0) {
                DocumentTooLargeException.check(length, kind, order[start], connection);
            }
            if (count > 0 && (tooLarge || out.getPosition() > connection.maxMessageSize())) {
                out.truncateToPosition(before);
                break;
            }
            count++;
        }
        out.endSequence(mark);
        bounds.written(count);
    }

    @Override
    WriteBatchResult read(ReplyEnvelope reply, ReplyContext context) {
        return WriteBatchResult.of(reply, context, bounds.written());
    }

    @Override
    WriteBatchResult unacknowledgedResult() {
        return WriteBatchResult.unacknowledged(bounds.written());
    }
}
