package dev.rotor.driver.core.op;

import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** Makes the cursor of a reply that opened one. */
final class CursorReply {

    private CursorReply() {}

    /** Reads the first batch; the session stays with the cursor for as long as the server has one. */
    static <T> BatchCursor<T> read(
            Engine engine,
            Scope scope,
            CursorOptions options,
            ReplyEnvelope reply,
            ReplyContext context,
            Decoder<T> decoder) {
        return read(engine, scope, options, reply, context, decoder, false);
    }

    /**
     * The same.
     *
     * @param exhaust whether the server is to send the batches unasked. Where the cursor is bound to a transaction or,
     *     behind a load balancer, to a connection, it is an ordinary one all the same: others need that connection, or
     *     that transaction, while the server is sending
     */
    static <T> BatchCursor<T> read(
            Engine engine,
            Scope scope,
            CursorOptions options,
            ReplyEnvelope reply,
            ReplyContext context,
            Decoder<T> decoder,
            boolean exhaust) {
        DocumentBatch<T> first =
                DocumentBatch.of(reply, decoder, context.server().address());
        CursorHome home = first.cursorId() == 0 ? CursorHome.ofEnded(context.server()) : context.takeHome();
        ServerCursor<T> source = source(engine, scope, options, reply, context, decoder, first, home);
        boolean inTransaction = home.transaction() != 0;
        boolean streamed = exhaust && !inTransaction && home.connection() == null;
        return new BatchCursor<>(
                streamed ? new ExhaustSource<>(engine, source) : source,
                first,
                options.fetchesAhead() && !inTransaction);
    }

    /** The server's side of a cursor. */
    static <T> ServerCursor<T> source(
            Engine engine,
            Scope scope,
            CursorOptions options,
            ReplyEnvelope reply,
            ReplyContext context,
            Decoder<T> decoder,
            DocumentBatch<T> first,
            CursorHome home) {
        String collection = options.collection();
        if (collection == null) {
            collection = collectionOf(reply.cursorNamespace());
        }
        return new ServerCursor<>(engine, scope, collection, options, home, decoder, first, context.deadline());
    }

    private static String collectionOf(@Nullable String namespace) {
        return namespace == null ? "" : namespace.substring(namespace.indexOf('.') + 1);
    }
}
