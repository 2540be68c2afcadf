package dev.rotor.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A chain of operations, each started by the completion of the one before. Allocates nothing per operation. */
public final class Chain implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final AsyncSubject subject;
    private final Operation operation;
    private final Limit limit;
    private final Histogram histogram = new Histogram();
    private final CompletableFuture<Histogram> end = new CompletableFuture<>();

    /** A completion that comes before {@code start} has returned must not recurse: whoever is in the loop goes on. */
    private final AtomicInteger turns = new AtomicInteger();

    private long deadline;
    private long started;
    private long done;

    Chain(AsyncSubject subject, Operation operation, Limit limit) {
        this.subject = subject;
        this.operation = operation;
        this.limit = limit;
    }

    /**
     * Runs a number of operations and waits for the last.
     *
     * @param subject the driver
     * @param operation what to do
     * @param operations how many times
     * @param concurrency how many chains share them
     */
    public static void run(AsyncSubject subject, Operation operation, long operations, int concurrency) {
        Chain[] chains = new Chain[concurrency];
        for (int i = 0; i < concurrency; i++) {
            chains[i] = new Chain(subject, operation, new Limit(operations / concurrency, Long.MAX_VALUE / 2));
            chains[i].begin();
        }
        for (Chain chain : chains) {
            chain.await();
        }
    }

    void begin() {
        deadline = System.nanoTime() + limit.nanos();
        next();
    }

    /** Blocks until the last operation is complete. */
    Histogram await() {
        return end.join();
    }

    @Override
    public void accept(@Nullable Object result, @Nullable Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(failure);
            return;
        }
        long now = System.nanoTime();
        histogram.record(now - started);
        if (++done >= limit.operations() || now - deadline >= 0) {
            end.complete(histogram);
            return;
        }
        next();
    }

    private void next() {
        if (turns.getAndIncrement() != 0) {
            return;
        }
        do {
            started = System.nanoTime();
            try {
                subject.start(operation, this);
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
                return;
            }
        } while (turns.decrementAndGet() != 0);
    }
}
