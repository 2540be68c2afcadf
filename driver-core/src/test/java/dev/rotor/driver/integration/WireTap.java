package dev.rotor.driver.integration;

import dev.rotor.driver.core.fake.FakeCompression;
import dev.rotor.driver.core.fake.FakeMessage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server, and keeps what goes over the wire, message by message. */
final class WireTap implements AutoCloseable {

    /**
     * A message as it was on the wire.
     *
     * @param request whether the client sent it
     * @param compressor its number, or -1 for a plain message
     * @param command the command, or that which is answered; empty for the second and further answers to one
     * @param bytes its length
     */
    record Seen(boolean request, int compressor, String command, int bytes) {}

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    WireTap(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        host = address.substring(0, colon);
        port = Integer.parseInt(address.substring(colon + 1));
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("tap-acceptor", this::accept);
    }

    String hostAndPort() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** What was seen so far. */
    List<Seen> seen() {
        if (!failures.isEmpty()) {
            throw new AssertionError("not the wire protocol", failures.get(0));
        }
        return List.copyOf(seen);
    }

    /** The client's messages of that command. */
    List<Seen> requests(String command) {
        return seen().stream()
                .filter(each -> each.request() && each.command().equals(command))
                .toList();
    }

    /** The bytes that went one way. */
    long bytes(boolean request) {
        return seen().stream()
                .filter(each -> each.request() == request)
                .mapToLong(Seen::bytes)
                .sum();
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                Map<Integer, String> asked = new ConcurrentHashMap<>();
                start("tap-requests", () -> pass(client, server, true, asked));
                start("tap-replies", () -> pass(server, client, false, asked));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean request, Map<Integer, String> asked) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            while (true) {
                byte[] start = in.readNBytes(4);
                if (start.length < 4) {
                    throw new EOFException();
                }
                int length = (start[0] & 0xFF) | (start[1] & 0xFF) << 8 | (start[2] & 0xFF) << 16 | start[3] << 24;
                byte[] message = new byte[length];
                System.arraycopy(start, 0, message, 0, 4);
                in.readFully(message, 4, length - 4);
                note(message, request, asked);
                out.write(message);
            }
        } catch (IOException e) {
            // One of both has gone: so does the other.
            sockets.remove(from);
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    private void note(byte[] message, boolean request, Map<Integer, String> asked) {
        boolean packed = FakeCompression.isPacked(message);
        int compressor = packed ? FakeCompression.compressor(message) : -1;
        FakeMessage parsed = FakeMessage.parse(packed ? FakeCompression.unpack(message) : message);
        String command;
        if (request) {
            command = parsed.commandName();
            asked.put(parsed.requestId(), command);
        } else {
            @Nullable String answered = asked.remove(parsed.responseTo());
            command = answered == null ? "" : answered;
        }
        seen.add(new Seen(request, compressor, command, message.length));
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
