package dev.rotor.driver.core.future;

import dev.rotor.driver.MongoLoopBlockedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The future behind every stage that the driver returns. Waiting for it on one of the client's loops fails at once,
 * since that loop would have to deliver the result; the same holds for every stage derived from it.
 */
public class DriverFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final LoopGuard guard;

    /** Makes an incomplete future. */
    public DriverFuture(LoopGuard guard) {
        this.guard = guard;
    }

    /** Tells whether the calling thread is an event loop. */
    @FunctionalInterface
    public interface LoopGuard {
        /** Whether the calling thread must not wait. */
        boolean onLoop();
    }

    private void refuseToBlock() {
        if (!isDone() && guard.onLoop()) {
            throw new MongoLoopBlockedException(Thread.currentThread().getName());
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new DriverFuture<>(guard);
    }

    @Override
    public T join() {
        refuseToBlock();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseToBlock();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseToBlock();
        return super.get(timeout, unit);
    }
}
