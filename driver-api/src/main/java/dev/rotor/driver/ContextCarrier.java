package dev.rotor.driver;

/**
 * Carries what an application binds to a thread (a logging context, a trace) from the call of an operation to its
 * completion and to the listeners' events, which run on other threads.
 *
 * <p>{@link #capture} runs on the caller's thread, once per operation and in its hot path; what it returns is restored
 * around each completion and event of that operation. Implementations are called by many threads at once, must not
 * block and must not throw; what they throw is logged and the operation goes on without a context.
 */
@FunctionalInterface
public interface ContextCarrier {

    /**
     * Takes hold of the calling thread's context.
     *
     * @return the context; {@link Snapshot#NONE} when there is nothing to carry
     */
    Snapshot capture();

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
