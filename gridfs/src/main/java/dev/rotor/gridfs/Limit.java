package dev.rotor.gridfs;

import dev.rotor.driver.FindQuery;
import dev.rotor.driver.MongoCollection;
import dev.rotor.driver.MongoTimeoutException;
import dev.rotor.driver.model.TimeoutMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The end of an operation's time, from which each of its commands gets what is left, as the Client Side Operations
 * Timeout specification asks for GridFS.
 */
final class Limit {

    private final GridFsTime time;
    private final Duration total;
    private final long end;

    private Limit(GridFsTime time, Duration total) {
        this.time = time;
        this.total = total;
        this.end = time.nanoTime() + total.toNanos();
    }

    /** Begins now; {@code null} or zero for no limit. */
    static Limit of(GridFsTime time, @Nullable Duration timeout) {
        return new Limit(time, timeout == null ? Duration.ZERO : timeout);
    }

    /** The collection with what is left of the time. */
    <T> MongoCollection<T> apply(MongoCollection<T> collection) {
        return total.isZero() ? collection : collection.withTimeout(remaining());
    }

    /** The query with what is left of the time, which spans all of its cursor. */
    <T> FindQuery<T> apply(FindQuery<T> query) {
        return total.isZero() ? query : query.timeout(remaining()).timeoutMode(TimeoutMode.CURSOR_LIFETIME);
    }

    /**
     * Completes when a stage of somebody else's does, however that ends, or when the time is over.
     *
     * @throws MongoTimeoutException if it is over already
     */
    CompletableFuture<Void> await(CompletableFuture<?> other) {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        if (total.isZero()) {
            other.whenComplete((value, failure) -> waited.complete(null));
            return waited;
        }
        CompletableFuture<Void> timer = time.timer(remaining());
        // What follows is the application's too, and the timer's thread is everybody's.
        timer.thenRunAsync(() -> waited.complete(null), Workers::surely);
        other.whenComplete((value, failure) -> {
            timer.cancel(false);
            waited.complete(null);
        });
        return waited;
    }

    private Duration remaining() {
        long left = end - time.nanoTime();
        // Timeouts are whole milliseconds, and zero would be no limit at all.
        if (left < 1_000_000) {
            throw new MongoTimeoutException(
                    "The GridFS operation did not end within its timeout of " + total.toMillis() + " ms",
                    null,
                    null,
                    MongoTimeoutException.Waiting.OPERATION);
        }
        return Duration.ofMillis(left / 1_000_000);
    }
}
