package dev.rotor.driver.core.pool;

import dev.rotor.driver.ConnectionPoolSettings;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.core.pool.Effect.CloseReason;
import dev.rotor.driver.core.pool.PooledConnection.Life;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.event.ConnectionCheckOutStartedEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionClosedEvent;
import dev.rotor.driver.event.ConnectionCreatedEvent;
import dev.rotor.driver.event.ConnectionPoolClearedEvent;
import dev.rotor.driver.event.ConnectionPoolClosedEvent;
import dev.rotor.driver.event.ConnectionPoolReadyEvent;
import dev.rotor.driver.event.ConnectionReadyEvent;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The pool as plain data, and every decision about it. Not thread-safe: {@link ConnectionPool} guards it by one lock.
 * Methods call nothing outside; what they want done is left in {@link #effects}, in order.
 *
 * <p>At the end of each method these hold: nobody waits while a connection is available; as many waiters are covered
 * (see {@link WaitQueue}) as connections are being established on behalf of waiters, or all of them.
 */
final class PoolState<C extends PooledConnection> {

    /** How long the operation on an interrupted connection may take to give it back before the pool gives it up. */
    static final long INTERRUPT_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What to do after unlock. */
    final ArrayDeque<Effect<C>> effects = new ArrayDeque<>();

    final ServerAddress server;
    final boolean loadBalanced;
    final PoolTimer deadlineTimer;
    final PoolTimer maintenanceTimer;
    final PoolTimer interruptTimer;

    private final ConnectionPool<C> pool;
    private final ConnectionPoolSettings settings;
    private final ConnectionFactory<C> factory;
    private final PoolEvents events;
    private final Clock clock;
    private final long maxIdleNanos;
    private final long maxWaitNanos;
    private final long maintenanceNanos;
    /** Whether there is something for maintenance to do now and then, not only after a clear. */
    private final boolean periodic;

    private final WaitQueue<C> waiters = new WaitQueue<>();
    private final PoolMembers<C> members;

    private Mode mode = Mode.PAUSED;
    private long lastId;
    private @Nullable Throwable clearedBy;
    /** Filling up has failed: not to be tried again before the next maintenance, or it would be tried without end. */
    private boolean fillLater;

    PoolState(
            ConnectionPool<C> pool,
            ServerAddress server,
            ConnectionPoolSettings settings,
            boolean loadBalanced,
            ConnectionFactory<C> factory,
            PoolEvents events,
            Clock clock,
            EventLoop timers,
            long maintenanceNanos) {
        this.pool = pool;
        this.server = server;
        this.settings = settings;
        this.loadBalanced = loadBalanced;
        this.factory = factory;
        this.events = events;
        this.clock = clock;
        this.maxIdleNanos = saturatedNanos(settings.maxIdleTime());
        this.members = new PoolMembers<>(pool, loadBalanced, maxIdleNanos);
        this.maxWaitNanos = saturatedNanos(settings.maxWaitTime());
        this.maintenanceNanos = maintenanceNanos;
        this.periodic = maxIdleNanos > 0 || settings.minSize() > 0;
        this.deadlineTimer = new PoolTimer(timers, clock, pool::expireWaiters);
        this.maintenanceTimer = new PoolTimer(timers, clock, pool::maintain);
        this.interruptTimer = new PoolTimer(timers, clock, pool::giveUpInterrupted);
    }

    // ---- checking out ----

    @Nullable
    C checkOut(
            CheckoutListener<C> listener,
            long deadline,
            @Nullable EventLoop preferred,
            boolean deadlineOnly,
            boolean observed,
            long startedIfObserved) {
        if (observed) {
            events.add(new ConnectionCheckOutStartedEvent(server));
        }
        if (mode == Mode.READY) {
            C connection = takeAvailable(preferred);
            if (connection != null) {
                checkedOut(connection, observed, startedIfObserved);
                if (!effects.isEmpty()) {
                    establish();
                }
                return connection;
            }
        }
        long now = clock.nanoTime();
        long started = observed ? startedIfObserved : now;
        if (mode == Mode.READY) {
            await(listener, started, deadline, deadlineOnly, now);
        } else {
            CheckoutFailure.Kind kind = mode == Mode.CLOSED ? CheckoutFailure.Kind.CLOSED : CheckoutFailure.Kind.PAUSED;
            fail(listener, CheckoutFailure.of(kind, server, clearedBy, now - started));
        }
        return null;
    }

    private @Nullable C takeAvailable(@Nullable EventLoop preferred) {
        for (C connection = members.available.take(preferred);
                connection != null;
                connection = members.available.take(preferred)) {
            CloseReason reason = members.perishedWhileAvailable(connection, maxIdleNanos == 0 ? 0 : clock.nanoTime());
            if (reason == null) {
                return connection;
            }
            discard(connection, reason, clearedBy);
        }
        return null;
    }

    private void await(
            CheckoutListener<C> listener, long started, long operationDeadline, boolean deadlineOnly, long now) {
        if (Deadline.passed(operationDeadline, now)) {
            timeOut(new Waiter<>(listener, started, operationDeadline, operationDeadline), now);
            return;
        }
        long poolDeadline = deadlineOnly ? Deadline.NONE : Deadline.after(now, maxWaitNanos);
        long nearer = Deadline.earlier(operationDeadline, poolDeadline, now);
        waiters.add(new Waiter<>(listener, started, operationDeadline, nearer));
        // An arrival always has a connection established for it where the limits allow that, however many are being
        // established to fill the pool up: they may hang.
        if (waiters.size() > members.wanted() && mayEstablish()) {
            begin(true);
        }
        establish();
        long nearest = waiters.nearestDeadline();
        if (Deadline.remaining(nearest, now) < Deadline.remaining(deadlineTimer.target(), now)) {
            deadlineTimer.target(nearest);
            effects.add(new Effect.SyncTimer<>(deadlineTimer));
        }
    }

    /** Fails those whose wait is over. */
    void expire(long now) {
        for (Waiter<C> waiter = pollExpired(now); waiter != null; waiter = pollExpired(now)) {
            timeOut(waiter, now);
        }
        long nearest = mode == Mode.CLOSED ? Deadline.NONE : waiters.nearestDeadline();
        if (nearest != deadlineTimer.target()) {
            deadlineTimer.target(nearest);
            effects.add(new Effect.SyncTimer<>(deadlineTimer));
        }
    }

    private void timeOut(Waiter<C> waiter, long now) {
        // It has left the queue, but the message counts it as waiting still.
        Waiter<C> first = waiters.first();
        long waited = now - waiter.started;
        long longest = first == null ? waited : Math.max(waited, now - first.started);
        PoolStatistics before = members.statistics(waiters.size() + 1, longest);
        fail(waiter.listener, CheckoutFailure.timeout(server, waited, before, settings.maxSize(), loadBalanced));
    }

    private @Nullable Waiter<C> pollExpired(long now) {
        Waiter<C> waiter = waiters.pollExpired(now);
        if (waiter != null) {
            waiters.cover(members.wanted());
        }
        return waiter;
    }

    boolean cancel(CheckoutListener<C> listener) {
        Waiter<C> waiter = waiters.find(listener);
        if (waiter == null) {
            return false;
        }
        waiters.remove(waiter);
        waiters.cover(members.wanted());
        if (events.wanted()) {
            events.addFailure(CheckoutFailure.of(
                    CheckoutFailure.Kind.CANCELLED, server, null, clock.nanoTime() - waiter.started));
        }
        return true;
    }

    // ---- checking in ----

    void checkIn(C connection) {
        if (connection.owner != pool) {
            throw new IllegalArgumentException(
                    "connection " + connection.id() + " belongs to another pool than that of " + server);
        }
        if (!connection.out) {
            throw new IllegalStateException(
                    "connection " + connection.id() + " of the pool of " + server + " is not checked out");
        }
        connection.out = false;
        if (events.wanted()) {
            events.add(new ConnectionCheckedInEvent(server, connection.id()));
        }
        if (connection.life == Life.CLOSED) {
            // The pool has given it up already.
            return;
        }
        CloseReason reason = mode == Mode.CLOSED ? CloseReason.POOL_CLOSED : members.perishedWhileInUse(connection);
        if (reason == null) {
            members.release(connection);
            makeAvailable(connection);
        } else {
            discard(connection, reason, clearedBy);
            establish();
        }
    }

    /** The socket of a connection is gone. One that is in use or pending is dealt with when that ends. */
    void perished(C connection) {
        if (connection.life == Life.AVAILABLE) {
            members.available.remove(connection);
            discard(connection, members.isStale(connection) ? CloseReason.STALE : CloseReason.ERROR, clearedBy);
            establish();
        }
    }

    // ---- establishing ----

    private boolean mayEstablish() {
        return mode == Mode.READY
                && members.pending() < settings.maxConnecting()
                && (settings.maxSize() == 0 || members.size() < settings.maxSize());
    }

    /** Begins to establish what the waiters and the minimum size call for, within the limits. */
    private void establish() {
        while (mayEstablish()) {
            if (waiters.size() > members.useful()) {
                begin(true);
            } else if (members.size() < settings.minSize() && !fillLater) {
                begin(false);
            } else {
                return;
            }
        }
    }

    private void begin(boolean forWaiter) {
        C connection;
        try {
            connection = factory.create(pool, lastId + 1, members.generation());
        } catch (Throwable e) {
            notMade(e, forWaiter);
            return;
        }
        lastId++;
        members.add(connection, forWaiter, clock.nanoTime());
        waiters.cover(members.wanted());
        if (events.wanted()) {
            events.add(new ConnectionCreatedEvent(server, connection.id()));
        }
        effects.add(new Effect.Open<>(connection));
    }

    /** Not even an object was made: the transport has closed, say. Somebody who waits must hear of it. */
    private void notMade(Throwable failure, boolean forWaiter) {
        Waiter<C> waiter = forWaiter ? waiters.poll() : null;
        if (waiter == null) {
            fillLater = true;
            effects.add(new Effect.TellNotFilled<>(failure));
            return;
        }
        waiters.cover(members.wanted());
        MongoException cause = failure instanceof MongoException known
                ? known
                : new MongoException("No connection to " + server + " can be made: " + failure, failure, -1, server);
        fail(waiter.listener, CheckoutFailure.notEstablished(cause, server, clock.nanoTime() - waiter.started));
    }

    /** Behind a load balancer: the handshake has told which service a connection reaches. */
    void serviceKnown(C connection) {
        if (loadBalanced && connection.life != Life.CLOSED) {
            members.services.count(connection);
        }
    }

    void opened(C connection) {
        if (connection.life != Life.PENDING) {
            // Closed by the pool meanwhile, which has been accounted for; make sure of the socket.
            effects.add(new Effect.Close<>(connection, CloseReason.STALE, clearedBy));
            return;
        }
        serviceKnown(connection);
        if (events.wanted()) {
            events.add(new ConnectionReadyEvent(
                    server, connection.id(), Duration.ofNanos(clock.nanoTime() - connection.createdAt)));
        }
        boolean forWaiter = members.isUseful(connection) && connection.wanted;
        members.decided(connection);
        if (members.isStale(connection)) {
            discard(connection, CloseReason.STALE, clearedBy);
            Waiter<C> waiter = forWaiter ? waiters.poll() : null;
            if (waiter != null) {
                // Behind a load balancer only: else the clear has taken care of the waiters.
                fail(
                        waiter.listener,
                        CheckoutFailure.of(
                                CheckoutFailure.Kind.CLEARED, server, clearedBy, clock.nanoTime() - waiter.started));
            }
        } else {
            members.release(connection);
            makeAvailable(connection);
        }
        establish();
    }

    /** First half: the connection stays pending until server discovery has been told. */
    void openFailed(C connection, MongoException cause) {
        if (connection.life != Life.PENDING) {
            return;
        }
        serviceKnown(connection);
        boolean counts = members.isUseful(connection);
        members.decided(connection);
        connection.life = Life.FAILED;
        Waiter<C> waiter = null;
        if (counts && connection.wanted) {
            // Out of the queue now, or the clear that follows would fail it with an error that says less.
            waiter = waiters.poll();
        } else if (counts) {
            fillLater = true;
        }
        effects.add(new Effect.ReportOpenFailure<>(connection, cause, waiter));
    }

    /** Second half: server discovery has been told. */
    void openFailureReported(C connection, MongoException cause, @Nullable Waiter<C> waiter) {
        if (connection.life == Life.FAILED) {
            remove(connection, CloseReason.ERROR, cause);
        }
        if (waiter != null) {
            fail(waiter.listener, CheckoutFailure.notEstablished(cause, server, clock.nanoTime() - waiter.started));
        }
        establish();
    }

    private void makeAvailable(C connection) {
        Waiter<C> waiter = waiters.poll();
        if (waiter != null) {
            waiters.cover(members.wanted());
            checkedOut(connection, events.wanted(), waiter.started);
            effects.add(new Effect.Deliver<>(waiter.listener, connection));
            return;
        }
        members.makeAvailable(connection, maxIdleNanos == 0 ? 0 : clock.nanoTime());
    }

    private void checkedOut(C connection, boolean observed, long started) {
        members.checkedOut(connection);
        if (observed) {
            events.add(new ConnectionCheckedOutEvent(
                    server, connection.id(), Duration.ofNanos(clock.nanoTime() - started)));
        }
    }

    private void fail(CheckoutListener<C> listener, CheckoutFailure failure) {
        if (events.wanted()) {
            events.addFailure(failure);
        }
        effects.add(new Effect.Fail<>(listener, failure));
    }

    // ---- the pool as a whole ----

    void ready() {
        if (mode != Mode.PAUSED) {
            return;
        }
        mode = Mode.READY;
        clearedBy = null;
        fillLater = false;
        if (events.wanted()) {
            events.add(new ConnectionPoolReadyEvent(server));
        }
        establish();
        if (periodic && maintenanceTimer.target() == Deadline.NONE) {
            scheduleMaintenance(maintenanceNanos);
        }
    }

    void clear(@Nullable Throwable cause, @Nullable ObjectId serviceId, boolean interruptInUse) {
        if (mode == Mode.CLOSED) {
            return;
        }
        if (loadBalanced) {
            if (serviceId != null) {
                clearService(cause, serviceId, interruptInUse);
            }
            return;
        }
        members.nextGeneration();
        clearedBy = cause != null ? cause : clearedBy;
        if (mode == Mode.READY && events.wanted()) {
            events.add(new ConnectionPoolClearedEvent(server, null, interruptInUse));
        }
        mode = Mode.PAUSED;
        if (interruptInUse) {
            interruptStale(cause, null);
        }
        failAll(CheckoutFailure.Kind.CLEARED);
        scheduleMaintenance(0);
    }

    private void clearService(@Nullable Throwable cause, ObjectId serviceId, boolean interruptInUse) {
        members.services.increment(serviceId);
        if (events.wanted()) {
            events.add(new ConnectionPoolClearedEvent(server, serviceId, interruptInUse));
        }
        if (interruptInUse) {
            interruptStale(cause, serviceId);
        }
        scheduleMaintenance(0);
    }

    /** Closes the sockets of stale connections that are in use or pending; behind a load balancer, of one service. */
    private void interruptStale(@Nullable Throwable cause, @Nullable ObjectId serviceId) {
        boolean someInUse = false;
        for (int i = members.size() - 1; i >= 0; i--) {
            C connection = members.get(i);
            if (!members.isStale(connection) || (serviceId != null && !serviceId.equals(connection.countedFor))) {
                continue;
            }
            if (connection.life == Life.PENDING && !loadBalanced) {
                remove(connection, CloseReason.STALE, null);
                effects.add(new Effect.Close<>(connection, CloseReason.INTERRUPTED, cause));
            } else if (connection.life == Life.IN_USE && !connection.interrupted) {
                // It stays in the pool until its operation, which fails by this, gives it back.
                connection.interrupted = true;
                someInUse = true;
                effects.add(new Effect.Close<>(connection, CloseReason.INTERRUPTED, cause));
            }
        }
        if (someInUse) {
            interruptTimer.target(Deadline.after(clock.nanoTime(), INTERRUPT_GRACE_NANOS));
            effects.add(new Effect.SyncTimer<>(interruptTimer));
        }
    }

    /** Interrupted connections leave the pool even if nobody gives them back: no operation was running on them, say. */
    void giveUpInterrupted() {
        interruptTimer.target(Deadline.NONE);
        for (int i = members.size() - 1; i >= 0; i--) {
            C connection = members.get(i);
            if (connection.interrupted && connection.life == Life.IN_USE) {
                remove(connection, CloseReason.STALE, null);
            }
        }
        establish();
    }

    private void failAll(CheckoutFailure.Kind kind) {
        long now = clock.nanoTime();
        for (Waiter<C> waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            fail(waiter.listener, CheckoutFailure.of(kind, server, clearedBy, now - waiter.started));
        }
    }

    void close(boolean interruptInUse) {
        if (mode == Mode.CLOSED) {
            return;
        }
        mode = Mode.CLOSED;
        for (C connection = members.available.take(null);
                connection != null;
                connection = members.available.take(null)) {
            discard(connection, CloseReason.POOL_CLOSED, null);
        }
        for (int i = members.size() - 1; i >= 0; i--) {
            C connection = members.get(i);
            if (connection.life == Life.PENDING) {
                discard(connection, CloseReason.POOL_CLOSED, null);
            } else if (interruptInUse && connection.life == Life.IN_USE && !connection.interrupted) {
                effects.add(new Effect.Close<>(connection, CloseReason.POOL_CLOSED, null));
            }
        }
        members.nothingUseful();
        failAll(CheckoutFailure.Kind.CLOSED);
        if (events.wanted()) {
            events.add(new ConnectionPoolClosedEvent(server));
        }
        deadlineTimer.target(Deadline.NONE);
        maintenanceTimer.target(Deadline.NONE);
        interruptTimer.target(Deadline.NONE);
        effects.add(new Effect.SyncTimer<>(deadlineTimer));
        effects.add(new Effect.SyncTimer<>(maintenanceTimer));
        effects.add(new Effect.SyncTimer<>(interruptTimer));
    }

    // ---- maintenance ----

    /** The run of the specification's background thread. */
    void maintain(long now) {
        if (mode == Mode.CLOSED) {
            return;
        }
        for (C connection = members.available.oldest(); connection != null; ) {
            C next = members.available.nextNewer(connection);
            CloseReason reason = members.perishedWhileAvailable(connection, now);
            if (reason != null) {
                members.available.remove(connection);
                discard(connection, reason, clearedBy);
            }
            connection = next;
        }
        fillLater = false;
        establish();
        maintenanceTimer.target(Deadline.NONE);
        if (periodic && mode == Mode.READY) {
            scheduleMaintenance(maintenanceNanos);
        }
    }

    private void scheduleMaintenance(long delayNanos) {
        if (maintenanceNanos < 0 || mode == Mode.CLOSED) {
            return;
        }
        maintenanceTimer.target(Deadline.after(clock.nanoTime(), Math.max(1, delayNanos)));
        effects.add(new Effect.SyncTimer<>(maintenanceTimer));
    }

    // ---- leaving the pool ----

    private void discard(C connection, CloseReason reason, @Nullable Throwable cause) {
        remove(connection, reason, reason == CloseReason.ERROR ? connection.closedBy() : null);
        effects.add(new Effect.Close<>(connection, reason, cause));
    }

    /** It has left the available ones already. */
    private void remove(C connection, CloseReason reason, @Nullable Throwable error) {
        members.remove(connection);
        if (events.wanted()) {
            events.add(new ConnectionClosedEvent(server, connection.id(), specified(reason), error));
        }
    }

    private static ConnectionClosedEvent.Reason specified(CloseReason reason) {
        return switch (reason) {
            case STALE, INTERRUPTED -> ConnectionClosedEvent.Reason.STALE;
            case IDLE -> ConnectionClosedEvent.Reason.IDLE;
            case ERROR -> ConnectionClosedEvent.Reason.ERROR;
            case POOL_CLOSED -> ConnectionClosedEvent.Reason.POOL_CLOSED;
        };
    }

    // ---- looking in ----

    int generation(@Nullable ObjectId serviceId) {
        return members.generation(serviceId);
    }

    void pin(C connection, Pin purpose) {
        members.pin(connection, purpose);
    }

    PoolStatistics statistics(long now) {
        Waiter<C> first = waiters.first();
        return members.statistics(waiters.size(), first == null ? 0 : now - first.started);
    }

    private static long saturatedNanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE / 2)) > 0 ? Long.MAX_VALUE / 2 : duration.toNanos();
    }

    private enum Mode {
        PAUSED,
        READY,
        CLOSED
    }
}
