package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorSource;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.future.StageFailures;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.bson.codecs.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a change stream: one cursor after the other, each opened where the one before it failed, by the
 * "Resume Process" of the Change Streams specification. A getMore that fails is answered by one attempt to open the
 * stream again; when that succeeds, a later failure is answered by another.
 */
final class ChangeStreamSource<T> implements CursorSource<T> {

    /** How many attempts may nest when a transport answers on the sending thread; the next one starts from a loop. */
    private static final int NESTED_RESUMES = 16;

    private final Engine engine;
    private final Scope scope;
    private final @Nullable String collection;
    private final ChangeStreamSpec spec;
    private final ChangeStreamPosition position;
    private final Decoder<T> decoder;

    private volatile ServerCursor<T> current;

    /** Why the present cursor is of no use, so that the stream has to be resumed; {@code null} while it is. */
    private volatile @Nullable Throwable lostBy;

    /** The id of the present cursor once it is left behind and the server was told to forget it; 0 before that. */
    private volatile long leftBehind;

    private volatile @Nullable BatchCursor<T> batches;

    ChangeStreamSource(
            Engine engine,
            Scope scope,
            @Nullable String collection,
            ChangeStreamSpec spec,
            ChangeStreamPosition position,
            Decoder<T> decoder,
            ServerCursor<T> first) {
        this.engine = engine;
        this.scope = scope;
        this.collection = collection;
        this.spec = spec;
        this.position = position;
        this.decoder = decoder;
        this.current = first;
    }

    /** The stream's batches, beginning with the one that came when it was opened. */
    BatchCursor<T> open(DocumentBatch<T> first) {
        BatchCursor<T> opened = new BatchCursor<>(this, changes(first, current), false);
        batches = opened;
        return opened;
    }

    private ChangeBatch<T> changes(DocumentBatch<T> batch, ServerCursor<T> from) {
        return new ChangeBatch<>(batch, position, from.server(), this::close);
    }

    private void close() {
        BatchCursor<T> opened = batches;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public ServerAddress server() {
        return current.server();
    }

    @Override
    public ContextCarrier.@Nullable Snapshot captureContext() {
        return engine.captureContext();
    }

    @Override
    public void iterate() {
        current.iterate();
    }

    @Override
    public CompletionStage<Batch<T>> more(long cursorId) {
        CompletableFuture<Batch<T>> result = new CompletableFuture<>();
        Throwable lost = lostBy;
        if (lost == null) {
            getMore(cursorId, 0, result);
        } else {
            leave(cursorId, lost, 0, result);
        }
        return result;
    }

    private void getMore(long cursorId, int resumes, CompletableFuture<Batch<T>> result) {
        ServerCursor<T> asked = current;
        asked.next(cursorId)
                .whenComplete((batch, failure) -> StageFailures.guarded(result, () -> {
                    if (batch != null) {
                        position.arrived(!batch.hasMore(), batch.postBatchResumeToken());
                        result.complete(changes(batch, asked));
                    } else {
                        failed(asked, cursorId, StageFailures.unwrapped(failure), resumes, result);
                    }
                }));
    }

    private void failed(
            ServerCursor<T> asked, long cursorId, Throwable cause, int resumes, CompletableFuture<Batch<T>> result) {
        if (Resumability.isOperationTimeout(cause)) {
            lostBy = cause;
            result.completeExceptionally(cause);
        } else if (Resumability.isResumable(cause, asked.wireVersion()) && !isClosed()) {
            lostBy = cause;
            leave(cursorId, cause, resumes, result);
        } else {
            result.completeExceptionally(cause);
        }
    }

    /** Has the server forget the cursor that failed, where there may still be one, and resumes. */
    private void leave(long cursorId, Throwable lost, int resumes, CompletableFuture<Batch<T>> result) {
        boolean unknownThere =
                lost instanceof MongoCommandException refused && refused.code() == ErrorCodes.CURSOR_NOT_FOUND;
        if (unknownThere || leftBehind == cursorId) {
            leftBehind = cursorId;
            resume(resumes, result);
            return;
        }
        leftBehind = cursorId;
        boolean refusal = lost instanceof MongoCommandException;
        if (!refusal && current.home().connection() != null) {
            // The only connection that reaches that cursor is broken.
            resume(resumes, result);
            return;
        }
        CompletionStage<@Nullable Void> killed = current.kill(cursorId, null);
        if (refusal) {
            killed.whenComplete((none, ignored) -> resume(resumes, result));
        } else {
            // Nobody knows whether that server can be reached at all.
            resume(resumes, result);
        }
    }

    private void resume(int resumes, CompletableFuture<Batch<T>> result) {
        if (resumes % NESTED_RESUMES != NESTED_RESUMES - 1) {
            resumeNow(resumes, result);
            return;
        }
        ContextCarrier.Snapshot context = engine.captureContext();
        try {
            engine.transport.nextLoop().execute(() -> Contexts.run(context, () -> resumeNow(resumes, result)));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
    }

    private void resumeNow(int resumes, CompletableFuture<Batch<T>> result) {
        StageFailures.guarded(result, () -> {
            ServerCursor<T> failed = current;
            failed.leave();
            ResumeOperation<T> operation =
                    new ResumeOperation<>(engine, scope, collection, spec, position.again(), decoder);
            engine.executeAgain(failed.home(), operation, failed.deadline())
                    .whenComplete((resumed, failure) -> StageFailures.guarded(result, () -> {
                        if (resumed != null) {
                            goOn(failed, resumed, resumes, result);
                        } else {
                            result.completeExceptionally(StageFailures.unwrapped(failure));
                        }
                    }));
        });
    }

    private void goOn(
            ServerCursor<T> failed,
            ResumeOperation.Resumed<T> resumed,
            int resumes,
            CompletableFuture<Batch<T>> result) {
        DocumentBatch<T> first = resumed.first();
        failed.replaced();
        // Before the batch is looked into: whoever kills the cursor from here on means this one.
        current = resumed.cursor();
        lostBy = null;
        leftBehind = 0;
        BatchCursor<T> opened = batches;
        if (opened != null) {
            opened.goesOnAs(first.cursorId());
        }
        position.arrived(!first.hasMore(), first.postBatchResumeToken());
        if (first.hasMore() || first.cursorId() == 0 || isClosed()) {
            result.complete(changes(first, resumed.cursor()));
        } else {
            getMore(first.cursorId(), resumes + 1, result);
        }
    }

    private boolean isClosed() {
        BatchCursor<T> opened = batches;
        return opened != null && opened.isClosed();
    }

    /** After a timeout the next call resumes the stream. */
    @Override
    public boolean survives(Throwable failure) {
        return Resumability.isOperationTimeout(StageFailures.unwrapped(failure));
    }

    @Override
    public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
        // The failure that ends the stream may be that of resuming it: that cursor was killed before.
        return cursorId == leftBehind ? CompletableFuture.completedFuture(null) : current.kill(cursorId, timeout);
    }

    @Override
    public void release() {
        current.release();
    }
}
