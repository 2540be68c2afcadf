package dev.rotor.driver.core.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool without a lock: taking and giving exchange one slot of an array. When it is empty the taker makes a
 * new thing, when it is full the given thing is left to the garbage collector, so nobody ever waits. There are no nodes
 * and hence nothing to allocate and no ABA problem.
 */
public final class SlotPool<T> {

    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;

    /**
     * Makes an empty pool.
     *
     * @param capacity most things kept, a power of two
     */
    public SlotPool(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two: " + capacity);
        }
        this.slots = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
    }

    /** A pooled thing, or {@code null} when there is none. */
    public @Nullable T take() {
        int start = start();
        for (int i = 0; i <= mask; i++) {
            int slot = (start + i) & mask;
            // The plain look first: a failed exchange would take the cache line away from others.
            if (slots.get(slot) != null) {
                T taken = slots.getAndSet(slot, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return null;
    }

    /** Keeps a thing; returns whether there was room. */
    public boolean give(T thing) {
        int start = start();
        for (int i = 0; i <= mask; i++) {
            int slot = (start + i) & mask;
            if (slots.get(slot) == null && slots.compareAndSet(slot, null, thing)) {
                return true;
            }
        }
        return false;
    }

    /** Each thread starts at a place of its own, so that threads seldom meet. */
    private static int start() {
        return (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
