package dev.rotor.driver;

import java.util.Objects;

/**
 * Carries what an application binds to a thread (a logging context, a trace) from the call of an operation to its
 * completion and to the listeners' events, which run on other threads.
 *
 * <p>{@link #capture} runs on the caller's thread, once per operation and in its hot path; what it returns is restored
 * around each completion and event of that operation. The call is what the context belongs to:
 *
 * <ul>
 *   <li>an operation's stages, and its command events: those of each attempt, each batch of a bulk write, each getMore,
 *       and of the killCursors that it brings about;
 *   <li>the consumer of {@code forEach} and all getMores for it: the call of {@code forEach};
 *   <li>a cursor's {@code next}, {@code tryNext}, {@code nextBatch} and {@code closeAsync}: each of these calls has its
 *       own, a batch fetched ahead is fetched in that of the call which made it happen;
 *   <li>a publisher's signals: the call of {@code subscribe}, whichever thread requests more;
 *   <li>{@code withTransaction}: each run of the body, commit and abort are in the context of the call.
 * </ul>
 *
 * <p>What is nobody's call has none: heartbeats, changes of the topology, what a pool does by itself. Pool events are
 * told by whichever thread is there, so that they may be seen in anybody's context; what comes of closing a client, in
 * that of the close.
 *
 * <p>Implementations are called by many threads at once, must not block and must not throw; what they throw is logged
 * and the operation goes on without a context.
 */
@FunctionalInterface
public interface ContextCarrier {

    /**
     * Takes hold of the calling thread's context.
     *
     * @return the context; {@link Snapshot#NONE} when there is nothing to carry
     */
    Snapshot capture();

    /**
     * Carries two contexts, such as that of the log and a trace.
     *
     * @param other carries the other one, which is bound after this one and taken off before it
     * @return a carrier of both
     */
    default ContextCarrier and(ContextCarrier other) {
        Objects.requireNonNull(other, "other");
        return () -> {
            Snapshot first = capture();
            Snapshot second = other.capture();
            if (first == Snapshot.NONE) {
                return second;
            }
            return second == Snapshot.NONE ? first : () -> bind(first, second);
        };
    }

    private static Scope bind(Snapshot first, Snapshot second) {
        Scope outer = first.restore();
        Scope inner;
        try {
            inner = second.restore();
        } catch (RuntimeException | Error e) {
            outer.close();
            throw e;
        }
        return () -> {
            try {
                inner.close();
            } finally {
                outer.close();
            }
        };
    }

    /** A context taken hold of. May be restored any number of times, on several threads at once. */
    @FunctionalInterface
    interface Snapshot {

        /** Nothing to carry. */
        Snapshot NONE = () -> Scope.NONE;

        /**
         * Binds the context to the calling thread.
         *
         * @return undoes it; closed on the same thread, before that thread does anything else
         */
        Scope restore();

        /**
         * Runs a task in the context.
         *
         * @param task what to run
         */
        default void run(Runnable task) {
            Scope scope = restore();
            try {
                task.run();
            } finally {
                scope.close();
            }
        }
    }

    /** A context that is bound to a thread. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {

        /** Nothing to undo. */
        Scope NONE = () -> {};

        /** Gives the thread back the context that it had before. */
        @Override
        void close();
    }
}
