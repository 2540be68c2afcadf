package dev.rotor.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A channel of the JDK, which has locks of its own between writers and whoever closes. */
final class JdkSocket implements RawSocket {

    private final SocketChannel channel;

    JdkSocket(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        // A single buffer spares the kernel the vector.
        return count == 1 ? channel.write(buffers[offset]) : channel.write(buffers, offset, count);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }
}
