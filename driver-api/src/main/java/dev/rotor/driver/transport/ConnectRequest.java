package dev.rotor.driver.transport;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect to and how.
 *
 * @param host the host as the user wrote it, for TLS server name indication, host name verification and messages
 * @param port the port as the user wrote it; 0 for a Unix domain socket
 * @param addresses resolved addresses, of the proxy where there is one; {@link java.net.InetSocketAddress} or
 *     {@link java.net.UnixDomainSocketAddress}; at least one
 * @param timeout for the whole attempt over all addresses, with the handshakes of the proxy and of TLS; zero means none
 * @param tcp socket options
 * @param proxy the proxy that the addresses belong to, or {@code null} to connect to the server itself; only for
 *     transports that {@linkplain Transport#supportsProxies support proxies}
 * @param tls how to encrypt, or {@code null} for plain text
 * @param maxFrameBytes the largest message to receive at first, header included
 */
public record ConnectRequest(
        String host,
        int port,
        List<SocketAddress> addresses,
        Duration timeout,
        TcpOptions tcp,
        @Nullable ProxySpec proxy,
        @Nullable TlsSpec tls,
        int maxFrameBytes) {

    public ConnectRequest {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(tcp, "tcp");
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses must not be empty");
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + timeout);
        }
        if (maxFrameBytes < 16) {
            throw new IllegalArgumentException("maxFrameBytes must be at least 16: " + maxFrameBytes);
        }
    }

    /**
     * A request without a proxy.
     *
     * @param host the host as the user wrote it
     * @param port the port as the user wrote it; 0 for a Unix domain socket
     * @param addresses resolved addresses; at least one
     * @param timeout for the whole attempt; zero means none
     * @param tcp socket options
     * @param tls how to encrypt, or {@code null} for plain text
     * @param maxFrameBytes the largest message to receive at first, header included
     */
    public ConnectRequest(
            String host,
            int port,
            List<SocketAddress> addresses,
            Duration timeout,
            TcpOptions tcp,
            @Nullable TlsSpec tls,
            int maxFrameBytes) {
        this(host, port, addresses, timeout, tcp, null, tls, maxFrameBytes);
    }
}
