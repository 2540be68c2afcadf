package dev.rotor.driver.core.conn;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.topology.TopologyVersion;
import dev.rotor.driver.transport.EventLoop;
import org.bson.BsonDocument;

/**
 * A connection that a server monitor uses for nothing but hello. It is never authenticated and belongs to no pool.
 *
 * <p>Every method is called on the loop that the connection was made for, and the listener is called on that loop,
 * where it may be called before the method returns. At most one request is under way. Whether hello or its legacy name
 * is sent ({@code helloOk}, Stable API) is the connection's affair.
 */
public interface MonitorConnection {

    /**
     * Connects (name resolution, TCP, TLS) and sends the handshake's hello, without authentication and without
     * {@code saslSupportedMechs}. Called once, first.
     *
     * @param timeoutNanos how long all of it may take; 0 for no limit
     * @param listener hears the hello reply, or why there is none
     */
    void open(long timeoutNanos, Listener listener);

    /**
     * Sends a hello that is answered at once. Called only after the previous request has ended.
     *
     * @param timeoutNanos how long the reply may take; 0 for no limit
     * @param listener hears the reply, or why there is none
     */
    void hello(long timeoutNanos, Listener listener);

    /**
     * Sends a hello that the server answers when its topology version is no longer the given one or the time is over,
     * with exhaustAllowed: the listener is called for each reply until one has no moreToCome.
     *
     * @param topologyVersion what is known already
     * @param maxAwaitTimeMillis how long the server may wait before it answers
     * @param timeoutNanos how long each reply may take, counted from the request or the previous reply; 0 for no limit
     * @param listener hears the replies, or why there is none
     */
    void awaitHello(TopologyVersion topologyVersion, long maxAwaitTimeMillis, long timeoutNanos, Listener listener);

    /**
     * Closes the socket at once, at any time, {@link #open} under way included. No listener is called after that.
     * Harmless when closed already.
     */
    void close();

    /** Hears how a request ended. */
    interface Listener {

        /**
         * The server answered {@code ok: 1}.
         *
         * @param reply the whole reply, the listener's to keep
         * @param moreToCome whether the next reply will come without a request
         * @param roundTripNanos from when the request was sent (not: from when connecting began) to this reply; of no
         *     meaning for replies that the server delayed
         */
        void onHello(BsonDocument reply, boolean moreToCome, long roundTripNanos);

        /**
         * No usable reply: a {@code MongoConnectionException} ({@code isTimeout} where time ran out), or a
         * {@code MongoCommandException} when the server answered {@code ok: 0}. The socket is closed already in the
         * first case; the monitor closes it in both.
         */
        void onFailure(MongoException failure);
    }

    /** Makes monitor connections; opens none. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a connection.
         *
         * @param address which server
         * @param loop the loop on which the connection lives and everything about it happens
         */
        MonitorConnection create(ServerAddress address, EventLoop loop);
    }
}
