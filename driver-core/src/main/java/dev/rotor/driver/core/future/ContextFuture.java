package dev.rotor.driver.core.future;

import dev.rotor.driver.ContextCarrier;
import org.jspecify.annotations.Nullable;

/** A future that is completed in the context in which it was asked for, whoever completes it. */
public final class ContextFuture<T extends @Nullable Object> extends DriverFuture<T> {

    private final ContextCarrier.Snapshot context;

    private ContextFuture(LoopGuard guard, ContextCarrier.Snapshot context) {
        super(guard);
        this.context = context;
    }

    /**
     * Makes an incomplete future.
     *
     * @param context what to complete it in; {@code null} for nothing
     */
    public static <T extends @Nullable Object> DriverFuture<T> in(
            ContextCarrier.@Nullable Snapshot context, LoopGuard guard) {
        return context == null ? new DriverFuture<>(guard) : new ContextFuture<>(guard, context);
    }

    @Override
    public boolean complete(T value) {
        boolean[] first = new boolean[1];
        Contexts.run(context, () -> first[0] = super.complete(value));
        return first[0];
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean[] first = new boolean[1];
        Contexts.run(context, () -> first[0] = super.completeExceptionally(failure));
        return first[0];
    }
}
