package dev.rotor.driver.core.conn;

import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.ServerApi;
import dev.rotor.driver.SocketSettings;
import dev.rotor.driver.core.net.Socks5Proxy;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.wire.CommandBuffers;
import dev.rotor.driver.spi.Compressor;
import dev.rotor.driver.transport.TlsSpec;
import dev.rotor.driver.transport.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the connections to one server have in common.
 *
 * @param address the server
 * @param transport moves the bytes
 * @param resolver looks names up
 * @param clock tells the time
 * @param buffers memory for commands
 * @param socket timeouts and TCP options
 * @param proxy what is connected to instead, to be told of the server; {@code null} for none
 * @param tls how to encrypt, or {@code null} for plain text
 * @param metadata what the handshake tells of this client
 * @param serverApi the Stable API version to declare, or {@code null}
 * @param loadBalanced whether a load balancer is in front of the servers
 * @param compressors those that servers are offered, preferred first
 * @param authenticator authenticates
 */
public record ConnectionConfig(
        ServerAddress address,
        Transport transport,
        AddressResolver resolver,
        Clock clock,
        CommandBuffers buffers,
        SocketSettings socket,
        @Nullable Socks5Proxy proxy,
        @Nullable TlsSpec tls,
        ClientMetadata metadata,
        @Nullable ServerApi serverApi,
        boolean loadBalanced,
        List<Compressor> compressors,
        Authenticator authenticator) {

    public ConnectionConfig {
        compressors = List.copyOf(compressors);
        if (address.isUnixSocket()) {
            // No proxy could reach it.
            proxy = null;
        }
    }

    /** The same for a monitor's connections, which are never authenticated. */
    public ConnectionConfig forMonitoring() {
        return new ConnectionConfig(
                address,
                transport,
                resolver,
                clock,
                buffers,
                socket,
                proxy,
                tls,
                metadata,
                serverApi,
                loadBalanced,
                compressors,
                Authenticator.NONE);
    }
}
