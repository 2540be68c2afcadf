package dev.rotor.driver.core.future;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A future whose result another one brings about: whoever gives this one up gives that one up too. */
public final class LinkedFuture<T extends @Nullable Object> extends DriverFuture<T> {

    private final CompletableFuture<?> source;

    /** An incomplete future; the caller completes it with what the source brings. */
    public LinkedFuture(LoopGuard guard, CompletableFuture<?> source) {
        super(guard);
        this.source = source;
    }

    /**
     * What becomes of a result, or of the failure to have one.
     *
     * @param outcome gets the result, {@code null} perhaps, or the failure itself; what it throws is the failure of
     *     this
     */
    public static <S extends @Nullable Object, T extends @Nullable Object> LinkedFuture<T> of(
            LoopGuard guard,
            CompletableFuture<S> source,
            BiFunction<? super @Nullable S, @Nullable Throwable, ? extends T> outcome) {
        return of(guard, source, outcome, nobodys -> {});
    }

    /**
     * The same for a result that has to be given back when nobody takes it.
     *
     * @param unwanted gets the outcome where this was given up just as the source had its result
     */
    public static <S extends @Nullable Object, T extends @Nullable Object> LinkedFuture<T> of(
            LoopGuard guard,
            CompletableFuture<S> source,
            BiFunction<? super @Nullable S, @Nullable Throwable, ? extends T> outcome,
            Consumer<? super T> unwanted) {
        LinkedFuture<T> linked = new LinkedFuture<>(guard, source);
        source.whenComplete((result, failure) -> {
            try {
                T value = outcome.apply(result, failure);
                if (!linked.complete(value)) {
                    unwanted.accept(value);
                }
            } catch (Throwable e) {
                linked.completeExceptionally(e);
            }
        });
        return linked;
    }

    /** What a result becomes; a failure stays what it is. */
    public static <S, T> LinkedFuture<T> map(
            LoopGuard guard, CompletableFuture<S> source, Function<? super S, ? extends T> success) {
        LinkedFuture<T> linked = new LinkedFuture<>(guard, source);
        source.whenComplete((result, failure) -> {
            try {
                if (failure == null) {
                    linked.complete(success.apply(result));
                } else {
                    linked.completeExceptionally(failure);
                }
            } catch (Throwable e) {
                linked.completeExceptionally(e);
            }
        });
        return linked;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            source.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
