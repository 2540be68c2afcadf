package dev.rotor.driver.core.cursor;

import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.StageFailures;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives every result of a cursor to a consumer, one after the other, until there are no more or it wants no more. It is
 * the promise that the user holds: whoever gives it up, by cancelling it or by a time limit, ends the cursor too.
 *
 * @param <T> what each result is read as
 * @param <R> what comes out in the end
 */
public final class CursorDrain<T, R extends @Nullable Object> extends DriverFuture<R> implements BatchListener<T> {

    private final Predicate<? super T> consumer;
    private final Supplier<R> result;

    /** Brings the cursor; {@code null} before the drain has begun. */
    private volatile @Nullable CompletionStage<BatchCursor<T>> opening;

    /** Set before the first batch is taken. */
    private volatile @Nullable BatchCursor<T> cursor;

    /** Whether something came since the last call for more; belongs to whoever has the batch in hand. */
    private boolean delivered = true;

    private CursorDrain(LoopGuard guard, Predicate<? super T> consumer, Supplier<R> result) {
        super(guard);
        this.consumer = consumer;
        this.result = result;
    }

    /**
     * Drains a cursor as soon as it is open.
     *
     * @param opening the cursor
     * @param consumer {@code false} ends it; what it throws fails the future; either closes the cursor
     * @param result what the future completes with when the cursor has ended, or has been closed at the consumer's wish
     */
    public static <T, R extends @Nullable Object> CursorDrain<T, R> start(
            LoopGuard guard,
            CompletionStage<BatchCursor<T>> opening,
            Predicate<? super T> consumer,
            Supplier<R> result) {
        CursorDrain<T, R> drain = new CursorDrain<>(guard, consumer, result);
        drain.opening = opening;
        opening.whenComplete(drain::opened);
        return drain;
    }

    private void opened(@Nullable BatchCursor<T> source, @Nullable Throwable failure) {
        if (source != null) {
            cursor = source;
            run(source);
        } else if (failure != null) {
            completeExceptionally(StageFailures.unwrapped(failure));
        }
    }

    private void run(BatchCursor<T> source) {
        try {
            if (isDone()) {
                source.close();
                return;
            }
            Batch<T> batch = next(source);
            while (batch != null && consume(source, batch)) {
                batch = next(source);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Asks for more; those who do so until something comes make one call of it. */
    private @Nullable Batch<T> next(BatchCursor<T> source) {
        if (delivered) {
            delivered = false;
            source.iterate();
        }
        return source.take(this);
    }

    /** Returns whether there may be more. */
    private boolean consume(BatchCursor<T> source, Batch<T> batch) {
        while (batch.advance()) {
            delivered = true;
            if (isDone() || !consumer.test(batch.read())) {
                source.close();
                complete(result.get());
                return false;
            }
        }
        if (batch.cursorId() == 0) {
            complete(result.get());
            return false;
        }
        if (isDone()) {
            source.close();
            return false;
        }
        return true;
    }

    private void fail(Throwable failure) {
        BatchCursor<T> source = cursor;
        if (source != null) {
            source.close();
        }
        completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (!cancelled) {
            return false;
        }
        BatchCursor<T> source = cursor;
        CompletionStage<BatchCursor<T>> awaited = opening;
        if (source != null) {
            source.close();
        } else if (awaited != null) {
            awaited.toCompletableFuture().cancel(mayInterruptIfRunning);
        }
        return true;
    }

    @Override
    public void onBatch(Batch<T> batch) {
        BatchCursor<T> source = cursor;
        if (source == null) {
            throw new IllegalStateException("a batch of no cursor");
        }
        try {
            if (!consume(source, batch)) {
                return;
            }
        } catch (Throwable e) {
            fail(e);
            return;
        }
        run(source);
    }

    @Override
    public void onBatchFailed(Throwable failure) {
        fail(failure);
    }
}
