package dev.rotor.driver.core.pool;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConnectionException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.log.ClientLog;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.event.ConnectionPoolCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one server, as the Connection Monitoring and Pooling specification has it. The decisions are in
 * {@link PoolState}; this class guards it by one lock and does what the decisions ask for after unlock, on the thread
 * that brought them about. There is no background thread: timers on an event loop do its work.
 *
 * <p>Connections, checkout listeners and the open failure listener are never called under the lock (but for a
 * connection's plain getters), so they may call the pool. A call made from inside such a callback changes the state at
 * once, but what follows from it (a delivery, a failure) happens only after the callback has returned.
 *
 * @param <C> the kind of connection
 */
public final class ConnectionPool<C extends PooledConnection> {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClientLog.CONNECTION);

    /** How often unused and broken connections are looked for, and the pool filled up to its minimum size. */
    static final Duration MAINTENANCE_INTERVAL = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final EffectRunner<C> runner = new EffectRunner<>();
    private final OncePerKind broken = new OncePerKind(LOGGER);
    private final ServerAddress server;
    private final Clock clock;
    private final PoolEvents events;
    private final @Nullable OpenFailureListener<C> openFailures;
    private final PoolState<C> state;

    /**
     * Makes a pool, paused, and reports that.
     *
     * @param server the server
     * @param settings sizes and times
     * @param loadBalanced whether the server is a load balancer, so that generations are kept by service
     * @param factory makes the connections
     * @param listener hears the pool's events; {@code null} for nobody, and then no event is made
     * @param clock the time
     * @param timers the loop on which timeouts and maintenance run
     * @param openFailures hears of connections that could not be established; {@code null} for nobody
     * @param log the client's log
     */
    public ConnectionPool(
            ServerAddress server,
            ConnectionPoolSettings settings,
            boolean loadBalanced,
            ConnectionFactory<C> factory,
            @Nullable ConnectionPoolListener listener,
            Clock clock,
            EventLoop timers,
            @Nullable OpenFailureListener<C> openFailures,
            ClientLog log) {
        this(
                server,
                settings,
                loadBalanced,
                factory,
                listener,
                clock,
                timers,
                openFailures,
                log,
                MAINTENANCE_INTERVAL.toNanos());
    }

    /** With a maintenance interval in nanoseconds; negative for no maintenance at all. */
    ConnectionPool(
            ServerAddress server,
            ConnectionPoolSettings settings,
            boolean loadBalanced,
            ConnectionFactory<C> factory,
            @Nullable ConnectionPoolListener listener,
            Clock clock,
            EventLoop timers,
            @Nullable OpenFailureListener<C> openFailures,
            ClientLog log,
            long maintenanceNanos) {
        this.server = server;
        this.clock = clock;
        this.openFailures = openFailures;
        this.events = new PoolEvents(server, listener, log);
        this.state =
                new PoolState<>(this, server, settings, loadBalanced, factory, events, clock, timers, maintenanceNanos);
        if (events.wanted()) {
            events.add(new ConnectionPoolCreatedEvent(server, settings));
            events.drain();
        }
    }

    /** The server. */
    public ServerAddress address() {
        return server;
    }

    /**
     * Checks a connection out. Where an available one is there, it is returned at once, on this thread. Otherwise
     * {@code null} is returned and the listener is called exactly once, possibly before this method returns.
     *
     * @param listener hears the outcome when {@code null} is returned: a connection,
     *     {@link dev.rotor.driver.MongoTimeoutException}, {@link MongoPoolClearedException} when the pool is or becomes
     *     paused, {@link MongoClientClosedException} when it is or gets closed, or why establishing a connection failed
     * @param deadline when to give up, see {@link dev.rotor.driver.core.time.Deadline}; the pool's own
     *     {@code maxWaitTime} applies as well, as long as no connection is being established for this checkout
     * @param preferred take an available connection of this loop where there is one; {@code null} for no preference
     * @return the connection, or {@code null}
     */
    public @Nullable C checkOut(CheckoutListener<C> listener, long deadline, @Nullable EventLoop preferred) {
        return checkOut(listener, deadline, preferred, false);
    }

    /**
     * The same.
     *
     * @param deadlineOnly whether the pool's own {@code maxWaitTime} does not count, because the deadline is one of
     *     {@code timeoutMS}
     */
    public @Nullable C checkOut(
            CheckoutListener<C> listener, long deadline, @Nullable EventLoop preferred, boolean deadlineOnly) {
        boolean observed = events.wanted();
        long started = observed ? clock.nanoTime() : 0;
        lock.lock();
        try {
            return state.checkOut(listener, deadline, preferred, deadlineOnly, observed, started);
        } finally {
            unlockAndCarryOut();
        }
    }

    /** Takes a waiting listener out of the queue; it will not be called. Returns whether it was still waiting. */
    public boolean cancel(CheckoutListener<C> listener) {
        lock.lock();
        try {
            return state.cancel(listener);
        } finally {
            unlockAndCarryOut();
        }
    }

    /**
     * Gives a connection back. Closed and stale ones are not kept.
     *
     * @throws IllegalArgumentException if it is a connection of another pool
     * @throws IllegalStateException if it is not checked out
     */
    public void checkIn(C connection) {
        lock.lock();
        try {
            state.checkIn(connection);
        } finally {
            unlockAndCarryOut();
        }
    }

    /**
     * The socket of a connection went away by itself. Called after {@link PooledConnection#isClosed} has turned true.
     */
    public void perished(C connection) {
        lock.lock();
        try {
            state.perished(connection);
        } finally {
            unlockAndCarryOut();
        }
    }

    /**
     * The handshake has told which service behind the load balancer a connection reaches, so that its generation is
     * that of the service from now on: what clears the service while it authenticates concerns it, too.
     */
    private void serviceKnown(C connection) {
        lock.lock();
        try {
            state.serviceKnown(connection);
        } finally {
            lock.unlock();
        }
    }

    /** Notes what a connection in use is kept for, for the message of a timeout. Ends when it is given back. */
    public void pin(C connection, Pin purpose) {
        lock.lock();
        try {
            if (connection.out) {
                state.pin(connection, purpose);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the pool usable: the server was found to be there. */
    public void ready() {
        markReady().run();
    }

    /**
     * Makes the pool usable at once, but tells nobody: for a caller that holds a lock of its own.
     *
     * @return establishes connections and brings events: to be run once, on any thread, when the caller has released
     *     its lock
     */
    public Runnable markReady() {
        lock.lock();
        try {
            state.ready();
            return owed();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes every connection stale and pauses the pool; waiting checkouts fail. Behind a load balancer, only makes the
     * connections of one service stale; without a service it does nothing there.
     *
     * <p>The checkouts that waited hear of it within this call, so it is better made without holding a lock.
     *
     * @param cause the failure for which it is cleared, or {@code null}
     * @param serviceId behind a load balancer, the service whose connections are stale
     * @param interruptInUse whether connections in use or being established are closed too
     */
    public void clear(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse) {
        markCleared(cause, serviceId, interruptInUse).run();
    }

    /**
     * Clears the pool at once, see {@link #clear}, but tells nobody: for a caller that holds a lock of its own.
     *
     * @return fails waiting checkouts, closes connections and brings events: to be run once, on any thread, when the
     *     caller has released its lock
     */
    public Runnable markCleared(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse) {
        lock.lock();
        try {
            state.clear(cause, serviceId, interruptInUse);
            return owed();
        } finally {
            lock.unlock();
        }
    }

    /** Closes all connections; waiting checkouts fail. Connections in use are closed when {@code interruptInUse}. */
    public void close(boolean interruptInUse) {
        lock.lock();
        try {
            state.close(interruptInUse);
        } finally {
            unlockAndCarryOut();
        }
    }

    /** The current generation, of the service behind a load balancer. */
    public int generation(@Nullable ObjectId serviceId) {
        lock.lock();
        try {
            return state.generation(serviceId);
        } finally {
            lock.unlock();
        }
    }

    /** What is in the pool now. */
    public PoolStatistics statistics() {
        lock.lock();
        try {
            return state.statistics(clock.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    // ---- what timers and connections bring ----

    void expireWaiters() {
        lock.lock();
        try {
            state.expire(clock.nanoTime());
        } finally {
            unlockAndCarryOut();
        }
    }

    void maintain() {
        lock.lock();
        try {
            state.maintain(clock.nanoTime());
        } finally {
            unlockAndCarryOut();
        }
    }

    void giveUpInterrupted() {
        lock.lock();
        try {
            state.giveUpInterrupted();
        } finally {
            unlockAndCarryOut();
        }
    }

    private void opened(C connection) {
        lock.lock();
        try {
            state.opened(connection);
        } finally {
            unlockAndCarryOut();
        }
    }

    private void openFailed(C connection, MongoException cause) {
        lock.lock();
        try {
            state.openFailed(connection, cause);
        } finally {
            unlockAndCarryOut();
        }
    }

    private void openFailureReported(C connection, MongoException cause, @Nullable Waiter<C> waiter) {
        lock.lock();
        try {
            state.openFailureReported(connection, cause, waiter);
        } finally {
            unlockAndCarryOut();
        }
    }

    // ---- effects ----

    /**
     * To be called in {@code finally}: what a method owed before it threw is owed all the same. A run that nobody
     * carries out would also keep the thread's later effects from being carried out.
     */
    private void unlockAndCarryOut() {
        EffectRunner.Run<C> run;
        try {
            run = runner.take(state.effects);
        } finally {
            lock.unlock();
        }
        carryOut(run);
    }

    /** The effects so far as a task. Until it is run they belong to no thread, so that nothing else waits for it. */
    private Runnable owed() {
        ArrayDeque<Effect<C>> effects = new ArrayDeque<>(state.effects);
        state.effects.clear();
        return () -> {
            EffectRunner.Run<C> run;
            lock.lock();
            try {
                run = runner.take(effects);
            } finally {
                lock.unlock();
            }
            carryOut(run);
        };
    }

    private void carryOut(EffectRunner.@Nullable Run<C> run) {
        events.drain();
        if (run == null) {
            return;
        }
        for (Effect<C> effect = run.poll(); effect != null; effect = run.poll()) {
            try {
                carryOut(effect);
            } catch (Throwable e) {
                // Whatever a callback does, the effects after it are owed to others.
                broken.tell(
                        effect.getClass(),
                        "A callback of the connection pool of {} failed on {}",
                        server,
                        effect.getClass().getSimpleName(),
                        e);
            }
        }
        lock.lock();
        try {
            runner.finished(run);
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(Effect<C> effect) {
        if (effect instanceof Effect.Deliver<C> deliver) {
            deliver.listener().onCheckedOut(deliver.connection());
        } else if (effect instanceof Effect.Fail<C> fail) {
            fail.listener().onCheckoutFailed(fail.failure().exception());
        } else if (effect instanceof Effect.Open<C> open) {
            open(open.connection());
        } else if (effect instanceof Effect.ReportOpenFailure<C> report) {
            try {
                if (openFailures != null) {
                    openFailures.onOpenFailed(report.cause(), report.connection());
                }
            } finally {
                openFailureReported(report.connection(), report.cause(), report.waiter());
            }
        } else if (effect instanceof Effect.Close<C> close) {
            close.connection().close(closeError(close));
        } else if (effect instanceof Effect.SyncTimer<C> timer) {
            sync(timer.timer());
        } else if (effect instanceof Effect.TellNotFilled<C> tell) {
            Throwable cause = tell.cause();
            broken.tell(effect.getClass(), "The pool of {} could not be filled up: {}", server, cause, cause);
        }
    }

    private void open(C connection) {
        PooledConnection.OpenListener listener = new PooledConnection.OpenListener() {
            @Override
            public void onServiceKnown() {
                serviceKnown(connection);
            }

            @Override
            public void onOpened() {
                opened(connection);
            }

            @Override
            public void onOpenFailed(MongoException cause) {
                openFailed(connection, cause);
            }
        };
        try {
            connection.open(listener);
        } catch (Throwable e) {
            // An Error, too: nobody else would ever end this connection, and its place would be lost.
            MongoException failure = e instanceof MongoException known
                    ? known
                    : new MongoConnectionException("Connecting to " + server + " failed: " + e, e, server, false);
            // First the failure, or the pool would hear of the closing as the cause.
            openFailed(connection, failure);
            connection.close(failure);
        }
    }

    private void sync(PoolTimer timer) {
        try {
            timer.sync();
        } catch (RejectedExecutionException e) {
            // The transport is closed: no connection will ever be established, and no waiter would ever time out.
            close(true);
        }
    }

    private MongoException closeError(Effect.Close<C> close) {
        Throwable cause = close.cause();
        return switch (close.reason()) {
            case INTERRUPTED ->
                new MongoPoolClearedException(
                        "Connection to " + server + " interrupted due to server monitor timeout", cause, server);
            case STALE -> new MongoPoolClearedException(server, cause);
            case POOL_CLOSED -> new MongoClientClosedException("Connection pool of " + server + " was closed");
            case IDLE ->
                new MongoConnectionException(
                        "Connection to " + server + " was unused for longer than maxIdleTime", null, server, false);
            case ERROR -> new MongoConnectionException("Connection to " + server + " is gone", cause, server, false);
        };
    }
}
