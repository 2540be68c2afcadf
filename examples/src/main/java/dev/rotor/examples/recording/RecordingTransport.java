package dev.rotor.examples.recording;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.WireListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Another transport's loops and wires, with a record of what the wires carry. */
final class RecordingTransport implements Transport {

    private final Transport recorded;
    private final Recording recording;
    private final AtomicLong wires = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    RecordingTransport(Transport recorded, Recording recording) {
        this.recorded = recorded;
        this.recording = recording;
    }

    @Override
    public String name() {
        return RecordingProvider.NAME;
    }

    @Override
    public EventLoop nextLoop() {
        return recorded.nextLoop();
    }

    @Override
    public @Nullable EventLoop currentLoop() {
        return recorded.currentLoop();
    }

    /** What is said to a proxy is not recorded: the wire begins behind it. */
    @Override
    public boolean supportsProxies() {
        return recorded.supportsProxies();
    }

    @Override
    public Cancellable connect(EventLoop loop, ConnectRequest request, WireListener listener) {
        long number = wires.incrementAndGet();
        recording.line(number, "connects to " + request.host() + ":" + request.port());
        return recorded.connect(loop, request, new RecordedWire(number, recording, listener));
    }

    /** The record ends after the last wire, and before the stage completes. */
    @Override
    public CompletionStage<@Nullable Void> close(Duration limit) {
        if (closing.compareAndSet(false, true)) {
            recorded.close(limit).whenComplete((nothing, failure) -> {
                recording.close();
                if (failure == null) {
                    closed.complete(null);
                } else {
                    closed.completeExceptionally(failure);
                }
            });
        }
        return closed;
    }
}
