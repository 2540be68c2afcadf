package dev.rotor.driver.transport;

import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * How to encrypt wires, as many as there are. A transport that has no implementation of TLS takes the engine, which
 * arrives fully configured: client mode, server name indication, end point identification, protocols. One that has,
 * such as a library beside the platform's, may make its engines of {@link #parts} instead.
 */
@FunctionalInterface
public interface TlsSpec {

    /**
     * Makes the engine of one wire. May take a while; not called on a loop.
     *
     * @param host the host as the user wrote it
     * @param port the port
     * @return a new engine in client mode, not yet handshaking
     */
    SSLEngine newEngine(String host, int port);

    /**
     * What {@link #newEngine} makes its engines of. For every host the managers are the same objects.
     *
     * @param host the host as the user wrote it
     * @return {@code null} when it cannot be told, as for a context of the application's own: then only
     *     {@code newEngine} does; this is the default
     */
    default @Nullable TlsParts parts(String host) {
        return null;
    }
}
