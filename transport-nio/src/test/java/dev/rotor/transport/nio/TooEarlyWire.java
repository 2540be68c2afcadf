package dev.rotor.transport.nio;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A wire that is not there yet. */
record TooEarlyWire(EventLoop loop) implements Wire {

    @Override
    public void send(ByteBuffer... buffers) {
        throw new IllegalStateException("not connected yet");
    }

    @Override
    public void maxFrameBytes(int bytes) {}

    @Override
    public void readInterest(boolean on) {}

    @Override
    public @Nullable SocketAddress localAddress() {
        return null;
    }

    @Override
    public SocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("db.example", 27017);
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return null;
    }

    @Override
    public void close() {}

    @Override
    public void abort() {}
}
