package dev.rotor.driver.core.op;

import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** Opens a change stream again where it stood, with the session that it has had. */
final class ResumeOperation<T> extends ChangeStreamCommand<T, ResumeOperation.Resumed<T>> {

    /** The new cursor and what came with it. */
    record Resumed<T>(ServerCursor<T> cursor, DocumentBatch<T> first) {}

    ResumeOperation(
            Engine engine,
            Scope scope,
            @Nullable String collection,
            ChangeStreamSpec spec,
            ChangeStreamStart start,
            Decoder<T> decoder) {
        super(engine, scope, collection, spec, start, decoder);
    }

    @Override
    Resumed<T> read(ReplyEnvelope reply, ReplyContext context) {
        DocumentBatch<T> first =
                DocumentBatch.of(reply, decoder, context.server().address());
        // The session is the stream's in any case: it came from there.
        return new Resumed<>(cursor(reply, context, first, context.takeHome()), first);
    }
}
