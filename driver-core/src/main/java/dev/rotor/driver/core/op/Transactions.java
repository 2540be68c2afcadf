package dev.rotor.driver.core.op;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.ClientSessionOptions;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.session.SessionTransaction;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts and ends the transactions of one client session, and the session. */
public final class Transactions {

    private final Engine engine;
    private final BoundSession session;
    private final Scope admin;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /**
     * Makes the transactions of a new session.
     *
     * @param client the client's own view: what transactions have where nothing else is said
     * @param options of the session
     */
    public Transactions(Engine engine, Scope client, ClientSessionOptions options) {
        this.engine = engine;
        this.session = engine.startSession(options);
        this.admin = client.withDatabase("admin");
    }

    /** What views and operations need of the session. */
    public BoundSession session() {
        return session;
    }

    /**
     * Starts a transaction; nothing is sent.
     *
     * @throws IllegalStateException if one is in progress, this is a snapshot session, or the session is closed
     * @throws IllegalArgumentException if its write concern would be unacknowledged
     */
    public void start(TransactionOptions options) {
        if (session.options().snapshot()) {
            throw new IllegalStateException("Transactions are not supported in snapshot sessions");
        }
        checkOpen();
        TransactionOptions ofClient = TransactionOptions.DEFAULT
                .readConcern(admin.readConcern())
                .writeConcern(admin.writeConcern())
                .readPreference(admin.readPreference());
        session.transaction()
                .start(options.orElse(session.options().defaultTransactionOptions())
                        .orElse(ofClient));
    }

    /** Commits the transaction, see {@link ClientSession#commitTransaction(Duration)}. */
    public CompletionStage<Void> commit(@Nullable Duration timeout) {
        int committed;
        try {
            checkOpen();
            checkLimit(timeout);
            committed = session.transaction().commit();
        } catch (IllegalStateException e) {
            return failed(e);
        }
        if (committed == 0) {
            return completed();
        }
        return engine.execute(EndTransactionOperation.commit(scope(timeout, committed), committed));
    }

    /** Aborts the transaction, see {@link ClientSession#abortTransaction(Duration)}. */
    public CompletionStage<Void> abort(@Nullable Duration timeout) {
        int aborted;
        try {
            checkOpen();
            checkLimit(timeout);
            aborted = session.transaction().abort();
        } catch (IllegalStateException e) {
            return failed(e);
        }
        return aborted == 0 ? completed() : sendAbort(timeout, aborted);
    }

    /** The server ends by itself what it is not told to end, so nothing that goes wrong on the way matters. */
    private CompletionStage<Void> sendAbort(@Nullable Duration timeout, int which) {
        Scope scope = scope(timeout, which);
        Duration limit = scope.timeout();
        // Begun anew within withTransaction: a transaction that ran out of time is the one that must be aborted.
        long deadline = limit == null || limit.isZero()
                ? Deadline.NONE
                : Deadline.after(engine.clock.nanoTime(), limit.toNanos());
        DriverFuture<Void> aborted = new DriverFuture<>(engine);
        engine.execute(EndTransactionOperation.abort(scope, which), deadline)
                .whenComplete((none, failure) -> aborted.complete(null));
        return aborted;
    }

    /** Runs a transaction until it is through, see {@link ClientSession#withTransaction}. */
    public <T extends @Nullable Object> CompletionStage<T> run(
            ClientSession given,
            Function<? super ClientSession, ? extends CompletionStage<T>> body,
            TransactionOptions options) {
        Duration timeout =
                options.orElse(session.options().defaultTransactionOptions()).timeout();
        return new TransactionRun<>(engine, this, given, body, options, timeout == null ? usualTimeout() : timeout)
                .start();
    }

    private void checkOpen() {
        if (session.isClosed()) {
            throw new IllegalStateException("The session is closed");
        }
    }

    private void checkLimit(@Nullable Duration timeout) {
        if (timeout != null && session.isLimited()) {
            throw new IllegalStateException(
                    "Within withTransaction a timeout cannot be given: that of withTransaction covers all of it");
        }
    }

    /** The admin database in this session, with the limit of this transaction's commit and abort. */
    private Scope scope(@Nullable Duration timeout, int which) {
        Duration limit = timeout;
        if (limit == null) {
            limit = session.isLimited()
                    ? session.limit()
                    : session.transaction().options(which).timeout();
        }
        return admin.withTimeout(limit == null ? usualTimeout() : limit).withSession(session);
    }

    private @Nullable Duration usualTimeout() {
        Duration ofSession = session.options().defaultTimeout();
        return ofSession == null ? admin.timeout() : ofSession;
    }

    /**
     * Ends the session, and its transaction.
     *
     * @param timeout of the abort; zero for none, {@code null} for the usual one
     * @return completes when the abort is through, where there was something to abort; never with a failure
     */
    public CompletionStage<@Nullable Void> end(@Nullable Duration timeout) {
        // Held until the abort is through: its server session must not be lent to anybody else before.
        session.retainAgain();
        Integer keptFor = engine.topology.logicalSessionTimeoutMinutes();
        if (!session.close(keptFor)) {
            session.release(keptFor);
            return ended.minimalCompletionStage();
        }
        SessionTransaction transaction = session.transaction();
        int active = transaction.abortIfActive();
        CompletionStage<?> aborted = active == 0 ? completed() : sendAbort(timeout, active);
        aborted.whenComplete((none, failure) -> {
            transaction.unpin(transaction.current());
            session.release(keptFor);
            ended.complete(null);
        });
        return ended.minimalCompletionStage();
    }

    private DriverFuture<Void> failed(RuntimeException failure) {
        DriverFuture<Void> failed = new DriverFuture<>(engine);
        failed.completeExceptionally(failure);
        return failed;
    }

    private DriverFuture<Void> completed() {
        DriverFuture<Void> completed = new DriverFuture<>(engine);
        completed.complete(null);
        return completed;
    }
}
