package dev.rotor.driver.core.topology;

import dev.rotor.driver.core.conn.Connection;
import dev.rotor.driver.core.pool.ConnectionPool;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/** A pool that is nothing but a generation and a state, and notes down what is done to it. */
final class FakePool implements PoolControl {

    private final String name;
    private final List<String> log;
    private final Map<ObjectId, Integer> serviceGenerations = new TreeMap<>();
    final ServerHandle server;
    boolean ready;
    boolean closed;
    int generation;
    /** Asked when the pool is made ready or cleared: what the rest of the world can see by then. */
    Runnable probe = () -> {};

    FakePool(ServerHandle server, List<String> log) {
        this.server = server;
        this.name = server.address().toString();
        this.log = log;
    }

    @Override
    public ConnectionPool<Connection> pool() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Runnable ready() {
        ready = true;
        probe.run();
        return () -> log.add("ready " + name);
    }

    @Override
    public Runnable clear(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse) {
        if (serviceId == null) {
            generation++;
            ready = false;
        } else {
            serviceGenerations.merge(serviceId, 1, Integer::sum);
        }
        probe.run();
        return () -> log.add("clear " + name + (interruptInUse ? " and interrupt" : ""));
    }

    @Override
    public int generation(@Nullable ObjectId serviceId) {
        return serviceId == null ? generation : serviceGenerations.getOrDefault(serviceId, 0);
    }

    @Override
    public void close(boolean interruptInUse) {
        closed = true;
        log.add("close " + name + (interruptInUse ? " and interrupt" : ""));
    }
}
