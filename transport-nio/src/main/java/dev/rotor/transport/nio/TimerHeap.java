package dev.rotor.transport.nio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers by deadline, those of equal deadlines in the order they were added. A binary heap whose entries know their
 * place: a timer that is cancelled leaves at once, as most timers of a driver are deadlines that never come to pass.
 * Confined to one thread.
 */
final class TimerHeap {

    private @Nullable LoopTimer[] heap = new LoopTimer[32];
    private int size;
    private long added;

    int size() {
        return size;
    }

    /** The deadline of the first timer; only when there is one. */
    long firstDeadline() {
        return at(0).deadline;
    }

    void add(LoopTimer timer) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        timer.order = added++;
        siftUp(size++, timer);
    }

    /** Takes a timer out, wherever it stands. */
    void remove(LoopTimer timer) {
        int hole = timer.index;
        timer.index = LoopTimer.NOT_QUEUED;
        LoopTimer last = at(--size);
        heap[size] = null;
        if (last != timer) {
            siftDown(hole, last);
            if (last.index == hole) {
                siftUp(hole, last);
            }
        }
    }

    /** Takes out the first timer if its deadline has come. */
    @Nullable
    LoopTimer pollDue(long now) {
        if (size == 0 || firstDeadline() - now > 0) {
            return null;
        }
        LoopTimer first = at(0);
        remove(first);
        return first;
    }

    /** Forgets every timer. */
    void clear() {
        for (int i = 0; i < size; i++) {
            at(i).index = LoopTimer.NOT_QUEUED;
        }
        Arrays.fill(heap, 0, size, null);
        size = 0;
    }

    private void siftUp(int from, LoopTimer timer) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            LoopTimer above = at(parent);
            if (!before(timer, above)) {
                break;
            }
            place(hole, above);
            hole = parent;
        }
        place(hole, timer);
    }

    private void siftDown(int from, LoopTimer timer) {
        int hole = from;
        for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && before(at(child + 1), at(child))) {
                child++;
            }
            LoopTimer below = at(child);
            if (!before(below, timer)) {
                break;
            }
            place(hole, below);
            hole = child;
        }
        place(hole, timer);
    }

    private void place(int index, LoopTimer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    private LoopTimer at(int index) {
        LoopTimer timer = heap[index];
        if (timer == null) {
            throw new IllegalStateException("no timer at " + index + " of " + size);
        }
        return timer;
    }

    private static boolean before(LoopTimer a, LoopTimer b) {
        // Differences, because a nano clock may overflow.
        long difference = a.deadline - b.deadline;
        return difference < 0 || (difference == 0 && a.order - b.order < 0);
    }
}
