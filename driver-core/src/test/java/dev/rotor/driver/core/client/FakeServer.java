package dev.rotor.driver.core.client;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.ConnectionPool;
import dev.rotor.driver.core.topology.SelectionListener;
import dev.rotor.driver.core.topology.Server;
import dev.rotor.driver.core.topology.ServerSelector;
import dev.rotor.driver.core.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A topology of one server that the test turns on and off, and that notes what it is told. */
final class FakeServer implements Server, Topology {

    static final ServerAddress ADDRESS = new ServerAddress("db1", 27017);

    final List<MongoException> failures = new ArrayList<>();
    final List<SelectionListener> waiting = new ArrayList<>();
    final List<ServerSelector> selectors = new ArrayList<>();
    final List<Set<ServerAddress>> deprioritized = new ArrayList<>();
    boolean known = true;
    boolean mongos;
    boolean direct;
    boolean retryableWrites = true;
    long minRoundTripNanos;
    int operations;
    int selections;

    @Nullable
    RuntimeException brokenSelection;

    @Nullable
    Error brokenFailure;

    /** Runs whenever somebody asks for the pool. */
    Runnable poolAsked = () -> {};

    @Nullable
    ConnectionPool<Connection> pool;

    /** Wakes what waits for a server. */
    void appear() {
        known = true;
        for (SelectionListener listener : List.copyOf(waiting)) {
            waiting.remove(listener);
            operations++;
            listener.onSelected(this);
        }
    }

    @Override
    public @Nullable Server select(
            ServerSelector selector,
            Set<ServerAddress> unwanted,
            String operation,
            long deadline,
            SelectionListener listener) {
        selections++;
        selectors.add(selector);
        deprioritized.add(unwanted);
        if (brokenSelection != null) {
            throw brokenSelection;
        }
        if (!known) {
            waiting.add(listener);
            return null;
        }
        operations++;
        return this;
    }

    @Override
    public boolean cancel(SelectionListener listener) {
        return waiting.remove(listener);
    }

    @Override
    public ServerAddress address() {
        return ADDRESS;
    }

    @Override
    public ConnectionPool<Connection> pool() {
        poolAsked.run();
        ConnectionPool<Connection> made = pool;
        if (made == null) {
            throw new IllegalStateException("no pool");
        }
        return made;
    }

    @Override
    public boolean isMongos() {
        return mongos;
    }

    @Override
    public boolean isDirectToReplicaSetMember() {
        return direct;
    }

    @Override
    public @Nullable Integer logicalSessionTimeoutMinutes() {
        return 30;
    }

    @Override
    public boolean supportsRetryableWrites() {
        return retryableWrites;
    }

    @Override
    public long minRoundTripNanos() {
        return minRoundTripNanos;
    }

    @Override
    public void operationStarted() {
        operations++;
    }

    @Override
    public void operationFinished() {
        operations--;
    }

    @Override
    public void onFailure(MongoException failure, @Nullable Connection connection) {
        failures.add(failure);
        if (brokenFailure != null) {
            throw brokenFailure;
        }
    }
}
