package dev.rotor.driver;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * The address of a server: a host name or IP address with a port, or the path of a Unix domain socket.
 *
 * <p>Host names are kept in lower case, as the Server Discovery and Monitoring specification asks; IPv6 addresses are
 * kept without brackets. A path that contains a slash and ends in {@code .sock} is a Unix domain socket and has port 0.
 *
 * @param host host name, IPv4 or IPv6 address without brackets, or path of a Unix domain socket
 * @param port 1 to 65535, or 0 for a Unix domain socket
 */
public record ServerAddress(String host, int port) implements Comparable<ServerAddress>, Serializable {

    /** The port of a server where none is given. */
    public static final int DEFAULT_PORT = 27017;

    /**
     * Checks and normalises the components.
     *
     * @param host host name, IPv4 or IPv6 address without brackets, or path of a Unix domain socket
     * @param port 1 to 65535, or 0 for a Unix domain socket
     * @throws IllegalArgumentException if the host is empty or the port out of range
     */
    public ServerAddress {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a server address needs a host");
        }
        if (isUnixPath(host)) {
            if (port != 0) {
                throw new IllegalArgumentException("a Unix domain socket has no port: " + host);
            }
        } else {
            host = host.toLowerCase(Locale.ROOT);
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port of " + host + " must be 1 to 65535, not " + port);
            }
        }
    }

    /**
     * Parses {@code host}, {@code host:port}, {@code [ipv6]}, {@code [ipv6]:port} or a path with a slash that ends in
     * {@code .sock}.
     *
     * @param address the text, not percent-encoded
     * @return the address, with {@link #DEFAULT_PORT} where none is given
     * @throws IllegalArgumentException if it is none of these; the message names the part that is wrong
     */
    public static ServerAddress parse(String address) {
        Objects.requireNonNull(address, "address");
        if (isUnixPath(address)) {
            return new ServerAddress(address, 0);
        }
        String host;
        String port;
        if (address.startsWith("[")) {
            int close = address.indexOf(']');
            if (close < 0) {
                throw new IllegalArgumentException("IPv6 address without closing bracket: \"" + address + "\"");
            }
            host = address.substring(1, close);
            String rest = address.substring(close + 1);
            if (!rest.isEmpty() && rest.charAt(0) != ':') {
                throw new IllegalArgumentException("unexpected text after the bracket in \"" + address + "\"");
            }
            port = rest.isEmpty() ? "" : rest.substring(1);
            if (!rest.isEmpty() && port.isEmpty()) {
                throw new IllegalArgumentException("port is empty in \"" + address + "\"");
            }
        } else {
            int colon = address.indexOf(':');
            if (colon >= 0 && address.indexOf(':', colon + 1) >= 0) {
                throw new IllegalArgumentException(
                        "more than one colon in \"" + address + "\"; an IPv6 address must be in brackets");
            }
            host = colon < 0 ? address : address.substring(0, colon);
            port = colon < 0 ? "" : address.substring(colon + 1);
            if (colon >= 0 && port.isEmpty()) {
                throw new IllegalArgumentException("port is empty in \"" + address + "\"");
            }
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host is empty in \"" + address + "\"");
        }
        return new ServerAddress(host, port.isEmpty() ? DEFAULT_PORT : parsePort(port, address));
    }

    private static int parsePort(String port, String address) {
        int value = 0;
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            if (c < '0' || c > '9' || i == 5) {
                throw new IllegalArgumentException("port \"" + port + "\" in \"" + address + "\" is not a number");
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isUnixPath(String host) {
        // A name without a slash may well be a host: the connection string's tests take "mongodb.sock" for one.
        return host.endsWith(".sock") && host.indexOf('/') >= 0;
    }

    /**
     * Whether this is the path of a Unix domain socket.
     *
     * @return {@code true} for a path
     */
    public boolean isUnixSocket() {
        return port == 0;
    }

    @Override
    public int compareTo(ServerAddress other) {
        int byHost = host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    /** {@code host:port}, {@code [ipv6]:port}, or the path. */
    @Override
    public String toString() {
        if (isUnixSocket()) {
            return host;
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
