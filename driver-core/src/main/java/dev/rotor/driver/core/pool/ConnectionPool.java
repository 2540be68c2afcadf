package dev.rotor.driver.core.pool;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.transport.EventLoop;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server.
 *
 * @param <C> the kind of connection
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ConnectionPool<C extends PooledConnection> {

    /** The server. */
    public ServerAddress address() {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks a connection out. Where an idle one is there and nobody waits, it is returned at once, on this thread.
     * Otherwise {@code null} is returned and the listener is called exactly once, possibly before this method returns.
     *
     * @param listener hears the outcome when {@code null} is returned
     * @param deadline when to give up, see {@link dev.rotor.driver.core.time.Deadline}; the pool's own
     *     {@code maxWaitTime} applies as well
     * @param preferred take an idle connection of this loop where there is one; {@code null} for no preference
     */
    public @Nullable C checkOut(CheckoutListener<C> listener, long deadline, @Nullable EventLoop preferred) {
        throw new UnsupportedOperationException();
    }

    /** Takes a waiting listener out of the queue; it will not be called. Returns whether it was still waiting. */
    public boolean cancel(CheckoutListener<C> listener) {
        throw new UnsupportedOperationException();
    }

    /** Gives a connection back. Closed, stale and expired ones are not kept. */
    public void checkIn(C connection) {
        throw new UnsupportedOperationException();
    }

    /** The socket of a connection went away by itself. */
    public void perished(C connection) {
        throw new UnsupportedOperationException();
    }

    /** Makes the pool usable: the server was found to be there. */
    public void ready() {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes every connection stale and, except behind a load balancer, pauses the pool.
     *
     * @param cause the failure for which it is cleared, or {@code null}
     * @param serviceId behind a load balancer, the service whose connections are stale
     * @param interruptInUse whether connections in use are closed too
     */
    public void clear(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse) {
        throw new UnsupportedOperationException();
    }

    /** Closes all connections; waiting checkouts fail. Connections in use are closed when {@code interruptInUse}. */
    public void close(boolean interruptInUse) {
        throw new UnsupportedOperationException();
    }

    /** The current generation, of the service behind a load balancer. */
    public int generation(@Nullable ObjectId serviceId) {
        throw new UnsupportedOperationException();
    }
}
