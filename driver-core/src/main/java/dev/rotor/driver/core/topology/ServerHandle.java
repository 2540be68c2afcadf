package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.ConnectionPool;
import dev.rotor.driver.core.pool.PooledConnection;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.ServerType;
import dev.rotor.driver.topology.TopologyType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** A server of the topology: its pool, its monitor, its count of operations, and the way of its failures. */
public final class ServerHandle implements Server, ServerMonitor.Observer {

    private enum State {
        NEW,
        OPEN,
        CLOSED
    }

    private final ServerAddress address;
    private final TopologyManager topology;
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    /** Set when it is opened, and kept when it is closed: operations may still be giving connections back. */
    private volatile @Nullable PoolControl pool;

    private volatile @Nullable ServerMonitor monitor;

    /** The latest description; written under the topology's lock. */
    private volatile ServerDescription description;

    /** What the latest description that knew the server said. */
    private volatile boolean retryableWrites;

    /** What the latest description that knew the server said. */
    private volatile long minRoundTripNanos;

    // Guarded by the topology's lock.
    /** A heartbeat that was told to have started, and not yet to have ended. */
    private @Nullable Heartbeat heartbeat;

    /** The monitor's connection that was heard from last, and the server's number for it. */
    private long heardConnectionId;

    private long heardServerConnectionId = -1;
    private boolean gone;

    ServerHandle(TopologyManager topology, ServerAddress address) {
        this.topology = topology;
        this.address = address;
        this.description = ServerDescription.unknown(address);
    }

    /** Makes the pool and starts the monitor, unless the server has been closed meanwhile. Not under the lock. */
    void open(PoolControl.Factory pools, @Nullable ServerMonitor watcher) {
        PoolControl made = pools.create(this);
        pool = made;
        monitor = watcher;
        if (!state.compareAndSet(State.NEW, State.OPEN)) {
            made.close(true);
        } else if (watcher != null) {
            watcher.start();
        }
    }

    /** Ends monitor and pool. Not under the lock. */
    void close(boolean interruptInUse) {
        State before = state.getAndSet(State.CLOSED);
        PoolControl made = pool;
        ServerMonitor watcher = monitor;
        if (before == State.OPEN && made != null) {
            if (watcher != null) {
                watcher.close();
            }
            made.close(interruptInUse);
        }
    }

    /** The pool, or {@code null} while there is none yet. */
    @Nullable
    PoolControl poolControl() {
        return pool;
    }

    void requestCheck() {
        ServerMonitor watcher = monitor;
        if (watcher != null) {
            watcher.requestCheck();
        }
    }

    void cancelCheck(MongoException reason) {
        ServerMonitor watcher = monitor;
        if (watcher != null) {
            watcher.cancelCheck(reason);
        }
    }

    ServerDescription description() {
        return description;
    }

    void describe(ServerDescription latest) {
        if (latest.type() != ServerType.UNKNOWN) {
            Duration minRoundTrip = latest.minRoundTripTime();
            minRoundTripNanos = minRoundTrip == null ? 0 : minRoundTrip.toNanos();
            retryableWrites = latest.type() != ServerType.STANDALONE && latest.logicalSessionTimeoutMinutes() != null;
        }
        description = latest;
    }

    int operationCount() {
        return operations.get();
    }

    // ---- Server ----

    @Override
    public ServerAddress address() {
        return address;
    }

    @Override
    public ConnectionPool<Connection> pool() {
        PoolControl made = pool;
        if (made == null) {
            throw new IllegalStateException("server " + address + " has not been opened");
        }
        return made.pool();
    }

    @Override
    public boolean isMongos() {
        return description.type() == ServerType.MONGOS;
    }

    @Override
    public boolean isDirectToReplicaSetMember() {
        return switch (description.type()) {
            case RS_PRIMARY, RS_SECONDARY, RS_ARBITER, RS_OTHER, RS_GHOST ->
                topology.description().type() == TopologyType.SINGLE;
            case UNKNOWN, STANDALONE, MONGOS, LOAD_BALANCER -> false;
        };
    }

    @Override
    public @Nullable Integer logicalSessionTimeoutMinutes() {
        return description.logicalSessionTimeoutMinutes();
    }

    @Override
    public boolean supportsRetryableWrites() {
        return retryableWrites || topology.description().type() == TopologyType.LOAD_BALANCED;
    }

    @Override
    public long minRoundTripNanos() {
        return minRoundTripNanos;
    }

    @Override
    public void operationStarted() {
        operations.incrementAndGet();
    }

    @Override
    public void operationFinished() {
        operations.decrementAndGet();
    }

    @Override
    public void onFailure(MongoException failure, @Nullable Connection connection) {
        // Without a connection it is the failure of a checkout; had it been one of the server, the pool has told it.
        if (connection != null) {
            topology.onApplicationError(
                    this, ApplicationError.of(failure, true, connection.generation(), connection.serviceId()));
        }
    }

    /**
     * A connection of this server's pool could not be established. To be called before the operation that waited for it
     * hears of the failure, so that it does not find the server as it was.
     *
     * @param failure why; labelled SystemOverloadedError where the specification of the pool says so
     * @param connection the connection that was to be
     */
    public void onOpenFailed(MongoException failure, PooledConnection connection) {
        topology.onApplicationError(
                this, ApplicationError.of(failure, false, connection.generation(), connection.serviceId()));
    }

    // ---- what the monitor finds ----

    @Override
    public boolean onHeartbeatStarted(long connectionId, boolean awaited) {
        return topology.onHeartbeat(this, events -> {
            long serverConnectionId = connectionId == heardConnectionId ? heardServerConnectionId : -1;
            Heartbeat started = new Heartbeat(address, connectionId, serverConnectionId, awaited);
            heartbeat = started;
            events.heartbeatStarted(started);
        });
    }

    @Override
    public void onHello(BsonDocument reply, long durationNanos, ServerDescription latest) {
        topology.onHeartbeat(this, events -> {
            Heartbeat ended = heartbeat;
            heartbeat = null;
            if (ended != null) {
                if (reply.isNumber("connectionId")) {
                    heardConnectionId = ended.connectionId();
                    heardServerConnectionId = reply.getNumber("connectionId").longValue();
                    ended = ended.serverConnectionId(heardServerConnectionId);
                }
                events.heartbeatSucceeded(ended, durationNanos, reply);
            }
        });
        topology.onChecked(this, latest);
    }

    @Override
    public boolean onCheckFailed(MongoException failure, long durationNanos) {
        onCheckCancelled(failure, durationNanos);
        return topology.onCheckFailed(this, failure);
    }

    @Override
    public void onCheckCancelled(MongoException reason, long durationNanos) {
        topology.onHeartbeat(this, events -> endHeartbeat(events, reason, durationNanos));
    }

    // ---- under the topology's lock ----

    boolean isGone() {
        return gone;
    }

    /** From now on nothing is heard from it any more. */
    void leave(SdamEvents events, MongoException reason) {
        gone = true;
        endHeartbeat(events, reason, 0);
    }

    private void endHeartbeat(SdamEvents events, MongoException reason, long durationNanos) {
        Heartbeat ended = heartbeat;
        heartbeat = null;
        if (ended != null) {
            events.heartbeatFailed(ended, durationNanos, reason);
        }
    }

    /** For people. */
    @Override
    public String toString() {
        return description.toString();
    }
}
