package dev.rotor.driver.core.pool;

/**
 * A pool at one moment.
 *
 * @param available established connections that nobody uses
 * @param inUse connections that are checked out
 * @param pending connections that are being established
 * @param waiting operations that wait for a connection
 * @param longestWaitNanos how long the operation that has waited longest has waited, in nanoseconds; 0 if none waits
 * @param pinnedByCursors connections in use that cursors hold
 * @param pinnedByTransactions connections in use that transactions hold
 */
public record PoolStatistics(
        int available,
        int inUse,
        int pending,
        int waiting,
        long longestWaitNanos,
        int pinnedByCursors,
        int pinnedByTransactions) {

    /** All connections of the pool. */
    public int total() {
        return available + inUse + pending;
    }
}
