package dev.rotor.driver.core.pool;

import org.jspecify.annotations.Nullable;

/** One checkout that waits; a node of {@link WaitQueue}. */
final class Waiter<C extends PooledConnection> {

    final CheckoutListener<C> listener;
    /** When the checkout began. */
    final long started;
    /** When the operation gives up. */
    final long operationDeadline;

    /** When the wait ends: the operation's deadline, or the pool's before that while nothing is being established. */
    long deadline;
    /** Whether a connection is being established for it, so that it has left the queue of the specification. */
    boolean covered;
    /** Its place among the deadlines, or -1. */
    int heapIndex = -1;

    @Nullable
    Waiter<C> earlier;

    @Nullable
    Waiter<C> later;

    Waiter(CheckoutListener<C> listener, long started, long operationDeadline, long deadline) {
        this.listener = listener;
        this.started = started;
        this.operationDeadline = operationDeadline;
        this.deadline = deadline;
    }
}
