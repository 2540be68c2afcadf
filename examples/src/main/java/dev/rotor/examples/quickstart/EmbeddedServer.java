package dev.rotor.examples.quickstart;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.rotor.driver.ConnectionString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** A mongo-java-server in this process: it keeps its data in memory, and is reached through a real socket. */
final class EmbeddedServer implements AutoCloseable {
    private final MongoServer server;
    private final InetSocketAddress address;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private EmbeddedServer(MongoServer server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Starts one, on a free port of the loopback interface.
     *
     * @return a server that accepts connections
     */
    static EmbeddedServer start() {
        MemoryBackend backend = new MemoryBackend();
        // Its newest: with the others it claims to be a server too old for this driver.
        backend.version(ServerVersion.MONGO_5_0);
        MongoServer server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, 2);
        return new EmbeddedServer(server, server.getLocalAddress());
    }

    /**
     * How to reach it. The server is in this process: if it does not answer soon it never will, so the time for server
     * selection is shorter than the usual 30 s.
     *
     * @return a connection string
     */
    ConnectionString connectionString() {
        return new ConnectionString("mongodb://127.0.0.1:" + address.getPort() + "/?serverSelectionTimeoutMS=5000");
    }

    /** Stops it at once, closes its connections and ends its threads. More than once is no harm. */
    void stop() {
        // Once: stopped again, the server may wait for ever for a connection that was accepted while it stopped.
        if (stopped.compareAndSet(false, true)) {
            server.shutdownNow();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
