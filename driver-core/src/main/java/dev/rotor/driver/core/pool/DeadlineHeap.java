package dev.rotor.driver.core.pool;

import dev.rotor.driver.core.time.Deadline;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Waiters by their deadlines, nearest first: a binary heap in which each waiter knows its place, so that one can leave
 * from the middle. One timer for the nearest is then enough, however many wait. Not thread-safe.
 */
final class DeadlineHeap<C extends PooledConnection> {

    private @Nullable Waiter<C>[] heap = newHeap(16);
    private int size;

    /** Adds a waiter, unless it has no deadline. */
    void add(Waiter<C> waiter) {
        if (waiter.deadline == Deadline.NONE) {
            return;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        up(size++, waiter);
    }

    /** Takes a waiter out, if it is in. */
    void remove(Waiter<C> waiter) {
        int index = waiter.heapIndex;
        if (index < 0) {
            return;
        }
        waiter.heapIndex = -1;
        Waiter<C> last = get(--size);
        heap[size] = null;
        if (last != waiter) {
            down(index, last);
            if (last.heapIndex == index) {
                up(index, last);
            }
        }
    }

    /** The nearest deadline, or {@link Deadline#NONE}. */
    long nearest() {
        return size == 0 ? Deadline.NONE : get(0).deadline;
    }

    /** The waiter with the nearest deadline, or {@code null}. */
    @Nullable
    Waiter<C> peek() {
        return heap[0];
    }

    int size() {
        return size;
    }

    private void up(int start, Waiter<C> waiter) {
        int index = start;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            Waiter<C> above = get(parent);
            if (waiter.deadline - above.deadline >= 0) {
                break;
            }
            put(index, above);
            index = parent;
        }
        put(index, waiter);
    }

    private void down(int start, Waiter<C> waiter) {
        int index = start;
        int half = size >>> 1;
        while (index < half) {
            int child = 2 * index + 1;
            Waiter<C> below = get(child);
            if (child + 1 < size && get(child + 1).deadline - below.deadline < 0) {
                below = get(++child);
            }
            if (waiter.deadline - below.deadline <= 0) {
                break;
            }
            put(index, below);
            index = child;
        }
        put(index, waiter);
    }

    private void put(int index, Waiter<C> waiter) {
        heap[index] = waiter;
        waiter.heapIndex = index;
    }

    private Waiter<C> get(int index) {
        Waiter<C> waiter = heap[index];
        assert waiter != null;
        return waiter;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of parameterised types.
    private static <C extends PooledConnection> @Nullable Waiter<C>[] newHeap(int length) {
        return new Waiter[length];
    }
}
