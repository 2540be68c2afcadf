package dev.rotor.driver.core.cursor;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.future.StageFailures;
import dev.rotor.driver.core.log.OncePerKind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A cursor as a subscription of reactive streams. The query is sent at the first request; what is requested decides how
 * many results are passed on, never how many are fetched at once. Where nothing is fetched ahead, a round trip is made
 * only while something is requested.
 *
 * <p>All signals come from {@link #drain}, which one thread runs at a time: others leave a mark in {@link #work}.
 */
public final class CursorSubscription<T> implements Flow.Subscription, BatchListener<T> {

    private static final OncePerKind BROKEN = new OncePerKind(LoggerFactory.getLogger(AbandonedCursors.LOGGER));

    private final Flow.Subscriber<? super T> subscriber;
    private final Supplier<? extends CompletionStage<BatchCursor<T>>> query;
    /** The context of the subscription: whoever requests more, and on which thread, has no say in it. */
    private final ContextCarrier.@Nullable Snapshot context;

    private final AtomicLong requested = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile @Nullable Throwable badRequest;

    // Written by whoever was asked for them, before leaving a mark; read by the drain.
    private volatile @Nullable BatchCursor<T> opened;
    private volatile @Nullable Batch<T> arrived;
    private volatile @Nullable Throwable failure;

    // The drain's own.
    private boolean started;
    private boolean waiting;
    private boolean ended;
    /** Brings the cursor; {@code null} before the query is sent. */
    private @Nullable CompletionStage<BatchCursor<T>> opening;

    private @Nullable BatchCursor<T> cursor;
    private @Nullable Batch<T> current;
    /** Whether {@link #current} has been moved to a result that was not passed on yet. */
    private boolean advanced;
    /** Whether something was passed on since the last call for more. */
    private boolean emitted = true;

    private CursorSubscription(
            Flow.Subscriber<? super T> subscriber,
            Supplier<? extends CompletionStage<BatchCursor<T>>> query,
            ContextCarrier.@Nullable Snapshot context) {
        this.subscriber = subscriber;
        this.query = query;
        this.context = context;
    }

    /**
     * Subscribes somebody to the results of a query that is sent when they are first asked for.
     *
     * @param context what all signals but the first come in; {@code null} for nothing
     */
    public static <T> void subscribe(
            Flow.Subscriber<? super T> subscriber,
            Supplier<? extends CompletionStage<BatchCursor<T>>> query,
            ContextCarrier.@Nullable Snapshot context) {
        CursorSubscription<T> subscription = new CursorSubscription<>(subscriber, query, context);
        // The mark is held while the subscriber is told, so that what it requests meanwhile brings no signal before it
        // has returned (rule 1.3).
        subscription.work.set(1);
        subscriber.onSubscribe(subscription);
        subscription.workOff();
    }

    /** Tells somebody that a query cannot be sent at all. */
    public static <T> void refuse(Flow.Subscriber<? super T> subscriber, Throwable reason) {
        Supplier<CompletionStage<BatchCursor<T>>> none = () -> {
            throw new IllegalStateException("a refused query is not sent");
        };
        CursorSubscription<T> subscription = new CursorSubscription<>(subscriber, none, null);
        subscription.failure = reason;
        subscription.work.set(1);
        subscriber.onSubscribe(subscription);
        subscription.workOff();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            badRequest = new IllegalArgumentException(
                    "a subscriber must request at least one element, not " + n + " (Reactive Streams rule 3.9)");
        } else {
            requested.accumulateAndGet(n, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        drain();
    }

    @Override
    public void onBatch(Batch<T> batch) {
        arrived = batch;
        drain();
    }

    @Override
    public void onBatchFailed(Throwable failed) {
        failure = failed;
        drain();
    }

    private void drain() {
        if (work.getAndIncrement() == 0) {
            workOff();
        }
    }

    /** Takes step after step until no mark is left; for whoever set the first one. */
    private void workOff() {
        if (context == null) {
            takeSteps();
        } else {
            Contexts.run(context, this::takeSteps);
        }
    }

    private void takeSteps() {
        int marks = 1;
        do {
            if (!ended) {
                step();
            } else {
                closeCursor();
            }
            marks = work.addAndGet(-marks);
        } while (marks != 0);
    }

    private void step() {
        Throwable bad = badRequest;
        Throwable failed = failure;
        if (cancelled) {
            end();
        } else if (bad != null) {
            fail(bad);
        } else if (failed != null) {
            fail(failed);
        } else if (!started) {
            if (requested.get() > 0) {
                started = true;
                open();
            }
        } else {
            emit();
        }
    }

    private void open() {
        CompletionStage<BatchCursor<T>> awaited;
        try {
            awaited = query.get();
        } catch (Throwable e) {
            failure = e;
            work.incrementAndGet();
            return;
        }
        opening = awaited;
        awaited.whenComplete((result, failed) -> {
            if (failed != null) {
                failure = StageFailures.unwrapped(failed);
            } else {
                opened = result;
            }
            drain();
        });
    }

    private void emit() {
        BatchCursor<T> source = opened;
        if (source == null) {
            return;
        }
        cursor = source;
        Batch<T> came = arrived;
        if (came != null) {
            arrived = null;
            waiting = false;
            current = came;
        }
        boolean atEnd;
        try {
            atEnd = pass(source);
        } catch (Throwable e) {
            // A codec, or a subscriber that breaks the rules: either way nothing sensible can follow.
            fail(e);
            return;
        }
        if (atEnd) {
            complete();
        }
    }

    /** Passes on what is requested and here; returns whether there is nothing more. */
    private boolean pass(BatchCursor<T> source) {
        long passed = 0;
        long wanted = requested.get();
        while (!waiting && !cancelled && badRequest == null) {
            if (current == null) {
                if (!source.prefetches() && passed == requested.get()) {
                    break;
                }
                if (emitted) {
                    emitted = false;
                    source.iterate();
                }
                current = source.take(this);
                waiting = current == null;
                continue;
            }
            if (!advanced && !current.advance()) {
                if (current.cursorId() == 0) {
                    return true;
                }
                current = null;
                continue;
            }
            advanced = true;
            if (passed == wanted) {
                wanted = requested.get();
                if (passed == wanted) {
                    break;
                }
            }
            T result = current.read();
            advanced = false;
            emitted = true;
            passed++;
            subscriber.onNext(result);
        }
        if (passed > 0 && requested.get() != Long.MAX_VALUE) {
            requested.addAndGet(-passed);
        }
        return false;
    }

    private void complete() {
        end();
        try {
            subscriber.onComplete();
        } catch (Throwable e) {
            broken("onComplete", e);
        }
    }

    private void fail(Throwable reason) {
        end();
        try {
            subscriber.onError(reason);
        } catch (Throwable e) {
            broken("onError", e);
        }
    }

    /** After its last signal a subscriber can be told nothing more, and steps go on: a cursor may still open. */
    private void broken(String signal, Throwable thrown) {
        String name = subscriber.getClass().getName();
        BROKEN.tell(name + signal, "{}: a subscriber has thrown from {}", name, signal, thrown);
    }

    private void end() {
        ended = true;
        current = null;
        CompletionStage<BatchCursor<T>> awaited = opening;
        opening = null;
        if (awaited != null && opened == null) {
            awaited.toCompletableFuture().cancel(false);
        }
        closeCursor();
    }

    private void closeCursor() {
        BatchCursor<T> late = opened;
        if (cursor == null) {
            cursor = late;
        }
        if (cursor != null) {
            cursor.close();
        }
    }
}
