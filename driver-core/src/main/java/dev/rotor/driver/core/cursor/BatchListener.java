package dev.rotor.driver.core.cursor;

/** Hears of the batch that {@link BatchCursor#take} had to wait for. Called exactly once, on any thread. */
public interface BatchListener<T> {

    /** The batch; after the end an empty one with cursor id 0. */
    void onBatch(Batch<T> batch);

    /** The round trip failed, or the cursor was closed meanwhile ({@link IllegalStateException}). */
    void onBatchFailed(Throwable failure);
}
