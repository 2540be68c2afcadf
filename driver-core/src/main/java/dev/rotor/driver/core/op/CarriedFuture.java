package dev.rotor.driver.core.op;

import dev.rotor.driver.ContextCarrier;
import dev.rotor.driver.core.future.Contexts;
import dev.rotor.driver.core.future.DriverFuture;
import org.jspecify.annotations.Nullable;

/**
 * A result that is delivered where the client's settings want it: on the thread that has it or on the executor for
 * completions, and in the context in which the caller asked for it.
 */
abstract class CarriedFuture<T extends @Nullable Object> extends DriverFuture<T> {

    final Engine engine;
    /** The caller's context, restored around completions and listeners; {@code null} when nobody carries one. */
    final ContextCarrier.@Nullable Snapshot context;

    CarriedFuture(Engine engine) {
        super(engine);
        this.engine = engine;
        this.context = engine.captureContext();
    }

    /** Takes care of a result that came after whoever asked for it had given up. */
    abstract void unwanted(@Nullable T value);

    final void succeed(@Nullable T value) {
        if (engine.completions == null && context == null) {
            deliver(value);
        } else {
            elsewhere(() -> deliver(value));
        }
    }

    private void deliver(@Nullable T value) {
        if (!complete(value)) {
            unwanted(value);
        }
    }

    final void fail(Throwable failure) {
        if (engine.completions == null && context == null) {
            completeExceptionally(failure);
        } else {
            elsewhere(() -> completeExceptionally(failure));
        }
    }

    /** Runs what belongs to the user where results are delivered. */
    final void carry(Runnable task) {
        if (engine.completions == null && context == null) {
            task.run();
        } else {
            elsewhere(task);
        }
    }

    private void elsewhere(Runnable completion) {
        Runnable task = context == null ? completion : () -> Contexts.run(context, completion);
        if (engine.completions == null) {
            task.run();
            return;
        }
        try {
            engine.completions.execute(task);
        } catch (Throwable e) {
            // The user has shut the executor down; a result that never comes would be worse than one on this thread.
            if (!isDone()) {
                task.run();
            }
        }
    }
}
