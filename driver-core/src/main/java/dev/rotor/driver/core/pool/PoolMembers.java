package dev.rotor.driver.core.pool;

import dev.rotor.driver.core.pool.Effect.CloseReason;
import dev.rotor.driver.core.pool.PooledConnection.Life;
import java.util.ArrayList;
import java.util.List;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool, in which state each is, and how many are in each: the book-keeping below
 * {@link PoolState}, without a decision of its own. Not thread-safe.
 */
final class PoolMembers<C extends PooledConnection> {

    final AvailableConnections<C> available = new AvailableConnections<>();
    final ServiceGenerations services = new ServiceGenerations();

    private final List<C> all = new ArrayList<>();
    private final Object owner;
    private final boolean loadBalanced;
    private final long maxIdleNanos;
    private int generation;
    private int inUse;
    private int pending;
    private int useful;
    private int wanted;
    private int byCursors;
    private int byTransactions;

    PoolMembers(Object owner, boolean loadBalanced, long maxIdleNanos) {
        this.owner = owner;
        this.loadBalanced = loadBalanced;
        this.maxIdleNanos = maxIdleNanos;
    }

    int size() {
        return all.size();
    }

    /** From last to first, members may be removed while they are gone through. */
    C get(int index) {
        return all.get(index);
    }

    int generation() {
        return generation;
    }

    /** How many are being established. */
    int pending() {
        return pending;
    }

    /** Of {@link #pending}, those that will be of use when established: of the current generation. */
    int useful() {
        return useful;
    }

    /** Of {@link #useful}, those that are being established because an operation waits. */
    int wanted() {
        return wanted;
    }

    /** Makes all members stale. */
    void nextGeneration() {
        generation++;
        nothingUseful();
    }

    /** Whatever is being established is of no use any more. */
    void nothingUseful() {
        useful = 0;
        wanted = 0;
    }

    /** Adds a connection that is to be established. */
    void add(C connection, boolean forWaiter, long now) {
        connection.owner = owner;
        connection.wanted = forWaiter;
        connection.createdAt = now;
        connection.place = all.size();
        all.add(connection);
        pending++;
        useful++;
        if (forWaiter) {
            wanted++;
        }
    }

    /** Whether a pending connection is counted in {@link #useful}. */
    boolean isUseful(C connection) {
        return loadBalanced || connection.generation() == generation;
    }

    /** How a pending connection ends is known: it is not on its way any more, but still counted as pending. */
    void decided(C connection) {
        if (isUseful(connection)) {
            useful--;
            if (connection.wanted) {
                wanted--;
            }
        }
    }

    /** A connection that was pending or in use is so no more. */
    void release(C connection) {
        switch (connection.life) {
            case PENDING, FAILED -> pending--;
            case IN_USE -> {
                inUse--;
                pin(connection, Pin.NONE);
            }
            case AVAILABLE, CLOSED -> {}
        }
    }

    /** Marks a connection that has been released as in use. */
    void checkedOut(C connection) {
        connection.life = Life.IN_USE;
        connection.out = true;
        inUse++;
    }

    /** Marks a connection that has been released as available. */
    void makeAvailable(C connection, long now) {
        connection.life = Life.AVAILABLE;
        connection.availableSince = now;
        available.add(connection);
    }

    /** Marks a connection as closed, so that it is counted nowhere any more. It is not among the available ones. */
    void remove(C connection) {
        release(connection);
        connection.life = Life.CLOSED;
        C last = all.remove(all.size() - 1);
        if (last != connection) {
            all.set(connection.place, last);
            last.place = connection.place;
        }
        connection.place = -1;
        services.forget(connection);
    }

    void pin(C connection, Pin purpose) {
        count(connection.pin, -1);
        connection.pin = purpose;
        count(purpose, 1);
    }

    private void count(Pin purpose, int by) {
        if (purpose == Pin.CURSOR) {
            byCursors += by;
        } else if (purpose == Pin.TRANSACTION) {
            byTransactions += by;
        }
    }

    boolean isStale(C connection) {
        return loadBalanced ? services.isStale(connection) : connection.generation() != generation;
    }

    int generation(@Nullable ObjectId serviceId) {
        return loadBalanced ? services.generation(serviceId) : generation;
    }

    /** Why an available connection must not be given out; {@code null} if it may. */
    @Nullable
    CloseReason perishedWhileAvailable(C connection, long now) {
        if (isStale(connection)) {
            return CloseReason.STALE;
        }
        if (connection.isClosed()) {
            return CloseReason.ERROR;
        }
        return maxIdleNanos > 0 && now - connection.availableSince >= maxIdleNanos ? CloseReason.IDLE : null;
    }

    /** Why a connection that is given back must not be kept; {@code null} if it may. */
    @Nullable
    CloseReason perishedWhileInUse(C connection) {
        if (connection.interrupted) {
            return CloseReason.STALE;
        }
        if (connection.isClosed()) {
            // Most often it is stale as well, but by its own fault.
            return CloseReason.ERROR;
        }
        return isStale(connection) ? CloseReason.STALE : null;
    }

    PoolStatistics statistics(int waiting, long longestWaitNanos) {
        return new PoolStatistics(
                available.size(), inUse, pending, waiting, longestWaitNanos, byCursors, byTransactions);
    }
}
