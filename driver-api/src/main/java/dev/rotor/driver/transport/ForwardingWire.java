package dev.rotor.driver.transport;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Another wire with something added or changed: hands every call on to it. A subclass overrides what it changes. */
public abstract class ForwardingWire implements Wire {

    private final Wire wire;

    /**
     * For subclasses.
     *
     * @param wire where calls go
     */
    protected ForwardingWire(Wire wire) {
        this.wire = Objects.requireNonNull(wire, "wire");
    }

    @Override
    public EventLoop loop() {
        return wire.loop();
    }

    @Override
    public void send(ByteBuffer... buffers) {
        wire.send(buffers);
    }

    @Override
    public void maxFrameBytes(int bytes) {
        wire.maxFrameBytes(bytes);
    }

    @Override
    public void readInterest(boolean on) {
        wire.readInterest(on);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return wire.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return wire.remoteAddress();
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return wire.tlsSession();
    }

    @Override
    public void close() {
        wire.close();
    }

    @Override
    public void abort() {
        wire.abort();
    }
}
