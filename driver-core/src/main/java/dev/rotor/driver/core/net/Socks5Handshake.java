package dev.rotor.driver.core.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rotor.driver.transport.ProxyHandshake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is said to a SOCKS5 proxy: which authentications there are, user name and password if it chooses them, and where
 * to connect to. Bytes in, bytes out; an answer is judged as soon as enough of it is there.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1928">RFC 1928</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1929">RFC 1929</a>
 */
final class Socks5Handshake implements ProxyHandshake {

    private static final byte VERSION = 5;
    private static final byte LOGIN_VERSION = 1;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_NAME_AND_PASSWORD = 2;
    private static final int NO_ACCEPTABLE_METHOD = 0xFF;
    private static final byte CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    /** Version, reply, reserved, type of address. */
    private static final int REPLY_HEAD = 4;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum Awaited {
        NOTHING_YET("anything"),
        METHOD("the choice of an authentication, with which a SOCKS5 proxy begins"),
        LOGIN("the answer to user name and password"),
        REPLY("the answer to the request to connect"),
        DONE("anything");

        private final String words;

        Awaited(String words) {
            this.words = words;
        }
    }

    private final String host;
    private final int port;
    private final Socks5Proxy proxy;

    private Awaited awaited = Awaited.NOTHING_YET;
    /** What has come of the answer that is awaited; the longest is a reply with a name in it. */
    private final byte[] answer = new byte[REPLY_HEAD + 1 + 255 + 2];

    private int length;
    /** Has a password in it until the proxy has answered. */
    private byte @Nullable [] login;

    Socks5Handshake(String host, int port, Socks5Proxy proxy) {
        this.host = host;
        this.port = port;
        this.proxy = proxy;
    }

    @Override
    public boolean isDone() {
        return awaited == Awaited.DONE;
    }

    @Override
    public String awaited() {
        return awaited.words;
    }

    @Override
    public ByteBuffer advance(ByteBuffer received) throws IOException {
        if (awaited == Awaited.NOTHING_YET) {
            awaited = Awaited.METHOD;
            return methods();
        }
        while (received.hasRemaining()) {
            if (awaited == Awaited.DONE) {
                throw tooMuch();
            }
            answer[length++] = received.get();
            ByteBuffer next = judge();
            if (next.hasRemaining()) {
                if (received.hasRemaining()) {
                    throw tooMuch();
                }
                return next;
            }
        }
        return NOTHING;
    }

    /** One byte more of the answer is there: checks it, and goes on when the answer is complete. */
    private ByteBuffer judge() throws IOException {
        return switch (awaited) {
            case METHOD -> method();
            case LOGIN -> loggedIn();
            case REPLY -> reply();
            case NOTHING_YET, DONE -> throw new IllegalStateException("no answer is awaited");
        };
    }

    private ByteBuffer methods() {
        byte[] greeting = proxy.hasLogin()
                ? new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_NAME_AND_PASSWORD}
                : new byte[] {VERSION, 1, NO_AUTHENTICATION};
        return ByteBuffer.wrap(greeting);
    }

    private ByteBuffer method() throws IOException {
        checkVersion();
        if (length < 2) {
            return NOTHING;
        }
        int method = answer[1] & 0xFF;
        if (method == NO_AUTHENTICATION) {
            return request();
        }
        if (method == USER_NAME_AND_PASSWORD && proxy.hasLogin()) {
            await(Awaited.LOGIN);
            login = proxy.login();
            return ByteBuffer.wrap(login);
        }
        if (method == NO_ACCEPTABLE_METHOD || method == USER_NAME_AND_PASSWORD) {
            throw new IOException(
                    proxy.hasLogin()
                            ? "it takes neither a user name with a password nor none"
                            : "it wants to be logged in to; set proxyUsername and proxyPassword");
        }
        throw new IOException("it chose the authentication method " + method + ", which it was not offered");
    }

    private ByteBuffer loggedIn() throws IOException {
        if (answer[0] != LOGIN_VERSION) {
            throw new IOException("its answer to user name and password begins with the byte " + (answer[0] & 0xFF)
                    + " instead of " + LOGIN_VERSION);
        }
        if (length < 2) {
            return NOTHING;
        }
        wipe();
        if (answer[1] != 0) {
            throw new IOException("it refused the user name and password (proxyUsername, proxyPassword)");
        }
        return request();
    }

    private ByteBuffer request() throws IOException {
        await(Awaited.REPLY);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(VERSION);
        request.write(CONNECT);
        request.write(0);
        InetAddress literal = IpLiteral.parse(host);
        if (literal != null) {
            byte[] bytes = literal.getAddress();
            request.write(bytes.length == 4 ? IPV4 : IPV6);
            request.writeBytes(bytes);
        } else {
            byte[] name = host.getBytes(UTF_8);
            if (name.length > Socks5Proxy.MAX_BYTES) {
                throw new UnknownHostException("the server's host name is longer than the " + Socks5Proxy.MAX_BYTES
                        + " bytes that SOCKS5 allows");
            }
            request.write(NAME);
            request.write(name.length);
            request.writeBytes(name);
        }
        request.write(port >> 8);
        request.write(port);
        return ByteBuffer.wrap(request.toByteArray());
    }

    private ByteBuffer reply() throws IOException {
        checkVersion();
        if (length >= 2 && answer[1] != 0) {
            throw new IOException(refusal(answer[1] & 0xFF));
        }
        if (length >= REPLY_HEAD && length == replyLength()) {
            await(Awaited.DONE);
        }
        return NOTHING;
    }

    /** How long the reply is, as far as can be told: what it says of an address is of no use. */
    private int replyLength() throws IOException {
        return switch (answer[3]) {
            case IPV4 -> REPLY_HEAD + 4 + 2;
            case IPV6 -> REPLY_HEAD + 16 + 2;
            case NAME -> length == REPLY_HEAD ? answer.length : REPLY_HEAD + 1 + (answer[REPLY_HEAD] & 0xFF) + 2;
            default ->
                throw new IOException(
                        "its answer has an address of the type " + (answer[3] & 0xFF) + ", which SOCKS5 does not know");
        };
    }

    private static String refusal(int code) {
        String words =
                switch (code) {
                    case 1 -> "it failed for a reason that it does not tell";
                    case 2 -> "its rules do not allow this connection";
                    case 3 -> "it cannot reach the network of the server";
                    case 4 -> "it cannot reach the host, or does not know its name";
                    case 5 -> "the server refused the connection";
                    case 6 -> "the way to the server is too long (TTL expired)";
                    case 7 -> "it does not support the command CONNECT";
                    case 8 -> "it does not support this type of address";
                    default -> "it refused for a reason that SOCKS5 does not know";
                };
        return words + " (SOCKS5 reply " + code + ")";
    }

    private void checkVersion() throws IOException {
        int version = answer[0] & 0xFF;
        if (version == VERSION) {
            return;
        }
        String instead =
                switch (version) {
                    case 'H' -> "; it looks like an HTTP proxy, which is not supported";
                    case 0x15, 0x16 -> "; it looks like a TLS server";
                    case 0, 4 -> "; it looks like a SOCKS4 proxy, which is not supported";
                    default -> "";
                };
        throw new IOException("it is no SOCKS5 proxy: its answer begins with the byte " + version + instead);
    }

    private IOException tooMuch() {
        return new IOException("it sent more than " + awaited.words + " although it is the client's turn");
    }

    private void await(Awaited next) {
        awaited = next;
        length = 0;
    }

    private void wipe() {
        if (login != null) {
            Arrays.fill(login, (byte) 0);
            login = null;
        }
    }
}
