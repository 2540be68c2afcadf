package dev.rotor.driver.core.cursor;

import dev.rotor.driver.AsyncCursor;
import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.future.ContextFuture;
import dev.rotor.driver.core.future.DriverFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The cursor that users hold: results one by one or batch by batch, one call at a time. */
public class DocumentCursor<T> implements AsyncCursor<T> {

    private final DriverFuture.LoopGuard guard;
    private final BatchCursor<T> cursor;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** The batch being consumed; belongs to the call that has set {@link #busy}. */
    private @Nullable Batch<T> current;

    /** Whether the batch that came with the cursor has been taken; belongs to the same call. */
    private boolean firstTaken;

    /**
     * A failure that nobody was told of, which the next call is: of a round trip or of a document whose call was given
     * up, or of a document behind those that were given. Written by the same call, before it is over.
     */
    private volatile @Nullable Throwable untold;

    /** Closes it when nobody can any more; {@code null} where there is nothing to close. */
    private volatile Cleaner.@Nullable Cleanable watch;

    private volatile boolean exhausted;
    /** Whether the user has closed it, so that what is here already is not given to a consumer any more. */
    private volatile boolean closed;

    private @Nullable ClientSession session;

    /** A cursor over these batches. */
    public DocumentCursor(DriverFuture.LoopGuard guard, BatchCursor<T> cursor) {
        this.guard = guard;
        this.cursor = cursor;
    }

    /** Tells the session that it belongs to. To be called before the user has it. */
    public final void ofSession(@Nullable ClientSession session) {
        this.session = session;
    }

    @Override
    public final @Nullable ClientSession session() {
        return session;
    }

    /**
     * Has it closed when its user forgets to. To be called before the user has it.
     *
     * @param opened where it was opened, or {@code null}
     */
    public final void closeIfAbandoned(AbandonedCursors abandoned, @Nullable Throwable opened) {
        // What came whole, with the first batch, holds nothing.
        if (cursor.cursorId() != 0) {
            watch = abandoned.watch(this, cursor, opened);
        }
    }

    private void unwatch() {
        Cleaner.Cleanable watching = watch;
        if (watching != null) {
            watch = null;
            watching.clean();
        }
    }

    @Override
    public CompletionStage<@Nullable T> next() {
        return call(new Next<>(this, false));
    }

    @Override
    public CompletionStage<@Nullable T> tryNext() {
        return call(new Next<>(this, true));
    }

    @Override
    public CompletionStage<List<T>> nextBatch() {
        return call(new NextBatch<>(this));
    }

    @Override
    public CompletionStage<List<T>> toList() {
        return call(new ToList<>(this, Integer.MAX_VALUE));
    }

    @Override
    public CompletionStage<List<T>> toList(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
        return call(new ToList<>(this, limit));
    }

    @Override
    public CompletionStage<Void> forEach(Consumer<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return forEachWhile(result -> {
            consumer.accept(result);
            return true;
        });
    }

    @Override
    public CompletionStage<Void> forEachWhile(Predicate<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return call(new ForEach<>(this, consumer));
    }

    private <R extends @Nullable Object> CompletionStage<R> call(Call<T, R> call) {
        if (!busy.compareAndSet(false, true)) {
            call.completeExceptionally(new IllegalStateException(
                    "the cursor is asked for the next result while the last call is not complete; chain the calls"));
        } else if (closed || (cursor.isClosed() && !cursor.hasFailure() && untold == null)) {
            current = null;
            untold = null;
            call.fail(new IllegalStateException("the cursor is closed"));
        } else {
            cursor.iterate();
            call.run();
        }
        return call;
    }

    /** One call under way. */
    private abstract static class Call<T, R extends @Nullable Object> extends DriverFuture<R>
            implements BatchListener<T> {

        private static final VarHandle DECIDED;

        static {
            try {
                DECIDED = MethodHandles.lookup().findVarHandle(Call.class, "decided", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        final DocumentCursor<T> owner;

        /**
         * Whether somebody ends this call, with an answer or by giving it up: it is the first one, and the only one.
         */
        @SuppressWarnings("unused") // By way of DECIDED.
        private volatile boolean decided;

        /** Whether the present batch took a round trip for this call. */
        boolean tookRoundTrip;

        Call(DocumentCursor<T> owner) {
            super(owner.guard);
            this.owner = owner;
        }

        /** Answers from a batch, perhaps with "nothing yet"; returns whether it has answered. */
        abstract boolean answer(Batch<T> batch);

        /** The answer when the cursor has ended. */
        abstract @Nullable R nothing();

        /** Takes care of an answer that came after the call was given up. */
        void unwanted(@Nullable R result) {}

        final void run() {
            try {
                Throwable failed = owner.untold;
                if (failed != null) {
                    owner.untold = null;
                    fail(failed);
                    return;
                }
                Batch<T> batch = owner.current;
                if (batch == null) {
                    batch = fromServer();
                }
                while (batch != null && !handle(batch)) {
                    batch = fromServer();
                }
            } catch (Throwable e) {
                fail(e);
            }
        }

        /** The next batch took a round trip, be it one that was made ahead; the first came with the cursor. */
        private @Nullable Batch<T> fromServer() {
            Batch<T> batch = owner.cursor.take(this);
            if (batch != null) {
                tookRoundTrip = owner.firstTaken;
                owner.firstTaken = true;
            }
            return batch;
        }

        private boolean handle(Batch<T> batch) {
            owner.current = batch;
            if (batch.cursorId() == 0) {
                owner.unwatch();
            }
            if (isDone()) {
                // Nobody wants the answer any more: what has come is for the next call.
                owner.busy.set(false);
                return true;
            }
            if (answer(batch)) {
                return true;
            }
            owner.current = null;
            if (batch.cursorId() == 0) {
                owner.exhausted = true;
                succeed(nothing());
                return true;
            }
            return false;
        }

        // The cursor is free before whoever waits for the answer hears of it, and asks again. So it has to be known
        // beforehand whether that answer is still wanted: what is not must be there for the call that comes then.

        final void succeed(@Nullable R result) {
            if (decide()) {
                owner.busy.set(false);
                super.complete(result);
            } else {
                unwanted(result);
                owner.busy.set(false);
            }
        }

        final void fail(Throwable failure) {
            if (decide()) {
                owner.busy.set(false);
                super.completeExceptionally(failure);
            } else {
                owner.untold = failure;
                owner.busy.set(false);
            }
        }

        /** The same with a failure that is of no concern to further calls. */
        final void failAlone(Throwable failure) {
            owner.busy.set(false);
            completeExceptionally(failure);
        }

        private boolean decide() {
            return DECIDED.compareAndSet(this, false, true);
        }

        @Override
        public final boolean complete(@Nullable R result) {
            return decide() && super.complete(result);
        }

        @Override
        public final boolean completeExceptionally(Throwable failure) {
            return decide() && super.completeExceptionally(failure);
        }

        @Override
        public final boolean cancel(boolean mayInterruptIfRunning) {
            return decide() ? super.cancel(mayInterruptIfRunning) : isCancelled();
        }

        @Override
        public final void onBatch(Batch<T> batch) {
            tookRoundTrip = true;
            try {
                if (handle(batch)) {
                    return;
                }
            } catch (Throwable e) {
                fail(e);
                return;
            }
            run();
        }

        @Override
        public final void onBatchFailed(Throwable failure) {
            owner.current = null;
            if (owner.cursor.isClosed()) {
                fail(failure);
            } else {
                // The next call makes up for it: nothing is lost.
                failAlone(failure);
            }
        }
    }

    private static final class Next<T> extends Call<T, @Nullable T> {

        private final boolean oneRoundTrip;

        Next(DocumentCursor<T> owner, boolean oneRoundTrip) {
            super(owner);
            this.oneRoundTrip = oneRoundTrip;
        }

        @Override
        boolean answer(Batch<T> batch) {
            if (batch.advance()) {
                succeed(batch.read());
                return true;
            }
            if (oneRoundTrip && tookRoundTrip && batch.cursorId() != 0) {
                owner.current = null;
                succeed(null);
                return true;
            }
            return false;
        }

        @Override
        @Nullable
        T nothing() {
            return null;
        }

        @Override
        void unwanted(@Nullable T result) {
            Batch<T> rest = owner.current;
            if (result != null && rest != null) {
                owner.current = GivenBack.of(List.of(result), null, rest);
            }
        }
    }

    private static final class NextBatch<T> extends Call<T, List<T>> {

        NextBatch(DocumentCursor<T> owner) {
            super(owner);
        }

        @Override
        boolean answer(Batch<T> batch) {
            List<T> results = new ArrayList<>();
            try {
                while (batch.advance()) {
                    results.add(batch.read());
                }
            } catch (Throwable e) {
                if (results.isEmpty()) {
                    throw e;
                }
                // What was read is not to be lost; the next call is told why it ends here.
                owner.untold = e;
            }
            if (results.isEmpty()) {
                return false;
            }
            succeed(Collections.unmodifiableList(results));
            return true;
        }

        @Override
        List<T> nothing() {
            return List.of();
        }

        @Override
        void unwanted(@Nullable List<T> results) {
            Batch<T> rest = owner.current;
            if (results != null && !results.isEmpty() && rest != null) {
                owner.current = GivenBack.of(results, owner.untold, rest);
                owner.untold = null;
            }
        }
    }

    private static final class ToList<T> extends Call<T, List<T>> {

        private final int limit;
        private final List<T> results = new ArrayList<>();

        ToList(DocumentCursor<T> owner, int limit) {
            super(owner);
            this.limit = limit;
        }

        @Override
        boolean answer(Batch<T> batch) {
            while (batch.advance()) {
                results.add(batch.read());
                if (results.size() == limit) {
                    succeed(nothing());
                    return true;
                }
            }
            if (isDone()) {
                succeed(nothing());
                return true;
            }
            return false;
        }

        @Override
        List<T> nothing() {
            return Collections.unmodifiableList(results);
        }
    }

    private static final class ForEach<T> extends Call<T, Void> {

        private final Predicate<? super T> consumer;

        ForEach(DocumentCursor<T> owner, Predicate<? super T> consumer) {
            super(owner);
            this.consumer = consumer;
        }

        @Override
        boolean answer(Batch<T> batch) {
            while (!isDone() && batch.advance()) {
                if (owner.closed) {
                    throw new IllegalStateException("the cursor is closed");
                }
                T result = batch.read();
                boolean wantsMore;
                try {
                    wantsMore = consumer.test(result);
                } catch (Throwable e) {
                    failAlone(e);
                    return true;
                }
                if (!wantsMore) {
                    succeed(nothing());
                    return true;
                }
            }
            if (isDone()) {
                succeed(nothing());
                return true;
            }
            return false;
        }

        @Override
        @Nullable
        Void nothing() {
            return null;
        }
    }

    @Override
    public boolean isExhausted() {
        if (exhausted || closed) {
            return true;
        }
        // In this order: a call that takes a failure is under way by then, and leaves it here before it is over.
        return cursor.isClosed() && !cursor.hasFailure() && !busy.get() && untold == null;
    }

    @Override
    public long cursorId() {
        return cursor.cursorId();
    }

    @Override
    public ServerAddress server() {
        return cursor.server();
    }

    @Override
    public void close() {
        closed = true;
        cursor.close();
        unwatch();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        return closeAsync(null);
    }

    @Override
    public CompletionStage<Void> closeAsync(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + timeout);
        }
        closed = true;
        DriverFuture<Void> done = ContextFuture.in(cursor.captureContext(), guard);
        cursor.close(timeout).whenComplete((none, failure) -> done.complete(null));
        unwatch();
        return done;
    }
}
