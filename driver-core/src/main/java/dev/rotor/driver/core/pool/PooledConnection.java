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
    private final int generation;

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

    /** The pool's generation when this connection was made. */
    public final int generation() {
        return generation;
    }

    /** The loop on which this connection lives. */
    public abstract EventLoop loop();

    /**
     * Establishes the connection: name resolution, TCP, TLS, handshake, authentication. Never blocks. The listener is
     * called exactly once, on any thread.
     */
    public abstract void open(OpenListener listener);

    /** Closes the socket at once; an operation in flight fails with {@code reason}. Harmless when closed already. */
    public abstract void close(MongoException reason);

    /** Whether the socket is gone, for whatever reason. */
    public abstract boolean isClosed();

    /** The load-balanced service that this connection reaches, once it is open; otherwise {@code null}. */
    public abstract @Nullable ObjectId serviceId();

    /** Hears how establishing a connection ended. */
    public interface OpenListener {
        /** The connection is ready for commands. */
        void onOpened();

        /** It could not be established; the socket is closed already. */
        void onOpenFailed(MongoException cause);
    }
}
