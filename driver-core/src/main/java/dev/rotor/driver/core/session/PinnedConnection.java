package dev.rotor.driver.core.session;

import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.Pin;
import dev.rotor.driver.core.topology.Server;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection behind a load balancer that stays checked out, because the next command must reach the same service:
 * that of a cursor or a transaction. Transaction, cursors and the operation under way hold it together; with the last
 * of them it goes back to its pool.
 */
public final class PinnedConnection {

    private final Server server;
    private final Connection connection;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean busy = new AtomicBoolean(true);

    /**
     * Keeps a connection that is checked out. The caller is its first holder, and uses it already: others may find it
     * the moment that it is known.
     */
    public PinnedConnection(Server server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** Tells the pool what it is kept for. */
    public void purpose(Pin purpose) {
        server.pool().pin(connection, purpose);
    }

    /** The load balancer. */
    public Server server() {
        return server;
    }

    /** The connection. */
    public Connection connection() {
        return connection;
    }

    /**
     * An operation begins to use it; {@code false} if another one has not ended. A connection carries one at a time.
     */
    public boolean startUse() {
        return busy.compareAndSet(false, true);
    }

    /** The operation that uses it has ended. */
    public void endUse() {
        busy.set(false);
    }

    /** Another holder; only for those who know that there is one. */
    public PinnedConnection retain() {
        holders.incrementAndGet();
        return this;
    }

    /** A holder needs it no more. */
    public void release() {
        if (holders.decrementAndGet() == 0) {
            server.pool().checkIn(connection);
        }
    }
}
