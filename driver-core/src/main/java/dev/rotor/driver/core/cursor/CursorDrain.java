package dev.rotor.driver.core.cursor;

import dev.rotor.driver.core.future.DriverFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Gives every result of a cursor to a consumer, one after the other, until there are no more or it wants no more. */
public final class CursorDrain<T> extends DriverFuture<@Nullable Void> implements BatchListener<T> {

    private final BatchCursor<T> cursor;
    private final Predicate<? super T> consumer;

    private CursorDrain(LoopGuard guard, BatchCursor<T> cursor, Predicate<? super T> consumer) {
        super(guard);
        this.cursor = cursor;
        this.consumer = consumer;
    }

    /**
     * Drains a cursor.
     *
     * @param consumer {@code false} ends it; what it throws fails the future; either closes the cursor
     * @return completes when the cursor has ended, or has been closed at the consumer's wish
     */
    public static <T> CursorDrain<T> start(LoopGuard guard, BatchCursor<T> cursor, Predicate<? super T> consumer) {
        CursorDrain<T> drain = new CursorDrain<>(guard, cursor, consumer);
        drain.run();
        return drain;
    }

    private void run() {
        try {
            Batch<T> batch = cursor.take(this);
            while (batch != null && consume(batch)) {
                batch = cursor.take(this);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Returns whether there may be more. */
    private boolean consume(Batch<T> batch) {
        while (batch.advance()) {
            if (isDone() || !consumer.test(batch.read())) {
                cursor.close();
                complete(null);
                return false;
            }
        }
        if (batch.cursorId() == 0) {
            complete(null);
            return false;
        }
        if (isDone()) {
            cursor.close();
            return false;
        }
        return true;
    }

    private void fail(Throwable failure) {
        cursor.close();
        completeExceptionally(failure);
    }

    @Override
    public void onBatch(Batch<T> batch) {
        try {
            if (!consume(batch)) {
                return;
            }
        } catch (Throwable e) {
            fail(e);
            return;
        }
        run();
    }

    @Override
    public void onBatchFailed(Throwable failure) {
        fail(failure);
    }
}
