package dev.rotor.benchmarks.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Poses as a standalone server and answers hello, ping, find, insert, endSessions and buildInfo with bytes that were
 * prepared beforehand: one thread, one selector, nothing allocated per request. It costs the same whichever driver
 * asks, and as little as a server can.
 *
 * <p>A find returns one document of ten fields whatever its filter, an insert always says {@code n: 1}, and every other
 * command is answered with the error CommandNotFound. With TLS the same thread encrypts for all connections, with the
 * JDK's engine.
 */
public final class CannedServer implements Runnable, AutoCloseable {

    /**
     * How the server behaves.
     *
     * @param port the port on the loopback interface; 0 lets the system choose
     * @param delayMillis how long every reply is held back, in milliseconds; 0 for not at all
     * @param topologyVersion whether hello carries a {@code topologyVersion}, so that monitors stream instead of
     *     polling
     * @param tls whether connections are encrypted; {@link ServerTls#certificate()} is what clients are to trust
     * @param payloadBytes how many bytes of binary data are in the document that is found besides its ten fields; 0 for
     *     no such field
     */
    public record Options(int port, int delayMillis, boolean topologyVersion, boolean tls, int payloadBytes) {}

    /** What the server prints before the port as soon as clients can connect. */
    public static final String LISTENING = "listening on port ";

    private static final class Due implements Comparable<Due> {

        final CannedConnection connection;
        final byte[] reply;
        final int responseTo;
        final long at;

        Due(CannedConnection connection, byte[] reply, int responseTo, long at) {
            this.connection = connection;
            this.reply = reply;
            this.responseTo = responseTo;
            this.at = at;
        }

        @Override
        public int compareTo(Due other) {
            return Long.compare(at - other.at, 0);
        }
    }

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final CannedReplies replies;
    private final @Nullable ServerTls tls;
    private final long delayNanos;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Consumer<SelectionKey> onKey = this::ready;
    private final CannedConnection.Later later = this::later;
    private volatile boolean closed;

    /**
     * Binds the port; {@link #run} serves.
     *
     * @param options how to behave
     * @throws IOException if the port cannot be bound
     */
    public CannedServer(Options options) throws IOException {
        replies = new CannedReplies(options.topologyVersion(), options.payloadBytes());
        tls = options.tls() ? new ServerTls() : null;
        delayNanos = TimeUnit.MILLISECONDS.toNanos(options.delayMillis());
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Serves until interrupted or killed.
     *
     * @param arguments {@code --port N}, {@code --delay MILLIS}, {@code --topology-version}, {@code --tls},
     *     {@code --payload BYTES}
     * @throws IOException if the port cannot be bound
     */
    public static void main(String[] arguments) throws IOException {
        try (CannedServer server = new CannedServer(options(arguments))) {
            System.out.println(LISTENING + server.port());
            server.run();
        }
    }

    /** The port on the loopback interface. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Serves until {@link #close} is called or the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (!closed && !Thread.currentThread().isInterrupted()) {
                selector.select(onKey, sendWhatIsDue());
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        }
    }

    /** Stops listening; the thread that serves closes the connections and returns. */
    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        selector.wakeup();
    }

    private void ready(SelectionKey key) {
        if (!(key.attachment() instanceof CannedConnection connection)) {
            accept();
            return;
        }
        try {
            connection.ready(key);
        } catch (IOException e) {
            drop(connection, e);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Link link = tls == null ? Link.plain(channel) : new TlsLink(channel, tls.engine());
                CannedConnection connection = new CannedConnection(channel, link, replies, delayNanos, later);
                channel.register(selector, SelectionKey.OP_READ, connection);
            }
        } catch (IOException e) {
            System.err.println("A connection could not be accepted: " + e);
        }
    }

    private void later(CannedConnection connection, byte[] reply, int responseTo, long delay) {
        due.add(new Due(connection, reply, responseTo, System.nanoTime() + delay));
    }

    /** Sends the delayed replies whose time has come; returns the milliseconds until the next one, 0 for none. */
    private long sendWhatIsDue() {
        for (Due next = due.peek(); next != null; next = due.peek()) {
            long wait = next.at - System.nanoTime();
            if (wait > 0) {
                return TimeUnit.NANOSECONDS.toMillis(wait) + 1;
            }
            due.remove();
            send(next);
        }
        return 0;
    }

    private void send(Due reply) {
        SelectionKey key = reply.connection.key(selector);
        if (key == null || !key.isValid()) {
            return;
        }
        try {
            reply.connection.reply(reply.reply, reply.responseTo, key);
        } catch (IOException e) {
            drop(reply.connection, e);
        }
    }

    private static void drop(CannedConnection connection, IOException cause) {
        System.err.println("A connection is dropped: " + cause);
        connection.close();
    }

    private static Options options(String[] arguments) {
        int port = 0;
        int delay = 0;
        boolean topologyVersion = false;
        boolean tls = false;
        int payload = 0;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--port" -> port = number(arguments, ++i);
                case "--delay" -> delay = number(arguments, ++i);
                case "--topology-version" -> topologyVersion = true;
                case "--tls" -> tls = true;
                case "--payload" -> payload = number(arguments, ++i);
                default ->
                    throw new IllegalArgumentException("unknown argument " + arguments[i]
                            + "; there are --port N, --delay MILLIS, --topology-version, --tls, --payload BYTES");
            }
        }
        return new Options(port, delay, topologyVersion, tls, payload);
    }

    private static int number(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a number");
        }
        int number = Integer.parseInt(arguments[at]);
        if (number < 0) {
            throw new IllegalArgumentException(arguments[at - 1] + " must not be negative");
        }
        return number;
    }
}
