package dev.rotor.driver.transport;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Another transport with something added or changed: hands every call on to it, those with a default too. So a subclass
 * overrides what it changes, and can do whatever the other one can, also by methods that a later release adds.
 *
 * <p>The loops are the other transport's own.
 *
 * @see ForwardingListener
 * @see ForwardingWire
 */
public abstract class ForwardingTransport implements Transport {

    private final Transport transport;

    /**
     * For subclasses.
     *
     * @param transport where calls go; closed with this one
     */
    protected ForwardingTransport(Transport transport) {
        this.transport = Objects.requireNonNull(transport, "transport");
    }

    /** The other transport's name. A provider's transport has the provider's name: override it. */
    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public EventLoop nextLoop() {
        return transport.nextLoop();
    }

    @Override
    public @Nullable EventLoop currentLoop() {
        return transport.currentLoop();
    }

    @Override
    public boolean supportsProxies() {
        return transport.supportsProxies();
    }

    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        return transport.connect(loop, request, listener);
    }

    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        return transport.close(limit);
    }
}
