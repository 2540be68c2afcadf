package dev.rotor.driver.core.pool;

import dev.rotor.driver.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The checkouts that wait, in the order in which they came. The first so many of them are <em>covered</em>: a
 * connection is being established for them. Whatever comes first, that connection or one that is given back, goes to
 * the first in the queue. As the specification has it, the pool's own timeout ends with the wait for permission to
 * establish; a covered checkout is bounded by its operation's deadline only. Not thread-safe.
 */
final class WaitQueue<C extends PooledConnection> {

    private final DeadlineHeap<C> deadlines = new DeadlineHeap<>();
    private @Nullable Waiter<C> first;
    private @Nullable Waiter<C> last;
    private @Nullable Waiter<C> firstUncovered;
    private int size;
    private int covered;

    int size() {
        return size;
    }

    /** How many are covered. */
    int covered() {
        return covered;
    }

    /** The one that has waited longest, or {@code null}. */
    @Nullable
    Waiter<C> first() {
        return first;
    }

    /** When the next wait ends, or {@link Deadline#NONE}. */
    long nearestDeadline() {
        return deadlines.nearest();
    }

    /** Adds one at the end, not covered. */
    void add(Waiter<C> waiter) {
        Waiter<C> before = last;
        waiter.earlier = before;
        last = waiter;
        if (before == null) {
            first = waiter;
        } else {
            before.later = waiter;
        }
        if (firstUncovered == null) {
            firstUncovered = waiter;
        }
        size++;
        deadlines.add(waiter);
    }

    /** Covers waiters from the front until there are {@code count} of them, or none is left. */
    void cover(int count) {
        while (covered < count && firstUncovered != null) {
            Waiter<C> waiter = firstUncovered;
            firstUncovered = waiter.later;
            waiter.covered = true;
            covered++;
            if (waiter.deadline != waiter.operationDeadline) {
                deadlines.remove(waiter);
                waiter.deadline = waiter.operationDeadline;
                deadlines.add(waiter);
            }
        }
    }

    /** Takes the first out; {@code null} if nobody waits. */
    @Nullable
    Waiter<C> poll() {
        Waiter<C> waiter = first;
        if (waiter != null) {
            remove(waiter);
        }
        return waiter;
    }

    /** Takes one out whose wait is over; {@code null} if there is none. */
    @Nullable
    Waiter<C> pollExpired(long now) {
        Waiter<C> waiter = deadlines.peek();
        if (waiter == null || !Deadline.passed(waiter.deadline, now)) {
            return null;
        }
        remove(waiter);
        return waiter;
    }

    /** Finds the one of this listener; {@code null} if it does not wait. */
    @Nullable
    Waiter<C> find(CheckoutListener<C> listener) {
        for (Waiter<C> waiter = first; waiter != null; waiter = waiter.later) {
            if (waiter.listener == listener) {
                return waiter;
            }
        }
        return null;
    }

    /** Takes one out that is in the queue. */
    void remove(Waiter<C> waiter) {
        Waiter<C> before = waiter.earlier;
        Waiter<C> after = waiter.later;
        if (before == null) {
            first = after;
        } else {
            before.later = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.earlier = before;
        }
        if (firstUncovered == waiter) {
            firstUncovered = after;
        }
        waiter.earlier = null;
        waiter.later = null;
        if (waiter.covered) {
            covered--;
        }
        size--;
        deadlines.remove(waiter);
    }
}
