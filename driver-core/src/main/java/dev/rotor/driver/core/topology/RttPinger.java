package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.MonitorConnection;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Measures round trips on a connection of its own while the monitor's connection streams ("Measuring RTT"). Lives on
 * the monitor's loop. Its failures say nothing about the server: that is the monitor's to find out.
 */
final class RttPinger {

    private final ServerAddress address;
    private final EventLoop loop;
    private final MonitorConnection.Factory connections;
    private final long connectTimeoutNanos;
    private final long intervalNanos;
    private final RoundTripTimes times;

    private @Nullable MonitorConnection connection;
    private @Nullable Cancellable timer;
    private boolean running;

    RttPinger(
            ServerAddress address,
            EventLoop loop,
            MonitorConnection.Factory connections,
            long connectTimeoutNanos,
            long intervalNanos,
            RoundTripTimes times) {
        this.address = address;
        this.loop = loop;
        this.connections = connections;
        this.connectTimeoutNanos = connectTimeoutNanos;
        this.intervalNanos = intervalNanos;
        this.times = times;
    }

    /** Begins, if it is not at it already. */
    void start() {
        if (!running) {
            running = true;
            ping();
        }
    }

    /** Ends; it can be started again. */
    void stop() {
        running = false;
        Cancellable armed = timer;
        timer = null;
        if (armed != null) {
            armed.cancel();
        }
        disconnect();
    }

    private void disconnect() {
        MonitorConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private void ping() {
        timer = null;
        if (!running) {
            return;
        }
        MonitorConnection open = connection;
        if (open == null) {
            MonitorConnection fresh = connections.create(address, loop);
            connection = fresh;
            fresh.open(connectTimeoutNanos, new Ping(fresh));
        } else {
            open.hello(connectTimeoutNanos, new Ping(open));
        }
    }

    private final class Ping implements MonitorConnection.Listener {
        private final MonitorConnection on;

        Ping(MonitorConnection on) {
            this.on = on;
        }

        @Override
        public void onHello(BsonDocument reply, boolean moreToCome, long roundTripNanos) {
            if (on == connection) {
                times.add(roundTripNanos);
                again();
            }
        }

        @Override
        public void onFailure(MongoException failure) {
            if (on == connection) {
                disconnect();
                again();
            }
        }

        private void again() {
            timer = loop.schedule(RttPinger.this::ping, intervalNanos, TimeUnit.NANOSECONDS);
        }
    }
}
