package dev.rotor.transport.nio;

import dev.rotor.driver.transport.support.ProxyDialog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The handshake with a proxy on a connected socket. On the loop. */
final class ProxyTunnel {

    /** More than any answer of a proxy that the driver speaks to. */
    private static final int RECEIVE_BYTES = 512;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final ProxyDialog dialog;
    private final ByteBuffer received = ByteBuffer.allocate(RECEIVE_BYTES).flip();
    private ByteBuffer unsent = ByteBuffer.allocate(0);
    private boolean begun;

    ProxyTunnel(SelectionKey key, SocketChannel channel, ProxyDialog dialog) {
        this.key = key;
        this.channel = channel;
        this.dialog = dialog;
    }

    /**
     * Goes on until something has to be waited for, for which the key is set.
     *
     * @return whether the proxy passes on what comes next
     */
    boolean advance() throws IOException {
        if (!begun) {
            begun = true;
            unsent = dialog.advance(received);
        }
        while (true) {
            while (unsent.hasRemaining()) {
                if (channel.write(unsent) == 0) {
                    key.interestOps(SelectionKey.OP_WRITE);
                    return false;
                }
            }
            if (dialog.isDone()) {
                key.interestOps(0);
                return true;
            }
            int count = channel.read(received.clear());
            received.flip();
            if (count < 0) {
                throw dialog.ended();
            }
            if (count == 0) {
                key.interestOps(SelectionKey.OP_READ);
                return false;
            }
            unsent = dialog.advance(received);
        }
    }

    /** Words for a proxy that took too long. */
    String late(long millis) {
        return dialog.late(millis);
    }
}
