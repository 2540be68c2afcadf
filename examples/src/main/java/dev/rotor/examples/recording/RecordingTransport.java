package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.WireListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Another transport's loops, and its wires with a record of them, or wires that only seem to lead somewhere. */
final class RecordingTransport implements Transport {

    private final String name;
    private final Transport behind;
    private final Tape tape;
    private final boolean replay;
    private final Set<ReplayedWire> replayed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    RecordingTransport(String name, Transport behind, Tape tape, boolean replay) {
        this.name = name;
        this.behind = behind;
        this.tape = tape;
        this.replay = replay;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EventLoop nextLoop() {
        return behind.nextLoop();
    }

    @Override
    public @Nullable EventLoop currentLoop() {
        return behind.currentLoop();
    }

    /** What is said to a proxy is not recorded: the wire begins behind it. */
    @Override
    public boolean supportsProxies() {
        return replay || behind.supportsProxies();
    }

    // snippet: connect
    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        if (!replay) {
            return behind.connect(loop, request, new RecordedWire(tape, listener));
        }
        ReplayedWire wire = new ReplayedWire(loop, request.addresses().get(0), tape, listener, replayed);
        loop.execute(() -> wire.connect(closing.get()));
        return wire::abort;
    }
    // end

    // snippet: close
    /** The record ends after the last wire, and before the stage completes. */
    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        if (closing.compareAndSet(false, true)) {
            replayed.forEach(ReplayedWire::close);
            behind.close(limit).whenComplete((nothing, failure) -> {
                tape.close();
                if (failure == null) {
                    closed.complete(null);
                } else {
                    closed.completeExceptionally(failure);
                }
            });
        }
        return closed;
    }
    // end
}
