package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/** A selectable server: its pool, and where its failures are told. */
public interface Server {

    /** The address. */
    ServerAddress address();

    /** The pool. */
    ConnectionPool<Connection> pool();

    /** The read preference mode, if any, that must be sent along is for the caller: whether this is a mongos. */
    boolean isMongos();

    /** Whether the deployment is a single server reached directly that is not a mongos and not a standalone. */
    boolean isDirectToReplicaSetMember();

    /** Whether the server was last seen to support sessions, and for how long; {@code null} if not. */
    @Nullable
    Integer logicalSessionTimeoutMinutes();

    /**
     * Whether the server, when it was last known, took retryable writes: it has sessions and is no standalone. Kept
     * while the server is Unknown, since it is then that somebody asks whether to try again.
     */
    boolean supportsRetryableWrites();

    /**
     * The shortest of the server's last round trips ({@code minRoundTripTime}), as it was when the server was last
     * known: a check that fails between selection and sending does not change it.
     *
     * @return nanoseconds; 0 while there are not enough measurements
     */
    long minRoundTripNanos();

    /** One more operation runs on this server; counted for the latency window's choice between two. */
    void operationStarted();

    /** One less. */
    void operationFinished();

    /**
     * An operation, or establishing a connection for one, failed on this server. Applies the error handling rules of
     * the Server Discovery and Monitoring specification: network errors and state change errors make the server Unknown
     * and clear the pool; stale ones are ignored.
     *
     * @param failure what failed: a {@code MongoConnectionException}, or a {@code MongoCommandException} with its code
     * @param connection the connection, or {@code null} when the failure is of a checkout
     */
    void onFailure(MongoException failure, @Nullable Connection connection);
}
