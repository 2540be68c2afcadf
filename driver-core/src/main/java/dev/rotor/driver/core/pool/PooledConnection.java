package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.transport.EventLoop;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the pool needs of a connection, and where it keeps its own notes about it, so that a pooled connection needs no
 * wrapper.
 */
public abstract class PooledConnection {

    private final long id;
    private volatile int generation;

    // The pool's notes. All of them are guarded by the lock of the pool that owns this connection.

    /** Where this connection is in its life. */
    Life life = Life.PENDING;
    /** The pool that made this connection. */
    @Nullable
    Object owner;
    /** Its place in the pool's list of all connections. */
    int place = -1;
    /** Whether it is being established because an operation waits, rather than to fill the pool up. */
    boolean wanted;
    /** Whether somebody has checked it out and not yet given it back. */
    boolean out;
    /** Whether the pool closed its socket while it was in use. */
    boolean interrupted;
    /** What it has been kept out of the pool for. */
    Pin pin = Pin.NONE;
    /** Behind a load balancer, the service that it was counted for. */
    @Nullable
    ObjectId countedFor;
    /** When it was made. */
    long createdAt;
    /** When it became available; only where connections expire. */
    long availableSince;
    /** Neighbours among all available connections. */
    @Nullable
    PooledConnection newer;

    @Nullable
    PooledConnection older;
    /** Neighbours among the available connections of the same loop. */
    @Nullable
    PooledConnection newerOnLoop;

    @Nullable
    PooledConnection olderOnLoop;
    /** The available connections of its loop. */
    AvailableConnections.@Nullable LoopStack stack;

    /**
     * Makes a connection that is not open yet.
     *
     * @param id the pool's number for it, from 1
     * @param generation the pool's generation at this time
     */
    protected PooledConnection(long id, int generation) {
        this.id = id;
        this.generation = generation;
    }

    /** The pool's number for this connection, from 1: the driver-generated id of the specification. */
    public final long id() {
        return id;
    }

    /**
     * The pool's generation when this connection was made; behind a load balancer, the generation of its service, from
     * the moment on at which the service is known.
     */
    public final int generation() {
        return generation;
    }

    final void generation(int ofService) {
        generation = ofService;
    }

    /** The loop on which this connection lives; always the same. Called under the pool's lock. */
    public abstract EventLoop loop();

    /**
     * Establishes the connection: name resolution, TCP, TLS, handshake, authentication. Never blocks. The listener is
     * called exactly once, on any thread.
     */
    public abstract void open(OpenListener listener);

    /** Closes the socket at once; an operation in flight fails with {@code reason}. Harmless when closed already. */
    public abstract void close(MongoException reason);

    /** Whether the socket is gone, for whatever reason. Called under the pool's lock. */
    public abstract boolean isClosed();

    /** The load-balanced service that this connection reaches, once it is open; otherwise {@code null}. */
    public abstract @Nullable ObjectId serviceId();

    /** Why the socket is gone, for events; {@code null} while it is not, or where that is not known. */
    public @Nullable MongoException closedBy() {
        return null;
    }

    /** Hears how establishing a connection ended. */
    public interface OpenListener {
        /** The handshake has told {@link #serviceId}; authentication follows. Only where there is a service. */
        default void onServiceKnown() {}

        /** The connection is ready for commands. */
        void onOpened();

        /** It could not be established; the socket is closed already. */
        void onOpenFailed(MongoException cause);
    }

    /** The states of the specification; a failed one is pending until its failure has been told. */
    enum Life {
        PENDING,
        FAILED,
        AVAILABLE,
        IN_USE,
        CLOSED
    }
}
