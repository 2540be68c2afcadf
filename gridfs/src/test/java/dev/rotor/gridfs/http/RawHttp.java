package dev.rotor.gridfs.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that sends whatever it is given, over one connection. */
final class RawHttp implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    /** What came back. */
    record Answer(int status, Map<String, String> headers, ByteBuffer contents) {
        byte[] body() {
            byte[] body = new byte[contents.remaining()];
            contents.duplicate().get(body);
            return body;
        }

        @Nullable
        String header(String name) {
            return headers.get(name);
        }

        String text() {
            return new String(body(), StandardCharsets.UTF_8);
        }
    }

    RawHttp(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
    }

    /** One request and its answer. */
    Answer ask(String method, String target, String... headers) throws IOException {
        send(method, target, headers);
        return answer(method.equals("HEAD"));
    }

    void send(String method, String target, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        send(request.append("\r\n").toString());
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    Answer answer(boolean withoutBody) throws IOException {
        String status = Objects.requireNonNull(line(), "the connection was closed");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.merge(line.substring(0, colon), line.substring(colon + 1).trim(), (a, b) -> a + " & " + b);
        }
        int code = Integer.parseInt(status.split(" ", -1)[1]);
        if (withoutBody || code == 304) {
            return new Answer(code, headers, ByteBuffer.allocate(0));
        }
        int length = Integer.parseInt(Objects.requireNonNull(headers.get("Content-Length"), "Content-Length"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("only " + body.length + " of " + length + " bytes came");
        }
        return new Answer(code, headers, ByteBuffer.wrap(body));
    }

    byte[] read(int bytes) throws IOException {
        return in.readNBytes(bytes);
    }

    /** Whether the other end closes now. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
