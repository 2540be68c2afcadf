package dev.rotor.driver.core.op;

import dev.rotor.driver.core.conn.ConnectionDescription;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.wire.CommandWriter;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import dev.rotor.driver.model.CursorType;
import dev.rotor.driver.model.TimeoutMode;
import org.bson.codecs.Decoder;

/** {@code find}, giving a cursor. */
public final class FindOperation<T> extends ReadOperation<BatchCursor<T>> {

    private final Engine engine;
    private final String collection;
    private final FindSpec spec;
    private final Decoder<T> decoder;

    /** Makes the operation. */
    public FindOperation(Engine engine, Scope scope, String collection, FindSpec spec, Decoder<T> decoder) {
        super("find", scope);
        this.engine = engine;
        this.collection = collection;
        this.spec = spec;
        this.decoder = decoder;
    }

    /** Where each round trip has the whole time, the server must not end the cursor when the first one's is over. */
    @Override
    long maxTimeMillis(long left) {
        boolean forWholeCursor = !iterates() || spec.cursorType == CursorType.TAILABLE_AWAIT;
        return forWholeCursor ? left : Timeouts.UNLIMITED;
    }

    private boolean iterates() {
        return spec.timeoutMode == TimeoutMode.ITERATION || spec.cursorType.isTailable();
    }

    @Override
    void writeBody(CommandWriter out, ConnectionDescription connection) {
        FindCommand.write(out, this, collection, spec, spec.limit);
    }

    @Override
    BatchCursor<T> read(ReplyEnvelope reply, ReplyContext context) {
        CursorOptions options = new CursorOptions(
                collection,
                spec.batchSize,
                Math.abs(spec.limit),
                spec.cursorType == CursorType.TAILABLE_AWAIT ? spec.maxAwaitTime : null,
                spec.comment,
                spec.prefetch && !spec.cursorType.isTailable(),
                iterates());
        boolean exhaust = spec.cursorType == CursorType.EXHAUST && !iterates();
        return CursorReply.read(engine, scope(), options, reply, context, decoder, exhaust);
    }
}
