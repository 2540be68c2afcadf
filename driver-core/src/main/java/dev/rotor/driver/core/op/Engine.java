package dev.rotor.driver.core.op;

import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.core.cursor.AbandonedCursors;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.ClusterClock;
import dev.rotor.driver.core.session.ServerSessionPool;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.Topology;
import dev.rotor.driver.transport.Transport;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What all executions of a client share. */
public final class Engine implements DriverFuture.LoopGuard {

    /** What servers do unless they are told otherwise; counts while none has said it. */
    private static final int USUAL_SESSION_TIMEOUT_MINUTES = 30;

    final Topology topology;
    final Transport transport;
    final ServerSessionPool sessions;
    final Clock clock;
    final ClusterClock clusterClock = new ClusterClock();
    final boolean retryReads;
    final boolean retryWrites;
    /** The Stable API's elements, finished, or {@code null}. */
    final byte @Nullable [] apiElements;
    /** Hears of commands, or {@code null}. */
    final @Nullable CommandEvents events;
    /** Where results are completed, or {@code null} for the thread that has them. */
    final @Nullable Executor completions;
    /** Carries the caller's context to completions and listeners, or {@code null}. */
    private final @Nullable ContextCarrier context;
    /** How often, and how, overloaded deployments are asked again. */
    final Overload overload;

    final Backoffs backoffs;
    private final AbandonedCursors abandonedCursors;
    final long serverSelectionTimeoutNanos;

    /**
     * How overload is met.
     *
     * @param maxRetries {@code maxAdaptiveRetries}
     * @param retarget {@code enableOverloadRetargeting}: whether another server is preferred for the retry
     * @param jitter random numbers from 0 to 1
     */
    public record Overload(int maxRetries, boolean retarget, DoubleSupplier jitter) {}

    private final AtomicLong operationIds = new AtomicLong();

    /** What a client's settings say about how operations are carried out. */
    public record Policy(
            boolean retryReads,
            boolean retryWrites,
            @Nullable StableApi stableApi,
            @Nullable CommandEvents events,
            @Nullable Executor completions,
            @Nullable ContextCarrier context,
            Overload overload,
            Duration serverSelectionTimeout) {}

    /**
     * Makes the engine of a client.
     *
     * @param topology where executions ask for servers
     * @param transport tells whether a thread is a loop
     * @param sessions server sessions to lend
     * @param clock tells the time
     * @param policy what the settings say
     */
    public Engine(Topology topology, Transport transport, ServerSessionPool sessions, Clock clock, Policy policy) {
        this.topology = topology;
        this.transport = transport;
        this.sessions = sessions;
        this.clock = clock;
        this.retryReads = policy.retryReads();
        this.retryWrites = policy.retryWrites();
        this.apiElements =
                policy.stableApi() == null ? null : policy.stableApi().elements();
        this.events = policy.events();
        this.completions = policy.completions();
        this.context = policy.context();
        this.overload = policy.overload();
        this.backoffs = new Backoffs(transport);
        this.abandonedCursors =
                new AbandonedCursors(transport::nextLoop, LoggerFactory.getLogger(AbandonedCursors.LOGGER));
        this.serverSelectionTimeoutNanos = policy.serverSelectionTimeout().toNanos();
    }

    @Override
    public boolean onLoop() {
        return transport.currentLoop() != null;
    }

    /** Takes hold of the calling thread's context; {@code null} when nobody carries one. */
    public ContextCarrier.@Nullable Snapshot captureContext() {
        return context == null ? null : Contexts.capture(context);
    }

    /** Closes cursors that their users forget. */
    public AbandonedCursors abandonedCursors() {
        return abandonedCursors;
    }

    /** Makes what operations need of a new client session. */
    public BoundSession startSession(ClientSessionOptions options) {
        return new BoundSession(sessions, options);
    }

    /** The id of a session, which is chosen by this if it was not before. */
    public BsonDocument sessionId(BoundSession session) {
        Integer known = topology.logicalSessionTimeoutMinutes();
        return BoundSession.idOf(session.serverSession(known == null ? USUAL_SESSION_TIMEOUT_MINUTES : known));
    }

    /** Starts an operation. */
    public <T extends @Nullable Object> Execution<T> execute(Operation<T> operation) {
        return execute(operation, deadlineOf(operation.scope()));
    }

    /** Starts one operation of several that share a deadline. */
    <T extends @Nullable Object> Execution<T> execute(Operation<T> operation, long deadline) {
        return execute(operation, deadline, 0);
    }

    /** Starts one operation of several that share a deadline and are one operation to listeners and log. */
    <T extends @Nullable Object> Execution<T> execute(Operation<T> operation, long deadline, long operationId) {
        Execution<T> execution = new Execution<>(this, operation, deadline, operationId);
        execution.start();
        return execution;
    }

    /** A number for an operation, by which listeners and log link its commands; never 0. */
    long nextOperationId() {
        return operationIds.incrementAndGet();
    }

    /** Whoever waits to try again is told that the client is closed. */
    public void close() {
        backoffs.close();
    }

    /** When an operation that starts now is over time. */
    long deadlineOf(Scope scope) {
        BoundSession session = scope.session();
        if (session != null && session.isLimited()) {
            return session.deadline();
        }
        long timeout = scope.timeoutNanos();
        return timeout == 0 ? Deadline.NONE : Deadline.after(clock.nanoTime(), timeout);
    }

    /** Starts an operation that opens a cursor again, with the session that it has had. */
    <T extends @Nullable Object> Execution<T> executeAgain(CursorHome home, Operation<T> operation, long deadline) {
        Execution<T> execution = new Execution<>(this, operation, deadline, 0);
        execution.startAgain(home);
        return execution;
    }

    /** Starts an operation on an open cursor, where that lives. */
    <T extends @Nullable Object> Execution<T> executeOn(CursorHome home, Operation<T> operation, long deadline) {
        Execution<T> execution = new Execution<>(this, operation, deadline, 0);
        execution.startOn(home);
        return execution;
    }
}
