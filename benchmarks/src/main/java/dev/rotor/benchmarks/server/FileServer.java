package dev.rotor.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Poses as a standalone server with one GridFS file. Uploads are read, counted and thrown away; a download gets the
 * chunks of that file from memory that is prepared beforehand, cut into batches by the rules of a real server: as many
 * as the batch size says, at most 101 in a first batch without one, and no more than 16 MiB in a reply. So what differs
 * between two drivers is the drivers.
 *
 * <p>A thread for each connection: drivers have few, and each reply can be held back by itself.
 */
public final class FileServer implements Runnable, AutoCloseable {

    /** What the server prints before the port as soon as clients can connect. */
    public static final String LISTENING = "listening on port ";

    /**
     * How the server behaves.
     *
     * @param fileBytes the length of the file that can be downloaded
     * @param delayNanos how long every reply but a hello's is held back, in nanoseconds; 0 for not at all
     */
    public record Options(long fileBytes, long delayNanos) {}

    private final Options options;
    private final ServerSocketChannel listener;
    private final StoredFile file;
    private final FileCursors cursors = new FileCursors();
    private final AtomicLong documentsReceived = new AtomicLong();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    /**
     * Binds a port of the loopback interface; {@link #run} serves.
     *
     * @param options how to behave
     * @throws IOException if no port can be bound
     */
    public FileServer(Options options) throws IOException {
        this.options = options;
        file = new StoredFile(options.fileBytes());
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    }

    /**
     * Serves until killed.
     *
     * @param arguments the length of the file in bytes, and the delay in nanoseconds
     * @throws IOException if no port can be bound
     */
    public static void main(String[] arguments) throws IOException {
        try (FileServer server =
                new FileServer(new Options(Long.parseLong(arguments[0]), Long.parseLong(arguments[1])))) {
            System.out.println(LISTENING + server.port());
            server.run();
        }
    }

    /** The port on the loopback interface. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** How many documents were inserted. */
    public long documentsReceived() {
        return documentsReceived.get();
    }

    /** How many bytes the inserted documents had. */
    public long bytesReceived() {
        return bytesReceived.get();
    }

    /** Accepts connections until {@link #close} is called. */
    @Override
    public void run() {
        while (listener.isOpen()) {
            try {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(channel);
                Thread thread = new Thread(() -> serve(channel), "connection");
                thread.setDaemon(true);
                thread.start();
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                System.err.println("A connection could not be accepted: " + e);
            }
        }
    }

    /** Stops listening and drops the connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : connections) {
            channel.close();
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            new FileConnection(channel, file, cursors, options.delayNanos(), this::received).run();
        } catch (IOException e) {
            // The client went away.
        } finally {
            connections.remove(channel);
        }
    }

    private void received(int documents, long bytes) {
        documentsReceived.addAndGet(documents);
        bytesReceived.addAndGet(bytes);
    }
}
