package dev.rotor.transport.tck;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/** The other end of a wire, blocking, driven by the test. */
final class Peer implements AutoCloseable {

    private final SocketChannel channel;

    Peer(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    Socket socket() {
        return channel.socket();
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    byte[] read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("after " + buffer.position() + " of " + length + " bytes");
            }
        }
        return buffer.array();
    }

    byte[] readFrame() throws IOException {
        byte[] head = read(4);
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return Frames.join(head, read(length - 4));
    }

    /** Reads on until the stream ends, in whichever way. */
    long readToEnd() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long count = 0;
        try {
            for (int n = channel.read(buffer); n >= 0; n = channel.read(buffer.clear())) {
                count += n;
            }
        } catch (IOException e) {
            return count;
        }
        return count;
    }

    /** Has the close be a reset instead of an orderly end. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
