package dev.rotor.driver.core.op;

import dev.rotor.driver.ClientSession;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.TransactionOptions;
import dev.rotor.driver.TransactionState;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.log.OncePerKind;
import dev.rotor.driver.core.session.BoundSession;
import dev.rotor.driver.core.time.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One {@code withTransaction}: start, body, commit, and all of it or the commit again, until it is through or time runs
 * out. Each step is started by the end of the one before, so nothing of it overlaps.
 */
final class TransactionRun<T extends @Nullable Object> extends CarriedFuture<T> implements Backoffs.Sleeper {

    private static final OncePerKind BROKEN = new OncePerKind(LoggerFactory.getLogger("dev.rotor.driver.client"));

    private final Transactions transactions;
    private final BoundSession session;
    private final ClientSession given;
    private final Function<? super ClientSession, ? extends CompletionStage<T>> body;
    private final TransactionOptions options;
    private final @Nullable Duration timeout;

    private long startedAt;
    /** How long it may go on, in nanoseconds. */
    private long limit;

    private int attempts;
    /** Whether the session has this run's time limit. */
    private boolean limiting;

    private @Nullable T result;
    /** What follows the pause: the commit again, or else everything. */
    private boolean onlyCommit;

    /** Whether it pauses; whoever clears the pause has the run in hand. */
    private volatile boolean pausing;

    TransactionRun(
            Engine engine,
            Transactions transactions,
            ClientSession given,
            Function<? super ClientSession, ? extends CompletionStage<T>> body,
            TransactionOptions options,
            @Nullable Duration timeout) {
        super(engine);
        this.transactions = transactions;
        this.session = transactions.session();
        this.given = given;
        this.body = body;
        this.options = options;
        this.timeout = timeout;
    }

    TransactionRun<T> start() {
        startedAt = engine.clock.nanoTime();
        if (timeout == null) {
            limit = TransactionRetries.LIMIT_NANOS;
        } else {
            limit = timeout.isZero() ? Long.MAX_VALUE : timeout.toNanos();
        }
        attempt();
        return this;
    }

    private void attempt() {
        try {
            transactions.start(options);
            attempts++;
            applyLimit();
        } catch (RuntimeException e) {
            giveUp(e);
            return;
        }
        // The body's stage may be one of the user's own making, which tells more than once, or tells and throws.
        AtomicBoolean ended = new AtomicBoolean();
        try {
            CompletionStage<T> done =
                    Objects.requireNonNull(body.apply(given), "withTransaction: the body gave no stage");
            // It may be completed by anybody; what follows belongs to the caller of withTransaction.
            done.whenComplete((value, failure) -> {
                if (ended.compareAndSet(false, true)) {
                    Contexts.run(context, () -> bodyEnded(value, failure));
                }
            });
        } catch (Throwable e) {
            // What the user's code throws is a failure of the body, whatever it is.
            if (ended.compareAndSet(false, true)) {
                bodyFailed(e);
            } else {
                BROKEN.tell(e.getClass(), "{} threw {}", "A stage of withTransaction", "after it had told its end", e);
            }
        }
    }

    private void bodyEnded(@Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            bodySucceeded(value);
        } else {
            bodyFailed(unwrapped(failure));
        }
    }

    private void applyLimit() {
        if (timeout != null && !limiting) {
            limiting = true;
            session.limit(timeout, timeout.isZero() ? Deadline.NONE : Deadline.after(startedAt, timeout.toNanos()));
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && failure.getCause() != null ? failure.getCause() : failure;
    }

    private boolean isActive() {
        TransactionState state = session.transaction().state();
        return state == TransactionState.STARTING || state == TransactionState.IN_PROGRESS;
    }

    private void bodyFailed(Throwable failure) {
        if (isActive()) {
            transactions.abort(null).whenComplete((none, unable) -> afterBodyFailed(failure));
        } else {
            afterBodyFailed(failure);
        }
    }

    private void afterBodyFailed(Throwable failure) {
        if (TransactionRetries.isTransient(failure)) {
            attemptAgain(failure);
        } else {
            giveUp(failure);
        }
    }

    private void bodySucceeded(@Nullable T value) {
        if (!isActive()) {
            // The body has ended the transaction itself.
            finish(value);
        } else if (isDone()) {
            bodyFailed(new IllegalStateException("cancelled"));
        } else {
            result = value;
            commit();
        }
    }

    private void commit() {
        transactions.commit(null).whenComplete((none, failure) -> {
            if (failure == null) {
                finish(result);
            } else {
                commitFailed(unwrapped(failure));
            }
        });
    }

    private void commitFailed(Throwable failure) {
        if (TransactionRetries.mayCommitAgain(failure)) {
            if (elapsed() >= limit) {
                giveUp(outOfTime(failure));
            } else {
                pause(0, true);
            }
        } else if (TransactionRetries.isTransient(failure)) {
            attemptAgain(failure);
        } else {
            giveUp(failure);
        }
    }

    private void attemptAgain(Throwable failure) {
        long backoff = TransactionRetries.backoffNanos(
                attempts, engine.overload.jitter().getAsDouble());
        if (elapsed() + backoff >= limit) {
            giveUp(outOfTime(failure));
        } else {
            pause(backoff, false);
        }
    }

    private long elapsed() {
        return engine.clock.nanoTime() - startedAt;
    }

    private Throwable outOfTime(Throwable failure) {
        return TransactionRetries.outOfTime(failure, limit, timeout != null);
    }

    /** Goes on from a loop, so that attempts that fail at once do not pile up on the stack. */
    private void pause(long nanos, boolean thenOnlyCommit) {
        onlyCommit = thenOnlyCommit;
        if (isDone()) {
            giveUp(new IllegalStateException("cancelled"));
            return;
        }
        pausing = true;
        engine.backoffs.sleep(this, nanos);
    }

    @Override
    public void onAwake() {
        pausing = false;
        if (isDone()) {
            giveUp(new IllegalStateException("cancelled"));
        } else if (onlyCommit) {
            Contexts.run(context, this::commit);
        } else {
            carry(this::attempt);
        }
    }

    @Override
    public void onNoFurther(MongoException reason) {
        pausing = false;
        giveUp(reason);
    }

    private void finish(@Nullable T value) {
        end();
        succeed(value);
    }

    private void giveUp(Throwable failure) {
        end();
        fail(failure);
    }

    private void end() {
        if (limiting) {
            limiting = false;
            session.unlimit();
        }
    }

    @Override
    void unwanted(@Nullable T value) {
        // The body's own; there is nothing of the driver's in it to give back.
    }

    /** Ends the repetition. What is under way goes on to its end: a body that is done is aborted, not committed. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && pausing && engine.backoffs.cancel(this)) {
            end();
        }
        return cancelled;
    }
}
