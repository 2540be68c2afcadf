package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.MonitorConnection;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.util.concurrent.RejectedExecutionException;
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
    private final OncePerKind broken;

    private @Nullable MonitorConnection connection;
    private @Nullable Cancellable timer;
    private boolean running;

    RttPinger(
            ServerAddress address,
            EventLoop loop,
            MonitorConnection.Factory connections,
            long connectTimeoutNanos,
            long intervalNanos,
            RoundTripTimes times,
            OncePerKind broken) {
        this.address = address;
        this.loop = loop;
        this.connections = connections;
        this.connectTimeoutNanos = connectTimeoutNanos;
        this.intervalNanos = intervalNanos;
        this.times = times;
        this.broken = broken;
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
            try {
                open.close();
            } catch (Throwable e) {
                unexpected(e);
            }
        }
    }

    private void ping() {
        timer = null;
        if (!running) {
            return;
        }
        MonitorConnection open = connection;
        try {
            if (open == null) {
                MonitorConnection fresh = connections.create(address, loop);
                connection = fresh;
                fresh.open(connectTimeoutNanos, new Ping(fresh));
            } else {
                open.hello(connectTimeoutNanos, new Ping(open));
            }
        } catch (Throwable e) {
            // Or nothing would ever ping again.
            unexpected(e);
            disconnect();
            again();
        }
    }

    private void again() {
        if (!running || timer != null) {
            return;
        }
        try {
            timer = loop.schedule(this::ping, intervalNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The transport has been closed.
            running = false;
        }
    }

    private void unexpected(Throwable thrown) {
        String what = thrown.getClass().getName();
        String kind = "ping " + address + what;
        broken.tell(kind, "The round-trip time to {} could not be measured: {}", address, what, thrown);
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
    }
}
