package dev.rotor.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** How the bytes of a connection come and go. Never blocks. */
interface Link {

    /**
     * Appends what has come. Unless the buffer is full afterwards, there is nothing more to be had now.
     *
     * @return how many bytes; negative at the end
     */
    int read(ByteBuffer in) throws IOException;

    /**
     * Sends what the socket takes. To be called with an empty buffer, too: a link may have something to send by itself.
     *
     * @return whether everything is gone; if not, this is to be called again when the socket can be written to
     */
    boolean write(ByteBuffer out) throws IOException;

    /** Nothing between the connection and its socket. */
    static Link plain(SocketChannel channel) {
        return new Link() {
            @Override
            public int read(ByteBuffer in) throws IOException {
                return channel.read(in);
            }

            @Override
            public boolean write(ByteBuffer out) throws IOException {
                if (out.hasRemaining()) {
                    channel.write(out);
                }
                return !out.hasRemaining();
            }
        };
    }
}
