package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.conn.ReplyHandler;
import dev.rotor.driver.core.conn.StreamStoppedException;
import dev.rotor.driver.core.cursor.Batch;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorSource;
import dev.rotor.driver.core.cursor.DocumentBatch;
import dev.rotor.driver.core.future.StageFailures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an exhaust cursor: one getMore, after which the server sends batch after batch until the cursor
 * ends. The execution of that getMore keeps the connection until then. What arrives while nobody asks is kept, and the
 * connection is not read from meanwhile, so that the server is held up by the network.
 *
 * <p>A server that answers with one batch only, and promises no other, is asked again like that of any cursor.
 */
final class ExhaustSource<T> implements CursorSource<T>, GetMoreOperation.Stream<T> {

    /** So many batches may wait here; another one waits with the cursor itself. */
    private static final int KEPT = 1;

    private final Engine engine;
    private final ServerCursor<T> cursor;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final ArrayDeque<DocumentBatch<T>> arrived = new ArrayDeque<>();
    private @Nullable Throwable failure;
    private @Nullable Asked<T> asked;
    /** Whether a getMore is under way. */
    private boolean streaming;
    /** The connection that it holds; {@code null} before the first batch of several. */
    private @Nullable Connection connection;
    /** Who hears what comes on it. */
    private @Nullable ReplyHandler handler;

    private boolean paused;
    private boolean stopped;
    /** Whether the server has told of its cursor's end. */
    private boolean ended;
    /** Completes when the getMore is over, for who has stopped it. */
    private @Nullable CompletableFuture<@Nullable Void> over;

    private volatile boolean cutOff;

    ExhaustSource(Engine engine, ServerCursor<T> cursor) {
        this.engine = engine;
        this.cursor = cursor;
    }

    /** The batch that somebody waits for, delivered where results are. */
    private static final class Asked<T> extends CarriedFuture<Batch<T>> {

        Asked(Engine engine) {
            super(engine);
        }

        @Override
        void unwanted(@Nullable Batch<T> value) {
            // The cursor waits for what it has asked for; nobody else has this future.
        }
    }

    @Override
    public CompletionStage<? extends Batch<T>> more(long cursorId) {
        Asked<T> next = new Asked<>(engine);
        Connection resumed = null;
        boolean start = false;
        lock.lock();
        try {
            DocumentBatch<T> kept = arrived.poll();
            Throwable failed = failure;
            if (kept != null) {
                next.complete(kept);
            } else if (failed != null) {
                failure = null;
                next.completeExceptionally(failed);
            } else {
                asked = next;
                start = !streaming;
                streaming = true;
            }
            if (paused && arrived.size() < KEPT) {
                paused = false;
                resumed = connection;
            }
        } finally {
            lock.unlock();
        }
        if (resumed != null) {
            resumed.resumeReplies();
        }
        if (start) {
            cursor.next(cursorId, this).whenComplete(this::over);
        }
        return next;
    }

    @Override
    public void onBatch(DocumentBatch<T> batch, Connection from, ReplyHandler by) {
        Asked<T> waiting;
        boolean stop;
        lock.lock();
        try {
            connection = from;
            handler = by;
            stop = stopped;
            waiting = stop ? null : asked;
            if (waiting != null) {
                asked = null;
            } else if (!stop) {
                arrived.add(batch);
            }
            if (!stop && arrived.size() >= KEPT) {
                paused = true;
                from.pauseReplies();
            }
        } finally {
            lock.unlock();
        }
        if (stop) {
            from.stopReplies(by);
        } else if (waiting != null) {
            waiting.succeed(batch);
        }
    }

    /** The getMore is over, with the last of its batches or with a failure. */
    private void over(@Nullable DocumentBatch<T> last, @Nullable Throwable failed) {
        Asked<T> waiting;
        CompletableFuture<@Nullable Void> stopping;
        Throwable cause = failed == null ? null : StageFailures.unwrapped(failed);
        lock.lock();
        try {
            streaming = false;
            paused = false;
            connection = null;
            handler = null;
            waiting = asked;
            asked = null;
            stopping = over;
            cutOff = cause instanceof StreamStoppedException;
            if (last != null) {
                ended = last.cursorId() == 0;
                if (waiting == null) {
                    arrived.add(last);
                }
            } else if (waiting == null) {
                failure = cause;
            }
        } finally {
            lock.unlock();
        }
        // Already where results are delivered: the getMore's own was.
        if (waiting != null) {
            if (last != null) {
                waiting.complete(last);
            } else if (cause != null) {
                waiting.completeExceptionally(cause);
            }
        }
        if (stopping != null) {
            stopping.complete(null);
        }
    }

    @Override
    public void interrupt() {
        stop();
    }

    /** Has the server send no more; {@code null} when it is not sending. */
    private @Nullable CompletableFuture<@Nullable Void> stop() {
        CompletableFuture<@Nullable Void> stopping;
        Connection used;
        ReplyHandler by;
        lock.lock();
        try {
            if (!streaming) {
                return null;
            }
            stopping = over;
            if (stopping == null) {
                stopping = new CompletableFuture<>();
                over = stopping;
            }
            stopped = true;
            used = connection;
            by = handler;
        } finally {
            lock.unlock();
        }
        if (used != null && by != null) {
            used.stopReplies(by);
        }
        return stopping;
    }

    @Override
    public CompletionStage<@Nullable Void> kill(long cursorId, @Nullable Duration timeout) {
        CompletableFuture<@Nullable Void> stopping = stop();
        if (stopping != null) {
            return stopping;
        }
        boolean gone;
        lock.lock();
        try {
            gone = ended || BatchCursor.isGone(failure);
        } finally {
            lock.unlock();
        }
        return gone ? CompletableFuture.completedFuture(null) : cursor.kill(cursorId, timeout);
    }

    @Override
    public boolean isCutOff() {
        return cutOff;
    }

    @Override
    public ServerAddress server() {
        return cursor.server();
    }

    @Override
    public ContextCarrier.@Nullable Snapshot captureContext() {
        return cursor.captureContext();
    }

    @Override
    public void release() {
        cursor.release();
    }
}
