package dev.rotor.driver.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An open transport: a fixed set of event loops and the means to connect wires on them. Safe to call from any thread.
 */
public interface Transport {

    /**
     * The name of the provider that opened this transport.
     *
     * @return for example {@code "nio"}
     */
    String name();

    /**
     * A loop to put something new on, chosen round robin.
     *
     * @return the next loop
     */
    EventLoop nextLoop();

    /**
     * The loop whose thread calls this.
     *
     * @return the loop, or {@code null} when the calling thread is none of this transport's loops
     */
    @Nullable
    EventLoop currentLoop();

    /**
     * Connects to the first of the request's addresses that answers, in their order, without blocking. An address that
     * does not answer may use up no more than its share of the timeout, so that those behind it are tried. The listener
     * hears exactly one of {@link WireListener#onConnected} and {@link WireListener#onClosed} as its first call, on the
     * loop.
     *
     * @param loop the loop that the wire will live on; one of this transport's
     * @param request where to and how
     * @param listener hears of everything that happens on the wire
     * @return a handle that abandons the attempt: the listener then hears {@code onClosed} if it has not heard
     *     {@code onConnected} yet; harmless afterwards
     * @throws IllegalArgumentException if the loop is none of this transport's
     * @throws java.util.concurrent.RejectedExecutionException if the transport has closed; the listener hears nothing.
     *     While it is closing, the listener may hear {@code onClosed} with {@code null} instead
     */
    Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener);

    /**
     * Closes every wire, lets tasks already handed to the loops run, then ends the loops' threads. Timers that have not
     * fired are dropped. Repeated calls give the same stage. Foreign loops are left running.
     *
     * @param limit how long an orderly close may take before it becomes an abrupt one
     * @return completes when no thread or socket of this transport is left
     */
    CompletionStage<@Nullable Void> close(Duration limit);
}
