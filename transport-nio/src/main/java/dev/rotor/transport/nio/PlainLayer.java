package dev.rotor.transport.nio;

import dev.rotor.driver.transport.support.ByteLayer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Plain text: the socket itself. */
final class PlainLayer implements ByteLayer {

    private static final Logger LOG = System.getLogger(PlainLayer.class.getName());

    private final SocketChannel channel;

    PlainLayer(SocketChannel channel) {
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

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    /** Closes a channel of which nothing is expected any more, so that a failure to close it helps nobody. */
    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a socket failed", e);
        }
    }
}
