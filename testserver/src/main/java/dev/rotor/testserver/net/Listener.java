package dev.rotor.testserver.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections at one port of the loopback address, on a thread of the executor. */
public final class Listener implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Listener.class);

    private final ServerSocket server;
    private final CountDownLatch ended;

    private Listener(ServerSocket server, CountDownLatch ended) {
        this.server = server;
        this.ended = ended;
    }

    /**
     * Listens.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static Listener at(int port, Executor threads, Consumer<Socket> accepted) {
        ServerSocket server = bind(port);
        CountDownLatch ended = new CountDownLatch(1);
        threads.execute(() -> {
            try {
                acceptAll(server, accepted);
            } finally {
                ended.countDown();
            }
        });
        return new Listener(server, ended);
    }

    static ServerSocket bind(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at port " + port + ": " + e.getMessage(), e);
        }
    }

    private static void acceptAll(ServerSocket server, Consumer<Socket> accepted) {
        while (!server.isClosed()) {
            try {
                accepted.accept(server.accept());
            } catch (IOException e) {
                LOGGER.trace("port {}: {}", server.getLocalPort(), e.getMessage());
            }
        }
    }

    /**
     * The port refuses connections from now on, and can be listened at again: the system keeps it until the thread that
     * accepts has left its call.
     */
    @Override
    public void close() {
        try {
            server.close();
            ended.await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
