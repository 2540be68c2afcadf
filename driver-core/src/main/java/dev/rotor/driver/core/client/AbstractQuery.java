package dev.rotor.driver.core.client;

import dev.rotor.driver.Query;
import dev.rotor.driver.core.cursor.BatchCursor;
import dev.rotor.driver.core.cursor.CursorDrain;
import dev.rotor.driver.core.cursor.CursorSubscription;
import dev.rotor.driver.core.cursor.DocumentCursor;
import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.LinkedFuture;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.op.Engine;
import dev.rotor.driver.core.op.Operation;
import dev.rotor.driver.core.op.QuerySpec;
import dev.rotor.driver.core.op.Scope;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What all queries have in common: the settings that each of them has, and the ways of consuming one over whatever
 * command opens its cursor.
 *
 * @param <T> what each result is read as
 * @param <S> what the query is to send
 * @param <Q> the kind of query
 */
abstract class AbstractQuery<T, S extends QuerySpec<S>, Q extends Query<T>> implements Query<T> {

    final Engine engine;
    final Scope scope;
    /** The view's own, to which a timeout taken back returns. */
    final Scope collectionScope;

    final @Nullable TimeoutMode timeoutMode;
    final S spec;

    AbstractQuery(Engine engine, Scope scope, Scope collectionScope, @Nullable TimeoutMode timeoutMode, S spec) {
        this.engine = engine;
        this.scope = scope;
        this.collectionScope = collectionScope;
        this.timeoutMode = timeoutMode;
        this.spec = spec;
    }

    /** The same query with other settings. */
    abstract Q with(Scope scope, @Nullable TimeoutMode timeoutMode, S spec);

    final Q with(S changed) {
        return with(scope, timeoutMode, changed);
    }

    @Override
    public final Q batchSize(int batchSize) {
        Checks.batchSize(batchSize);
        S changed = spec.copy();
        changed.batchSize = batchSize;
        return with(changed);
    }

    @Override
    public final Q prefetch(boolean prefetch) {
        S changed = spec.copy();
        changed.prefetch = prefetch;
        return with(changed);
    }

    @Override
    public final Q maxTime(@Nullable Duration maxTime) {
        Checks.notNegative(maxTime, "maxTime");
        S changed = spec.copy();
        changed.maxTime = maxTime;
        return with(changed);
    }

    @Override
    public final Q comment(@Nullable String comment) {
        return comment(comment == null ? null : new BsonString(comment));
    }

    @Override
    public final Q comment(@Nullable BsonValue comment) {
        S changed = spec.copy();
        changed.comment = comment;
        return with(changed);
    }

    @Override
    public final Q timeout(@Nullable Duration timeout) {
        Checks.notNegative(timeout, "timeout");
        Scope changed = timeout == null ? collectionScope : collectionScope.withTimeout(timeout);
        return with(changed, timeoutMode, spec);
    }

    @Override
    public final Q timeoutMode(@Nullable TimeoutMode timeoutMode) {
        S changed = spec.copy();
        changed.timeoutMode = timeoutMode;
        return with(scope, timeoutMode, changed);
    }

    /** The command that opens the cursor. */
    abstract Operation<BatchCursor<T>> operation();

    /** Whether the server never ends the cursor by itself. */
    boolean isTailable() {
        return false;
    }

    /** A result for which a missing collection is no failure; by default every failure stays one. */
    CompletableFuture<BatchCursor<T>> opened(CompletableFuture<BatchCursor<T>> cursor) {
        return cursor;
    }

    private CompletableFuture<BatchCursor<T>> start() {
        return start(this::operation);
    }

    private CompletableFuture<BatchCursor<T>> start(Supplier<Operation<BatchCursor<T>>> operation) {
        try {
            checkTimeout();
            return opened(engine.execute(operation.get()));
        } catch (Throwable e) {
            DriverFuture<BatchCursor<T>> failed = new DriverFuture<>(engine);
            failed.completeExceptionally(e);
            return failed;
        }
    }

    /** How long the server may wait for documents that are not there yet; {@code null} to leave it to the server. */
    @Nullable
    Duration maxAwaitTime() {
        return null;
    }

    /** Whether the command writes what it finds, so that there is nothing to iterate. */
    boolean writes() {
        return false;
    }

    private void checkTimeout() {
        Duration timeout = scope.timeout();
        Duration await = maxAwaitTime();
        if (timeout != null && await != null && !timeout.isZero() && await.compareTo(timeout) >= 0) {
            throw new IllegalArgumentException("maxAwaitTime of " + await.toMillis()
                    + " ms must be less than the timeout of " + timeout.toMillis() + " ms");
        }
        if (timeoutMode == null) {
            return;
        }
        if (timeout == null) {
            throw new IllegalArgumentException("a timeout mode needs a timeout");
        }
        if (timeoutMode == TimeoutMode.CURSOR_LIFETIME && isTailable()) {
            throw new IllegalArgumentException("the timeout of a tailable cursor cannot span its lifetime");
        }
        if (timeoutMode == TimeoutMode.ITERATION && writes()) {
            throw new IllegalArgumentException(
                    "a pipeline that ends in $out or $merge has no iterations for a timeout to be for");
        }
    }

    @Override
    public CompletionStage<@Nullable T> first() {
        // A batch fetched ahead would be for nobody.
        S alone = spec.copy();
        alone.prefetch = false;
        AbstractQuery<T, ?, ?> query = (AbstractQuery<T, ?, ?>) with(alone);
        First<T> first = new First<>();
        return CursorDrain.start(engine, query.start(), first, first);
    }

    /** Keeps the first result and wants no more. */
    private static final class First<T> implements Predicate<T>, Supplier<@Nullable T> {
        private @Nullable T result;

        @Override
        public boolean test(T found) {
            result = found;
            return false;
        }

        @Override
        public @Nullable T get() {
            return result;
        }
    }

    @Override
    public CompletionStage<List<T>> toList() {
        return collect(Integer.MAX_VALUE);
    }

    @Override
    public CompletionStage<List<T>> toList(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
        return collect(limit);
    }

    private CompletionStage<List<T>> collect(int limit) {
        List<T> results = new ArrayList<>();
        return CursorDrain.start(
                engine,
                start(),
                result -> {
                    results.add(result);
                    return results.size() < limit;
                },
                () -> Collections.unmodifiableList(results));
    }

    @Override
    public CompletionStage<Void> forEach(Consumer<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        return forEachWhile(result -> {
            consumer.accept(result);
            return true;
        });
    }

    @Override
    public CompletionStage<Void> forEachWhile(Predicate<? super T> consumer) {
        Objects.requireNonNull(consumer, "consumer");
        // Nothing comes out; the stage is declared as of Void.
        @SuppressWarnings("NullAway")
        Supplier<Void> nothing = () -> null;
        return CursorDrain.start(engine, start(), consumer, nothing);
    }

    /** The same cursor, which knows its session, and is closed when the user forgets it. */
    final <C extends DocumentCursor<T>> C watched(C cursor, @Nullable Throwable opened) {
        cursor.ofSession(RotorSession.of(scope));
        cursor.closeIfAbandoned(engine.abandonedCursors(), opened);
        return cursor;
    }

    /** Opens a cursor of any kind. */
    final <C> CompletionStage<C> open(
            Supplier<Operation<BatchCursor<T>>> operation, Function<BatchCursor<T>, C> cursor) {
        CompletableFuture<BatchCursor<T>> starting = start(operation);
        LinkedFuture<C> open = new LinkedFuture<>(engine, starting);
        starting.whenComplete((batches, failure) -> {
            if (batches == null) {
                open.completeExceptionally(StageFailures.unwrapped(failure));
            } else if (!open.complete(cursor.apply(batches))) {
                // Whoever wanted it has given up.
                batches.close();
            }
        });
        return open;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        try {
            checkTimeout();
        } catch (IllegalArgumentException e) {
            CursorSubscription.refuse(subscriber, e);
            return;
        }
        CursorSubscription.subscribe(subscriber, this::start, engine.captureContext());
    }
}
