package dev.rotor.testserver.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SOCKS5 proxy on a loopback port: with or without user name and password, relaying to where it is asked to, or to
 * where it was told to instead. {@link #close()} leaves no thread and no socket.
 *
 * <pre>{@code
 * try (SocksProxy proxy = SocksProxy.withLogin("alice", "secret").map("db.example:27017", "localhost:" + port).start()) {
 *     connect("mongodb://db.example/?proxyHost=localhost&proxyPort=" + proxy.port());
 * }
 * }</pre>
 */
public final class SocksProxy implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SocksProxy.class);

    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_NAME_AND_PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xFF;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private final @Nullable String login;
    private final Map<String, String> targets;
    private final @Nullable Misbehaviour misbehaviour;
    private final int misbehavedClients;
    private final ServerSocket server;
    private final ExecutorService threads;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What a proxy does instead of its work, with a client that has just connected. */
    @FunctionalInterface
    public interface Misbehaviour {

        /**
         * Speaks to a client; the connection is closed afterwards.
         *
         * @param in what the client sends
         * @param out what it hears
         */
        void speak(InputStream in, OutputStream out) throws IOException;
    }

    /** What a proxy is to be like. */
    public static final class Builder {

        private final @Nullable String login;
        private final Map<String, String> targets = new ConcurrentHashMap<>();
        private @Nullable Misbehaviour misbehaviour;
        private int misbehavedClients;

        private Builder(@Nullable String login) {
            this.login = login;
        }

        /** Connects to one {@code host:port} where another is asked for. The name of the latter need not exist. */
        public Builder map(String asked, String instead) {
            targets.put(asked, instead);
            return this;
        }

        /** Does this with every client instead of speaking SOCKS5. */
        public Builder misbehaving(Misbehaviour how) {
            return misbehavingAtFirst(Integer.MAX_VALUE, how);
        }

        /** Does this with so many clients, one after the other, and its work for those that come later. */
        public Builder misbehavingAtFirst(int clients, Misbehaviour how) {
            misbehavedClients = clients;
            misbehaviour = how;
            return this;
        }

        /** Answers every request to connect with this code. */
        public Builder refusing(int code) {
            return misbehaving((in, out) -> {
                DataInputStream data = new DataInputStream(in);
                methods(data);
                out.write(new byte[] {5, NO_AUTHENTICATION});
                target(data);
                out.write(new byte[] {5, (byte) code, 0, IPV4, 0, 0, 0, 0, 0, 0});
            });
        }

        /** Listens. */
        public SocksProxy start() {
            return new SocksProxy(this);
        }
    }

    /** A proxy that asks for no authentication. */
    public static Builder open() {
        return new Builder(null);
    }

    /** A proxy that takes this user name with this password, and nothing else. */
    public static Builder withLogin(String username, String password) {
        return new Builder(username + ":" + password);
    }

    private SocksProxy(Builder builder) {
        login = builder.login;
        targets = Map.copyOf(builder.targets);
        misbehaviour = builder.misbehaviour;
        misbehavedClients = builder.misbehavedClients;
        try {
            server = new ServerSocket();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
        }
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "socks-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::acceptAll);
    }

    /** The port, on {@code localhost}. */
    public int port() {
        return server.getLocalPort();
    }

    /** What was asked for, in order: {@code name db.example:27017}, {@code ipv4 127.0.0.1:27017} and so on. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many clients have connected so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Waits until no client is connected. */
    public void awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (!sockets.isEmpty()) {
                if (!closed.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(sockets.size() + " sockets of the proxy stay open");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            sockets.forEach(SocksProxy::closeQuietly);
            threads.shutdown();
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a thread of the proxy does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                int number = accepted.incrementAndGet();
                sockets.add(client);
                threads.execute(() -> serve(client, number));
            } catch (IOException | RuntimeException e) {
                LOGGER.trace("the proxy at {} accepts no more: {}", server.getLocalPort(), e.getMessage());
            }
        }
        // Those that were accepted while close() went through them.
        sockets.forEach(SocksProxy::closeQuietly);
    }

    private void serve(Socket client, int number) {
        try (client) {
            client.setTcpNoDelay(true);
            if (misbehaviour != null && number <= misbehavedClients) {
                misbehaviour.speak(client.getInputStream(), client.getOutputStream());
            } else {
                relay(client);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.trace("a client of the proxy at {} has ended: {}", server.getLocalPort(), e.getMessage());
        } finally {
            forget(client);
        }
    }

    private void relay(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        if (!admits(in, out)) {
            return;
        }
        String asked = target(in);
        requests.add(asked);
        Socket target = new Socket();
        sockets.add(target);
        try (target) {
            try {
                target.setTcpNoDelay(true);
                target.connect(meant(asked.substring(asked.indexOf(' ') + 1)), 10_000);
            } catch (IOException e) {
                out.write(new byte[] {5, 5, 0, IPV4, 0, 0, 0, 0, 0, 0});
                return;
            }
            out.write(new byte[] {5, 0, 0, IPV4, 127, 0, 0, 1, 1, 1});
            threads.execute(() -> pump(target, client));
            pump(client, target);
        } finally {
            forget(target);
        }
    }

    private boolean admits(DataInputStream in, OutputStream out) throws IOException {
        byte[] methods = methods(in);
        int wanted = login == null ? NO_AUTHENTICATION : USER_NAME_AND_PASSWORD;
        boolean offered = false;
        for (byte method : methods) {
            offered |= method == wanted;
        }
        out.write(new byte[] {5, (byte) (offered ? wanted : NONE_ACCEPTABLE)});
        if (!offered || login == null) {
            return offered;
        }
        if (in.readUnsignedByte() != 1) {
            return false;
        }
        String given = text(in) + ":" + text(in);
        boolean right = given.equals(login);
        out.write(new byte[] {1, (byte) (right ? 0 : 1)});
        return right;
    }

    private static byte[] methods(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != 5) {
            throw new IOException("a client that does not speak SOCKS5");
        }
        return in.readNBytes(in.readUnsignedByte());
    }

    /** Reads a request to connect. */
    private static String target(DataInputStream in) throws IOException {
        byte[] head = in.readNBytes(3);
        if (!Arrays.equals(head, new byte[] {5, 1, 0})) {
            throw new IOException("no request to connect");
        }
        int type = in.readUnsignedByte();
        String host =
                switch (type) {
                    case IPV4 ->
                        "ipv4 " + InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
                    case IPV6 ->
                        "ipv6 [" + InetAddress.getByAddress(in.readNBytes(16)).getHostAddress() + "]";
                    case NAME -> "name " + text(in);
                    default -> throw new IOException("an address of the type " + type);
                };
        return host + ":" + in.readUnsignedShort();
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    private InetSocketAddress meant(String asked) {
        String target = targets.getOrDefault(asked, asked);
        int colon = target.lastIndexOf(':');
        return new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
    }

    /** Until either end ends: then both do. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            throw new EOFException();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private void forget(Socket socket) {
        lock.lock();
        try {
            sockets.remove(socket);
            closed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOGGER.trace("closing a socket failed", e);
        }
    }
}
