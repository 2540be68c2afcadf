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
     * Whether {@link #connect} does the {@linkplain ConnectRequest#proxy handshake of a proxy}. A client with a proxy
     * is not created on a transport that does not: it would speak to the proxy as if that were the server.
     *
     * @return {@code false} unless the transport says otherwise
     */
    default boolean supportsProxies() {
        return false;
    }

    /**
     * Connects to whichever of the request's addresses answers first, without blocking. They are tried in their order,
     * those of IPv4 and of IPv6 in turn; the next is begun when one fails, and also when one has not answered for 250
     * milliseconds, or for its share of the timeout if that is less, while the earlier attempts go on. The handshakes
     * of the proxy and of TLS follow on the address that has answered; where they break off, the other addresses are
     * tried. Sockets that are not needed any more are closed. The listener hears exactly one of
     * {@link WireListener#onConnected} and {@link WireListener#onClosed} as its first call, on the loop.
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
