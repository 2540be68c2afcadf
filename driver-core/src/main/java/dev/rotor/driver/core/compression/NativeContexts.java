package dev.rotor.driver.core.compression;

import dev.rotor.driver.core.wire.SlotPool;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps things that are costly to make and hold memory apart from the heap: some while the client lives, none after it
 * has been closed. Nobody waits for one.
 */
final class NativeContexts<T> {

    /** As many threads as compress at the same moment find one. */
    private static final int KEPT = 8;

    private final SlotPool<T> pool = new SlotPool<>(KEPT);
    private final Supplier<? extends T> maker;
    private final Consumer<? super T> end;
    private volatile boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param maker makes a new thing
     * @param end gives its memory back
     */
    NativeContexts(Supplier<? extends T> maker, Consumer<? super T> end) {
        this.maker = maker;
        this.end = end;
    }

    /** A thing for the caller alone. */
    T take() {
        @Nullable T kept = pool.take();
        return kept != null ? kept : maker.get();
    }

    /** Takes it back, as good as new. */
    void give(T thing) {
        if (closed || !pool.give(thing)) {
            end.accept(thing);
        } else if (closed) {
            // Closed in between: nobody else may come to look.
            drain();
        }
    }

    /** Ends it: it may be in no state to be used again. */
    void drop(T thing) {
        end.accept(thing);
    }

    void close() {
        closed = true;
        drain();
    }

    private void drain() {
        for (T kept = pool.take(); kept != null; kept = pool.take()) {
            end.accept(kept);
        }
    }
}
