package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.conn.MonitorConnection;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.topology.ServerDescription;
import dev.rotor.driver.topology.TopologyVersion;
import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Watches one server, as the Server Monitoring specification defines it: a state machine that lives on one loop and has
 * no thread. It is either checking (connecting, asking, or reading the next reply of a stream), or waiting for its
 * timer, or closed.
 *
 * <p>{@link #requestCheck}, {@link #cancelCheck} and {@link #close} may be called from any thread; everything else
 * happens on the loop.
 */
final class ServerMonitor {

    /** {@code minHeartbeatFrequencyMS}; the specification forbids to make it configurable. */
    static final long MIN_HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How a monitor is set up. */
    record Settings(long heartbeatNanos, long connectTimeoutNanos, boolean streaming) {}

    /** Who wants to know. Called on the loop. */
    interface Observer {

        /** A heartbeat begins. Returns whether the server is still wanted. */
        boolean onHeartbeatStarted(long connectionId, boolean awaited);

        /** The server has answered. */
        void onHello(BsonDocument reply, long durationNanos, ServerDescription description);

        /** The check failed. Returns whether the server was in a known state before. */
        boolean onCheckFailed(MongoException failure, long durationNanos);

        /** The check was given up, for a reason that the topology knows already. */
        void onCheckCancelled(MongoException reason, long durationNanos);
    }

    private enum State {
        WAITING,
        CHECKING,
        CLOSED
    }

    private final ServerAddress address;
    private final Settings settings;
    private final EventLoop loop;
    private final Clock clock;
    private final MonitorConnection.Factory connections;
    private final Observer observer;
    private final OncePerKind broken;
    private final RoundTripTimes times = new RoundTripTimes();
    private final RttPinger pinger;

    /** Whether somebody wants a check sooner than planned, since the last one ended. */
    private final AtomicBoolean requested = new AtomicBoolean();

    private State state = State.WAITING;
    private @Nullable MonitorConnection connection;
    private long connectionId;
    private @Nullable Check current;
    private @Nullable Cancellable timer;
    private long waitingSince;

    ServerMonitor(
            ServerAddress address,
            Settings settings,
            EventLoop loop,
            Clock clock,
            MonitorConnection.Factory connections,
            Observer observer,
            OncePerKind broken) {
        this.address = address;
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.connections = connections;
        this.observer = observer;
        this.broken = broken;
        this.pinger = new RttPinger(
                address, loop, connections, settings.connectTimeoutNanos, settings.heartbeatNanos, times, broken);
    }

    /** Makes the first check. */
    void start() {
        run(() -> {
            if (state == State.WAITING && timer == null) {
                check();
            }
        });
    }

    /**
     * Asks for a check as soon as possible, but not sooner than 500 ms after the last one. Many requests are one. While
     * a check is under way the request counts for the time after it.
     */
    void requestCheck() {
        if (!requested.getAndSet(true)) {
            run(this::onRequested);
        }
    }

    private void onRequested() {
        if (state == State.WAITING && timer != null && requested.getAndSet(false)) {
            scheduleAt(waitingSince + MIN_HEARTBEAT_NANOS);
        }
    }

    /**
     * Gives up the check that is under way, and the connection: an operation found that the server cannot be reached.
     */
    void cancelCheck(MongoException reason) {
        run(() -> {
            if (state == State.CLOSED) {
                return;
            }
            Check cancelled = current;
            disconnect();
            if (state == State.CHECKING && cancelled != null) {
                current = null;
                try {
                    observer.onCheckCancelled(reason, clock.nanoTime() - cancelled.startedAt);
                } catch (Throwable e) {
                    unexpected(e);
                }
                // Whoever met the failure may have asked for a check already, before this loop came to cancel this one.
                state = State.WAITING;
                waitingSince = clock.nanoTime();
                armTimer();
            }
        });
    }

    /** Ends for good. */
    void close() {
        Runnable end = () -> {
            state = State.CLOSED;
            current = null;
            cancelTimer();
            disconnect();
        };
        if (loop.inLoop()) {
            end.run();
        } else {
            run(end);
        }
    }

    private void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The transport has been closed, and has closed our connection with it.
            requested.set(false);
        }
    }

    private void disconnect() {
        pinger.stop();
        times.reset();
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

    /**
     * Tells of what should not have been thrown. Whatever it was, also an Error: a check that did not end would leave
     * the monitor without a timer, so that it never looked at its server again.
     *
     * @return what a check fails with for that reason
     */
    private MongoException unexpected(Throwable thrown) {
        String what = thrown.getClass().getName();
        broken.tell("monitor " + address + what, "The monitor of {} has met {}", address, what, thrown);
        return thrown instanceof MongoException known
                ? known
                : new MongoException("Server " + address + " could not be checked: " + thrown, thrown, -1, address);
    }

    private void cancelTimer() {
        Cancellable armed = timer;
        timer = null;
        if (armed != null) {
            armed.cancel();
        }
    }

    // ---- checking ----

    private void check() {
        cancelTimer();
        if (state == State.CLOSED) {
            return;
        }
        state = State.CHECKING;
        requested.set(false);
        MonitorConnection open = connection;
        if (open == null) {
            begin(++connectionId, false, check -> {
                MonitorConnection fresh = connections.create(address, loop);
                connection = fresh;
                fresh.open(settings.connectTimeoutNanos, check);
            });
        } else {
            begin(connectionId, false, check -> open.hello(settings.connectTimeoutNanos, check));
        }
    }

    private void stream(MonitorConnection open, TopologyVersion version) {
        long timeout = settings.connectTimeoutNanos == 0 ? 0 : settings.connectTimeoutNanos + settings.heartbeatNanos;
        long maxAwaitTimeMillis = TimeUnit.NANOSECONDS.toMillis(settings.heartbeatNanos);
        begin(connectionId, true, check -> open.awaitHello(version, maxAwaitTimeMillis, timeout, check));
    }

    private void begin(long onConnection, boolean awaited, Consumer<Check> ask) {
        Check check = new Check(awaited, clock.nanoTime());
        current = check;
        try {
            if (observer.onHeartbeatStarted(onConnection, awaited)) {
                ask.accept(check);
            } else {
                // The topology has let go of this server; its close is on the way.
                current = null;
            }
        } catch (Throwable e) {
            check.onFailure(unexpected(e));
        }
    }

    /** One request, or a stream of replies to one. */
    private final class Check implements MonitorConnection.Listener {
        private final boolean awaited;
        private long startedAt;

        Check(boolean awaited, long startedAt) {
            this.awaited = awaited;
            this.startedAt = startedAt;
        }

        @Override
        public void onHello(BsonDocument reply, boolean moreToCome, long roundTripNanos) {
            if (current != this) {
                return;
            }
            try {
                hear(reply, moreToCome, roundTripNanos);
            } catch (Throwable e) {
                onFailure(unexpected(e));
            }
        }

        private void hear(BsonDocument reply, boolean moreToCome, long roundTripNanos) {
            ServerDescription description;
            long now = clock.nanoTime();
            if (!awaited) {
                times.add(roundTripNanos);
            }
            try {
                description = HelloParser.parse(address, reply, now)
                        .roundTripTime(times.average())
                        .minRoundTripTime(times.minimum())
                        .build();
            } catch (IllegalArgumentException e) {
                onFailure(new MongoException(
                        "Server " + address + " names a server in its hello reply that has no valid address: "
                                + e.getMessage(),
                        e,
                        -1,
                        address));
                return;
            }
            boolean streams = settings.streaming && (moreToCome || description.topologyVersion() != null);
            if (!streams) {
                beginWaiting();
            }
            long duration = awaited ? now - startedAt : roundTripNanos;
            observer.onHello(reply, duration, description);
            if (current != this) {
                return;
            }
            if (streams) {
                goOn(moreToCome, description.topologyVersion());
            } else {
                current = null;
                armTimer();
            }
        }

        private void goOn(boolean moreToCome, @Nullable TopologyVersion version) {
            pinger.start();
            MonitorConnection open = connection;
            if (moreToCome) {
                startedAt = clock.nanoTime();
                if (!observer.onHeartbeatStarted(connectionId, true)) {
                    current = null;
                }
            } else if (open != null && version != null) {
                stream(open, version);
            }
        }

        @Override
        public void onFailure(MongoException failure) {
            if (current != this) {
                return;
            }
            current = null;
            disconnect();
            beginWaiting();
            boolean wasKnown = false;
            try {
                wasKnown = observer.onCheckFailed(failure, clock.nanoTime() - startedAt);
            } catch (Throwable e) {
                unexpected(e);
            }
            if (state == State.CLOSED) {
                return;
            }
            if (wasKnown && ErrorRules.isNetworkError(failure)) {
                check();
            } else {
                armTimer();
            }
        }
    }

    // ---- waiting ----

    /** From now on a request for a check counts: also one that is made while others hear of the outcome of the last. */
    private void beginWaiting() {
        state = State.WAITING;
        requested.set(false);
        waitingSince = clock.nanoTime();
    }

    private void armTimer() {
        if (state == State.WAITING) {
            boolean soon = requested.getAndSet(false);
            scheduleAt(waitingSince + (soon ? MIN_HEARTBEAT_NANOS : settings.heartbeatNanos));
        }
    }

    private void scheduleAt(long time) {
        cancelTimer();
        try {
            timer = loop.schedule(this::check, Math.max(0, time - clock.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The transport has been closed, and has closed our connection with it.
            requested.set(false);
        }
    }
}
