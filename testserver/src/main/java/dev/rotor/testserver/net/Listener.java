package dev.rotor.testserver.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections at one port of the loopback address, on a thread of the executor. */
public final class Listener implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Listener.class);

    private final ServerSocket server;

    private Listener(ServerSocket server) {
        this.server = server;
    }

    /**
     * Listens.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static Listener at(int port, Executor threads, Consumer<Socket> accepted) {
        ServerSocket server = bind(port);
        threads.execute(() -> acceptAll(server, accepted));
        return new Listener(server);
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

    /** The port refuses connections from now on. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
