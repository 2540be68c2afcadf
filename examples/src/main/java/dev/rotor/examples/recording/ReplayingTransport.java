package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.ForwardingTransport;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.WireListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Another transport's loops, and wires that only seem to lead somewhere. */
final class ReplayingTransport extends ForwardingTransport {

    private final Tape tape;
    private final Set<ReplayedWire> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    ReplayingTransport(Transport behind, Tape tape) {
        super(behind);
        this.tape = tape;
    }

    @Override
    public String name() {
        return "replaying";
    }

    /** What is said to a proxy is not recorded: the wire begins behind it. */
    @Override
    public boolean supportsProxies() {
        return true;
    }

    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        ReplayedWire wire = new ReplayedWire(loop, request.addresses().get(0), tape, listener, open);
        loop.execute(() -> wire.connect(closing));
        return wire::abort;
    }

    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        closing = true;
        open.forEach(ReplayedWire::close);
        return super.close(limit);
    }
}
