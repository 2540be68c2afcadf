package dev.rotor.testserver.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Unix domain socket whose connections are passed on to a server on TCP. */
public final class UnixBridge implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(UnixBridge.class);

    private final ServerSocketChannel listener;
    private final InetSocketAddress target;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

    private UnixBridge(ServerSocketChannel listener, InetSocketAddress target) {
        this.listener = listener;
        this.target = target;
    }

    /** Listens at a path that does not exist yet, for a server at {@code host:port}. */
    public static UnixBridge open(Path path, String address) throws IOException {
        int colon = address.lastIndexOf(':');
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        UnixBridge bridge = new UnixBridge(
                listener,
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        start(bridge::acceptAll);
        return bridge;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "unix-bridge");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Channel channel : channels) {
            channel.close();
        }
    }

    private void acceptAll() {
        try {
            while (listener.isOpen()) {
                SocketChannel local = listener.accept();
                SocketChannel remote = SocketChannel.open(target);
                channels.add(local);
                channels.add(remote);
                start(() -> pump(local, remote));
                start(() -> pump(remote, local));
            }
        } catch (IOException e) {
            LOGGER.trace("the bridge to {} has ended", target, e);
        }
    }

    private void pump(ByteChannel from, ByteChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            LOGGER.trace("one end of a connection to {} was closed: so are both", target, e);
        } finally {
            channels.remove(from);
        }
    }
}
