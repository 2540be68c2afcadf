package dev.rotor.driver.core.op;

import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.BsonTimestamp;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** Opens a change stream. */
public final class ChangeStreamOperation<T> extends ChangeStreamCommand<T, BatchCursor<T>> {

    private final ChangeStreamPosition position;

    /**
     * Makes the operation.
     *
     * @param collection the collection, or {@code null} to watch the database or, with a spec that says so, all of them
     * @param position moves with what is given to the user
     */
    public ChangeStreamOperation(
            Engine engine,
            Scope scope,
            @Nullable String collection,
            ChangeStreamSpec spec,
            ChangeStreamPosition position,
            Decoder<T> decoder) {
        super(engine, scope, collection, spec, position.first(), decoder);
        this.position = position;
    }

    @Override
    BatchCursor<T> read(ReplyEnvelope reply, ReplyContext context) {
        DocumentBatch<T> first =
                DocumentBatch.of(reply, decoder, context.server().address());
        long time = reply.operationTime();
        position.opened(!first.hasMore(), first.postBatchResumeToken(), time == 0 ? null : new BsonTimestamp(time));
        CursorHome home = first.cursorId() == 0 ? CursorHome.ofEnded(context.server()) : context.takeHome();
        ServerCursor<T> cursor = cursor(reply, context, first, home);
        return new ChangeStreamSource<>(engine, scope(), collection, spec, position, decoder, cursor).open(first);
    }
}
