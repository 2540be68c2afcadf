package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.CursorSource;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.session.PinnedConnection;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.wire.ReplyEnvelope;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/** A cursor on the server that opened it: sends its getMores and killCursors there, with its session. */
final class ServerCursor<T> implements CursorSource<T> {

    /** A kill that nobody waits for must not hold a place in the pool's queue for ever. */
    private static final long KILL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Engine engine;
    private final Scope scope;
    private final String collection;
    private final CursorOptions options;
    private volatile CursorHome home;
    private final Decoder<T> decoder;

    /** When the present call must be over; where {@code timeoutMS} is for the whole cursor, when that must be. */
    private volatile long deadline;

    private volatile @Nullable GetMoreOperation<T> lastGetMore;

    /** Documents fetched so far; only the fetch under way touches it. */
    private long received;

    ServerCursor(
            Engine engine,
            Scope scope,
            String collection,
            CursorOptions options,
            CursorHome home,
            Decoder<T> decoder,
            DocumentBatch<T> first,
            long deadline) {
        this.engine = engine;
        this.scope = scope;
        this.collection = collection;
        this.options = options;
        this.home = home;
        this.decoder = decoder;
        this.deadline = deadline;
        count(first);
    }

    @Override
    public ServerAddress server() {
        return home.server().address();
    }

    @Override
    public ContextCarrier.@Nullable Snapshot captureContext() {
        return engine.captureContext();
    }

    @Override
    public void iterate() {
        if (options.iteration()) {
            deadline = engine.deadlineOf(scope);
        }
    }

    /** What a cursor that goes on for this one has of it. */
    CursorHome home() {
        return home;
    }

    /** When the present call must be over. */
    long deadline() {
        return deadline;
    }

    /** The wire version of the connection on which the last getMore was sent, or -1. */
    int wireVersion() {
        GetMoreOperation<T> last = lastGetMore;
        return last == null ? -1 : last.wireVersion();
    }

    /** No more commands will be sent: gives back the connection that was held for them, where there was one. */
    void leave() {
        PinnedConnection held = home.connection();
        if (held != null) {
            home = home.withoutConnection();
            held.release();
        }
    }

    /** Another cursor goes on with the session, and has taken hold of it. */
    void replaced() {
        home = home.handedOver();
    }

    @Override
    public CompletionStage<? extends Batch<T>> more(long cursorId) {
        return next(cursorId);
    }

    /** The same as {@link #more}, for who has to look into the batch. */
    CompletionStage<DocumentBatch<T>> next(long cursorId) {
        return next(cursorId, null);
    }

    /**
     * The same, letting the server send all further batches unasked.
     *
     * @param stream takes all of them but the last; {@code null} to have just one batch
     * @return completes with the last one
     */
    CompletionStage<DocumentBatch<T>> next(long cursorId, GetMoreOperation.@Nullable Stream<T> stream) {
        GetMoreOperation<T> operation = new GetMoreOperation<>(
                scope,
                cursorId,
                collection,
                nextBatchSize(),
                options.maxAwaitTime(),
                options.comment(),
                this::read,
                stream);
        lastGetMore = operation;
        return engine.executeOn(home, operation, deadline);
    }

    private DocumentBatch<T> read(ReplyEnvelope reply) {
        DocumentBatch<T> batch = DocumentBatch.of(reply, decoder, server());
        count(batch);
        return batch;
    }

    private void count(DocumentBatch<T> batch) {
        if (options.limit() != 0 && options.batchSize() != 0) {
            received += batch.size();
        }
    }

    /** The rest of the limit, where that is less than a batch. */
    private int nextBatchSize() {
        long limit = options.limit();
        if (limit == 0 || options.batchSize() == 0) {
            return options.batchSize();
        }
        long rest = limit - received;
        return rest > 0 && rest < options.batchSize() ? (int) rest : options.batchSize();
    }

    @Override
    public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
        Scope own = timeout == null ? scope : scope.withTimeout(timeout);
        long until = own.hasTimeout() ? engine.deadlineOf(own) : Deadline.after(engine.clock.nanoTime(), KILL_NANOS);
        return engine.executeOn(home, new KillCursorsOperation(own, cursorId, collection), until)
                .exceptionally(unreachable -> null);
    }

    @Override
    public boolean isPinned() {
        return home.connection() != null;
    }

    @Override
    public boolean isCutOff() {
        PinnedConnection connection = home.connection();
        return connection != null && connection.connection().isClosed();
    }

    @Override
    public void release() {
        home.release(engine);
    }
}
