package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.time.Duration;
import java.util.function.Function;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** {@code getMore}: the next batch of a cursor. Never retried: nobody knows which documents a lost reply held. */
final class GetMoreOperation<T> extends Operation<DocumentBatch<T>> {

    /** Servers before 4.4 refuse a comment here. */
    private static final int WIRE_VERSION_WITH_COMMENT = 9;

    /** Of server 7.1, whose mongos sends the batches of a cursor unasked. */
    private static final int WIRE_VERSION_WITH_STREAMING_MONGOS = 22;

    /** Takes batches that come without being asked for. */
    interface Stream<T> {

        /**
         * A batch after which another one will come.
         *
         * @param from where it came from, and the next one will
         * @param by who hears the replies
         */
        void onBatch(DocumentBatch<T> batch, Connection from, ReplyHandler by);
    }

    private final long cursorId;
    private final String collection;
    private final int batchSize;
    private final @Nullable Duration maxAwaitTime;
    private final @Nullable BsonValue comment;
    private final Function<ReplyEnvelope, DocumentBatch<T>> reader;
    /** Takes all batches but the last, where the server is to send them unasked; {@code null} where it is not. */
    private final @Nullable Stream<T> stream;

    private volatile int wireVersion = -1;

    GetMoreOperation(
            Scope scope,
            long cursorId,
            String collection,
            int batchSize,
            @Nullable Duration maxAwaitTime,
            @Nullable BsonValue comment,
            Function<ReplyEnvelope, DocumentBatch<T>> reader,
            @Nullable Stream<T> stream) {
        super("getMore", scope);
        this.cursorId = cursorId;
        this.collection = collection;
        this.batchSize = batchSize;
        this.maxAwaitTime = maxAwaitTime;
        this.comment = comment;
        this.reader = reader;
        this.stream = stream;
    }

    @Override
    ServerSelector selector() {
        throw new IllegalStateException("a getMore goes to the server of its cursor");
    }

    /** The wire version of the connection on which it was sent, or -1. */
    int wireVersion() {
        return wireVersion;
    }

    @Override
    RetryKind retryKind() {
        return RetryKind.NONE;
    }

    @Override
    CommandKind commandKind() {
        return CommandKind.READ;
    }

    /** The time that the server may wait for documents; other cursors are limited when they are opened. */
    @Override
    long maxTimeMillis(long left) {
        return maxAwaitTime == null ? Timeouts.UNLIMITED : Math.min(left, Fields.millis(maxAwaitTime));
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        wireVersion = connection.maxWireVersion();
        if (stream != null
                && (!connection.mongos() || connection.maxWireVersion() >= WIRE_VERSION_WITH_STREAMING_MONGOS)) {
            out.exhaustAllowed();
        }
        out.putInt64(Names.GET_MORE, cursorId);
        out.putString(Names.COLLECTION, collection);
        if (batchSize > 0) {
            out.putInt32(Names.BATCH_SIZE, batchSize);
        }
        if (connection.maxWireVersion() >= WIRE_VERSION_WITH_COMMENT) {
            Fields.put(out, Names.COMMENT, comment);
        }
    }

    @Override
    void readStreamed(ReplyEnvelope reply, Connection from, ReplyHandler by) {
        if (stream == null) {
            super.readStreamed(reply, from, by);
        } else {
            stream.onBatch(reader.apply(reply), from, by);
        }
    }

    @Override
    DocumentBatch<T> read(ReplyEnvelope reply, ReplyContext context) {
        return reader.apply(reply);
    }
}
