package dev.rotor.driver.core.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the effects. Each thread runs its own, in order, after unlock, so that no thread carries out the work of
 * others; but a thread that is at it already, further up its stack, gets what new calls leave added to that run. So
 * however many checkouts fail or are served in a chain, the stack does not grow.
 *
 * <p>Not thread-safe: guarded by the pool's lock, except that a run is polled by its own thread only.
 */
final class EffectRunner<C extends PooledConnection> {

    private final List<Run<C>> running = new ArrayList<>();

    /**
     * Takes effects over.
     *
     * @return the run that the caller must carry out after unlock; {@code null} if there is nothing for it to do
     */
    @Nullable
    Run<C> take(ArrayDeque<Effect<C>> effects) {
        if (effects.isEmpty()) {
            return null;
        }
        Thread current = Thread.currentThread();
        Run<C> mine = null;
        for (int i = 0; i < running.size() && mine == null; i++) {
            if (running.get(i).thread == current) {
                mine = running.get(i);
            }
        }
        boolean nested = mine != null;
        if (mine == null) {
            mine = new Run<>(current);
            running.add(mine);
        }
        mine.effects.addAll(effects);
        effects.clear();
        return nested ? null : mine;
    }

    /** A run has nothing left to do. */
    void finished(Run<C> run) {
        running.remove(run);
    }

    /** One thread's effects. */
    static final class Run<C extends PooledConnection> {
        private final Thread thread;
        private final ArrayDeque<Effect<C>> effects = new ArrayDeque<>();

        private Run(Thread thread) {
            this.thread = thread;
        }

        /** The next; {@code null} if none is left. Called by its own thread, which is also the only one that adds. */
        @Nullable
        Effect<C> poll() {
            return effects.poll();
        }
    }
}
