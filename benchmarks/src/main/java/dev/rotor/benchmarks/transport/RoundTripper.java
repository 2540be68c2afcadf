package dev.rotor.benchmarks.transport;

import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.TcpOptions;
import dev.rotor.driver.transport.Transport;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One wire on which one thread at a time sends a prepared find and waits for the reply. */
final class RoundTripper implements WireListener {

    private final CompletableFuture<Wire> connected = new CompletableFuture<>();
    private final ByteBuffer[] request = {ByteBuffer.wrap(find())};
    private final Runnable sendTask = this::send;

    private @Nullable Wire wire;
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Throwable failure;
    /** How many more to send from inside the reply; the loop's while a chain runs. */
    private int chain;

    private RoundTripper() {}

    static RoundTripper connect(Transport transport, InetSocketAddress address) {
        RoundTripper result = new RoundTripper();
        transport.connect(
                transport.nextLoop(),
                new ConnectRequest(
                        address.getHostString(),
                        address.getPort(),
                        List.of(address),
                        Duration.ofSeconds(10),
                        TcpOptions.DEFAULT,
                        null,
                        48_000_000),
                result);
        result.wire = result.connected.join();
        return result;
    }

    void sendFromHereAndPark() {
        waiting = Thread.currentThread();
        send();
        park();
    }

    void sendFromLoopAndPark() {
        waiting = Thread.currentThread();
        wire().loop().execute(sendTask);
        park();
    }

    void chainAndPark(int count) {
        chain = count - 1;
        sendFromLoopAndPark();
    }

    private void send() {
        request[0].clear();
        wire().send(request);
    }

    private void park() {
        while (waiting != null) {
            LockSupport.park(this);
        }
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the wire closed", cause);
        }
    }

    private Wire wire() {
        Wire connectedWire = wire;
        if (connectedWire == null) {
            throw new IllegalStateException("not connected");
        }
        return connectedWire;
    }

    private void wake() {
        Thread thread = waiting;
        waiting = null;
        LockSupport.unpark(thread);
    }

    @Override
    public void onConnected(Wire wire) {
        connected.complete(wire);
    }

    @Override
    public void onFrame(byte[] frame) {
        if (chain > 0) {
            chain--;
            send();
        } else {
            wake();
        }
    }

    @Override
    public void onSent(ByteBuffer[] buffers) {
        // The same buffers are sent again once the reply is there.
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {
        failure = cause == null ? new IOException("closed") : cause;
        connected.completeExceptionally(new IOException("closed", cause));
        wake();
    }

    private static byte[] find() {
        byte[] people = "people\0".getBytes(StandardCharsets.UTF_8);
        byte[] name = "find\0".getBytes(StandardCharsets.UTF_8);
        int document = 4 + 1 + name.length + 4 + people.length + 1;
        return ByteBuffer.allocate(16 + 4 + 1 + document)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(16 + 4 + 1 + document)
                .putInt(1)
                .putInt(0)
                .putInt(2013)
                .putInt(0)
                .put((byte) 0)
                .putInt(document)
                .put((byte) 2)
                .put(name)
                .putInt(people.length)
                .put(people)
                .put((byte) 0)
                .array();
    }
}
