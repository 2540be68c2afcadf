package dev.rotor.driver.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One thread that runs a set of wires, tasks and timers. Everything it runs must return soon: nothing may block it.
 *
 * <p>{@link #execute} may be called from any thread. Tasks run in the order they were handed over. After the transport
 * has closed, it throws {@link java.util.concurrent.RejectedExecutionException}.
 */
public interface EventLoop extends Executor {

    /**
     * Whether the calling thread is this loop's thread.
     *
     * @return {@code true} on the loop
     */
    boolean inLoop();

    /**
     * Runs a task once on this loop, not before the delay has passed. Timers are coarse: they may fire some
     * milliseconds late, never early. May be called from any thread.
     *
     * @param task what to run
     * @param delay how long to wait; zero or less means as soon as possible
     * @param unit the unit of {@code delay}
     * @return cancels the timer
     */
    Cancellable schedule(Runnable task, long delay, TimeUnit unit);
}
