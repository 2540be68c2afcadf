package dev.rotor.driver.core.op;

import dev.rotor.driver.core.future.DriverFuture;
import dev.rotor.driver.core.future.StageFailures;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several commands for one call of the user, one after the other until one fails. Whoever gives it up gives up the one
 * under way.
 */
final class CommandSequence extends DriverFuture<@Nullable Void> {

    private final List<Supplier<? extends CompletableFuture<?>>> commands;
    private volatile @Nullable CompletableFuture<?> pending;

    private CommandSequence(LoopGuard guard, List<Supplier<? extends CompletableFuture<?>>> commands) {
        super(guard);
        this.commands = commands;
    }

    /** Sends the first of a few commands; each is made when the one before it has succeeded. */
    static CommandSequence start(LoopGuard guard, List<Supplier<? extends CompletableFuture<?>>> commands) {
        CommandSequence sequence = new CommandSequence(guard, List.copyOf(commands));
        sequence.send(0);
        return sequence;
    }

    private void send(int index) {
        if (index == commands.size()) {
            complete(null);
            return;
        }
        CompletableFuture<?> command;
        try {
            command = commands.get(index).get();
        } catch (Throwable e) {
            // Nobody else would end this.
            completeExceptionally(e);
            return;
        }
        pending = command;
        if (isCancelled()) {
            command.cancel(false);
        }
        command.whenComplete((result, failure) -> {
            if (failure != null) {
                completeExceptionally(StageFailures.unwrapped(failure));
            } else if (!isDone()) {
                send(index + 1);
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        CompletableFuture<?> under = pending;
        if (cancelled && under != null) {
            under.cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
