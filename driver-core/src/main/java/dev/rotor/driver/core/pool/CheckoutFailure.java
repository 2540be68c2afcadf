package dev.rotor.driver.core.pool;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.MongoPoolClearedException;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.event.ConnectionCheckOutFailedEvent.Reason;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Why a checkout failed. Noted under the pool's lock; the exception, whose stack trace costs more than all the rest, is
 * made after unlock, by whoever needs it first: the event or the operation. Each checkout gets one of its own, for
 * labels are added to it later.
 */
final class CheckoutFailure {

    private final AtomicReference<@Nullable MongoException> exception = new AtomicReference<>();
    private final Kind kind;
    private final ServerAddress server;
    private final @Nullable Throwable cause;
    private final long waitedNanos;
    private final @Nullable PoolStatistics statistics;
    private final int maxSize;
    private final boolean loadBalanced;

    private CheckoutFailure(
            Kind kind,
            ServerAddress server,
            @Nullable Throwable cause,
            long waitedNanos,
            @Nullable PoolStatistics statistics,
            int maxSize,
            boolean loadBalanced) {
        this.kind = kind;
        this.server = server;
        this.cause = cause;
        this.waitedNanos = waitedNanos;
        this.statistics = statistics;
        this.maxSize = maxSize;
        this.loadBalanced = loadBalanced;
    }

    /** A failure that needs no more than its cause. */
    static CheckoutFailure of(Kind kind, ServerAddress server, @Nullable Throwable cause, long waitedNanos) {
        return new CheckoutFailure(kind, server, cause, waitedNanos, null, 0, false);
    }

    /** Establishing the connection failed. */
    static CheckoutFailure notEstablished(MongoException cause, ServerAddress server, long waitedNanos) {
        CheckoutFailure failure = of(Kind.NOT_ESTABLISHED, server, cause, waitedNanos);
        failure.exception.set(cause);
        return failure;
    }

    /** The wait took too long. */
    static CheckoutFailure timeout(
            ServerAddress server, long waitedNanos, PoolStatistics statistics, int maxSize, boolean loadBalanced) {
        return new CheckoutFailure(Kind.TIMEOUT, server, null, waitedNanos, statistics, maxSize, loadBalanced);
    }

    Reason reason() {
        return switch (kind) {
            case TIMEOUT -> Reason.TIMEOUT;
            case CLOSED -> Reason.POOL_CLOSED;
            case CLEARED, PAUSED, NOT_ESTABLISHED, CANCELLED -> Reason.CONNECTION_ERROR;
        };
    }

    /** From the start of the checkout to its failure. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** The exception, always the same. */
    MongoException exception() {
        MongoException made = exception.get();
        if (made == null) {
            made = make();
            MongoException first = exception.compareAndExchange(null, made);
            return first == null ? made : first;
        }
        return made;
    }

    private MongoException make() {
        return switch (kind) {
            case TIMEOUT ->
                new MongoTimeoutException(timeoutMessage(), null, server, MongoTimeoutException.Waiting.CHECKOUT);
            case CLEARED -> new MongoPoolClearedException(server, cause);
            case PAUSED ->
                cause == null
                        ? new MongoPoolClearedException(
                                "Connection pool of " + server
                                        + " is paused: the server has not been found to be there",
                                null,
                                server)
                        : new MongoPoolClearedException(server, cause);
            case CLOSED ->
                new MongoClientClosedException(
                        "Attempted to check out a connection from closed connection pool of " + server);
            case CANCELLED -> new MongoException("The operation was given up while it waited", null, -1, server);
            case NOT_ESTABLISHED -> new MongoException("Connecting to " + server + " failed", cause, -1, server);
        };
    }

    /** The load balancer specification dictates the words for its mode. */
    private String timeoutMessage() {
        PoolStatistics at = statistics;
        if (at == null) {
            return "Timed out while checking out a connection from connection pool of " + server;
        }
        String message;
        if (loadBalanced) {
            int other = at.inUse() - at.pinnedByCursors() - at.pinnedByTransactions();
            message = "Timeout waiting for connection from the connection pool. maxPoolSize: " + maxSize
                    + ", connections in use by cursors: " + at.pinnedByCursors()
                    + ", connections in use by transactions: " + at.pinnedByTransactions()
                    + ", connections in use by other operations: " + other;
        } else {
            message = "Timed out while checking out a connection from connection pool. maxPoolSize: " + maxSize
                    + ", connections in use: " + at.inUse();
        }
        return message + ", connections being established: " + at.pending()
                + ", operations waiting: " + at.waiting()
                + ", longest wait: " + at.longestWaitNanos() / 1_000_000
                + " ms, this operation's wait: " + waitedNanos / 1_000_000
                + " ms, server: " + server;
    }

    /** What happened. */
    enum Kind {
        TIMEOUT,
        CLEARED,
        PAUSED,
        CLOSED,
        NOT_ESTABLISHED,
        CANCELLED
    }
}
