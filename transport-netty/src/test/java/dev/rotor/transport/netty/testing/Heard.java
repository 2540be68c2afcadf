package dev.rotor.transport.netty.testing;

import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
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

    /**
     * Begins to connect to an address, without a limit, so that nothing but news ends the attempt.
     *
     * @param transport a loop of which is taken
     * @param address a server's
     * @return this
     */
    public final Heard connect(Transport transport, SocketAddress address) {
        transport.connect(
                transport.nextLoop(),
                new ConnectRequest(
                        "db.example", 27017, List.of(address), Duration.ZERO, TcpOptions.DEFAULT, null, 48_000_000),
                this);
        return this;
    }

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
