package dev.rotor.transport.netty.testing;

import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a listener heard of the beginning of a wire, and of its end. */
public class Heard implements WireListener {

    /** The wire. */
    public final CompletableFuture<Wire> connected = new CompletableFuture<>();

    /** Why it ended. */
    public final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();

    /** For tests. */
    public Heard() {}

    @Override
    public void onConnected(Wire wire) {
        connected.complete(wire);
    }

    @Override
    public void onFrame(byte[] frame) {}

    @Override
    public void onSent(ByteBuffer[] buffers) {}

    @Override
    public void onClosed(@Nullable Throwable cause) {
        closed.complete(cause);
    }
}
