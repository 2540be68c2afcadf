package dev.rotor.driver.core.cursor;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.MongoCommandException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoProtocolException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.future.Contexts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one server cursor, in order, fetched at most one ahead of the consumer. Whoever consumes decides when
 * the next batch is taken, never how large it is.
 *
 * <p>{@link #take} is for one consumer at a time; {@link #close} may be called from anywhere. A getMore in flight when
 * the cursor is closed is let finish, since a connection carries one command at a time; then the cursor is killed.
 *
 * @param <T> what each result is read as
 */
public final class BatchCursor<T> {

    /** The server's code for a cursor that it does not know. */
    private static final int CURSOR_NOT_FOUND = 43;

    private final CursorSource<T> source;
    private final boolean prefetch;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    // All guarded by the lock.
    private @Nullable Batch<T> ready;
    private @Nullable Throwable failure;
    private @Nullable BatchListener<T> waiter;
    /** The context in which the waiter asked: the fetch under way may be somebody else's, who asked before. */
    private ContextCarrier.@Nullable Snapshot waiterContext;
    /** The context in which {@link #close} was called, for the kill that has to wait for a fetch. */
    private ContextCarrier.@Nullable Snapshot closeContext;

    private boolean fetching;
    private boolean closing;
    private volatile @Nullable Duration closeTimeout;
    /** Whether a round trip has failed after which {@link #close} gives back what is held. */
    private boolean heldUntilClosed;

    private boolean released;
    private volatile long cursorId;

    /**
     * Makes a cursor whose first batch is here.
     *
     * @param source where the next ones come from
     * @param first the first batch
     * @param prefetch whether to fetch one batch ahead of the consumer
     */
    public BatchCursor(CursorSource<T> source, Batch<T> first, boolean prefetch) {
        this.source = source;
        this.ready = first;
        this.prefetch = prefetch;
        this.cursorId = first.cursorId();
        if (cursorId == 0) {
            releaseOnce();
        }
    }

    /** The server that holds the cursor. */
    public ServerAddress server() {
        return source.server();
    }

    /** The id of the server's cursor, 0 when there is none any more. */
    public long cursorId() {
        return cursorId;
    }

    /** Whether one batch is fetched ahead of the consumer. */
    boolean prefetches() {
        return prefetch;
    }

    /** A {@link CursorSource#more} under way has opened another cursor on the server in place of the one it had. */
    public void goesOnAs(long newCursorId) {
        lock.lock();
        try {
            cursorId = newCursorId;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #close} was called or a round trip failed. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #close} still has something to give back. */
    boolean holdsSomething() {
        lock.lock();
        try {
            // Of one that has just ended, whoever has heard of the end is about to release the rest.
            return !released && (heldUntilClosed || (!closing && cursorId != 0));
        } finally {
            lock.unlock();
        }
    }

    /** Whether a round trip has failed that nobody has been told of yet: {@link #take} will. */
    boolean hasFailure() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes hold of the calling thread's context; {@code null} when nobody carries one. */
    ContextCarrier.@Nullable Snapshot captureContext() {
        return source.captureContext();
    }

    /** The user asks for more: where {@code timeoutMS} is for each such call, it begins anew. */
    public void iterate() {
        source.iterate();
    }

    /**
     * Takes the next batch. After the end that is an empty one.
     *
     * @param listener hears of the batch when {@code null} is returned
     * @return the batch when it is here, else {@code null}
     * @throws IllegalStateException when the cursor is closed
     */
    public @Nullable Batch<T> take(BatchListener<T> listener) {
        Batch<T> batch = null;
        boolean fetch;
        lock.lock();
        try {
            batch = takeReady();
            fetch = (batch == null || prefetch) && startFetch();
        } finally {
            lock.unlock();
        }
        if (fetch) {
            fetch();
        }
        if (batch != null) {
            return batch;
        }
        ContextCarrier.Snapshot context = source.captureContext();
        // A batch that came meanwhile is taken here; a transport may answer on the calling thread.
        lock.lock();
        try {
            batch = takeReady();
            if (batch == null) {
                if (!fetching) {
                    return new ListBatch<>(List.of());
                }
                waiter = listener;
                waiterContext = context;
                return null;
            }
            fetch = prefetch && startFetch();
        } finally {
            lock.unlock();
        }
        if (fetch) {
            fetch();
        }
        return batch;
    }

    private @Nullable Batch<T> takeReady() {
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw asUnchecked(failed);
        }
        if (closing) {
            throw closedMeanwhile();
        }
        Batch<T> batch = ready;
        ready = null;
        return batch;
    }

    static RuntimeException asUnchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private boolean startFetch() {
        if (fetching || closing || cursorId == 0) {
            return false;
        }
        fetching = true;
        return true;
    }

    private void fetch() {
        CompletionStage<? extends Batch<T>> next;
        try {
            next = source.more(cursorId);
        } catch (Throwable e) {
            fetched(null, e);
            return;
        }
        next.whenComplete(this::fetched);
    }

    private void fetched(@Nullable Batch<T> batch, @Nullable Throwable failed) {
        BatchListener<T> listener;
        ContextCarrier.Snapshot context;
        ContextCarrier.Snapshot closer;
        boolean kill = false;
        boolean release;
        boolean fetchNext = false;
        lock.lock();
        try {
            fetching = false;
            listener = waiter;
            waiter = null;
            context = waiterContext;
            waiterContext = null;
            closer = closeContext;
            if (batch != null) {
                cursorId = batch.cursorId();
                kill = closing && cursorId != 0;
                if (!closing && listener == null) {
                    ready = batch;
                }
                fetchNext = listener != null && prefetch && startFetch();
            } else if (failed != null && !closing && source.survives(failed)) {
                if (listener == null) {
                    failure = failed;
                }
            } else {
                // Documents may have been lost on the way: nothing after this can be trusted to be the next.
                if (isGone(failed) || source.isCutOff()) {
                    cursorId = 0;
                }
                heldUntilClosed = !closing && source.isPinned();
                kill = cursorId != 0 && !heldUntilClosed;
                if (!closing && listener == null) {
                    failure = failed;
                }
                closing = true;
            }
            release = !kill && cursorId == 0 && !heldUntilClosed;
        } finally {
            lock.unlock();
        }
        if (kill) {
            Contexts.run(closer, () -> kill(closeTimeout));
        } else if (release) {
            releaseOnce();
        }
        if (listener == null) {
            return;
        }
        if (context == null) {
            goOn(listener, batch, failed, fetchNext);
        } else {
            boolean next = fetchNext;
            Contexts.run(context, () -> goOn(listener, batch, failed, next));
        }
    }

    private void goOn(
            BatchListener<T> listener, @Nullable Batch<T> batch, @Nullable Throwable failed, boolean fetchNext) {
        if (fetchNext) {
            fetch();
        }
        if (batch != null) {
            listener.onBatch(batch);
        } else if (failed != null) {
            listener.onBatchFailed(failed);
        }
    }

    /** Whether the server's cursor need not be killed: it is unknown there, or went with its server or connection. */
    public static boolean isGone(@Nullable Throwable failure) {
        return (failure instanceof MongoConnectionException && !(failure instanceof MongoProtocolException))
                || (failure instanceof MongoCommandException refused && refused.code() == CURSOR_NOT_FOUND);
    }

    /**
     * Closes the cursor: a waiting consumer fails, batches that were not taken are dropped, the server's cursor is
     * killed.
     *
     * @return completes when the server has been told, or could not be reached; never fails
     */
    public CompletionStage<@Nullable Void> close() {
        return close(null);
    }

    /**
     * The same with a limit for killing the cursor.
     *
     * @param timeout how long that may take, or {@code null} for the cursor's own, begun anew
     */
    public CompletionStage<@Nullable Void> close(@Nullable Duration timeout) {
        BatchListener<T> listener;
        ContextCarrier.Snapshot context;
        boolean kill;
        boolean interrupt;
        ContextCarrier.Snapshot own = source.captureContext();
        lock.lock();
        try {
            if (closing && !heldUntilClosed) {
                return closed.minimalCompletionStage();
            }
            heldUntilClosed = false;
            closing = true;
            closeTimeout = timeout;
            closeContext = own;
            ready = null;
            listener = waiter;
            waiter = null;
            context = waiterContext;
            waiterContext = null;
            // Whoever is fetching kills the cursor afterwards, and releases it when that is done.
            interrupt = fetching;
            kill = !fetching && cursorId != 0;
        } finally {
            lock.unlock();
        }
        if (interrupt) {
            source.interrupt();
        } else if (kill) {
            kill(timeout);
        } else {
            releaseOnce();
        }
        if (listener != null) {
            Contexts.run(context, () -> listener.onBatchFailed(closedMeanwhile()));
        }
        return closed.minimalCompletionStage();
    }

    private void kill(@Nullable Duration timeout) {
        long id = cursorId;
        cursorId = 0;
        source.kill(id, timeout).whenComplete((none, failed) -> releaseOnce());
    }

    private void releaseOnce() {
        lock.lock();
        try {
            if (released) {
                return;
            }
            released = true;
        } finally {
            lock.unlock();
        }
        source.release();
        closed.complete(null);
    }

    private static IllegalStateException closedMeanwhile() {
        return new IllegalStateException("the cursor is closed");
    }
}
