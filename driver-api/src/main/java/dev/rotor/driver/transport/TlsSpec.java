package dev.rotor.driver.transport;

import javax.net.ssl.SSLEngine;

/**
 * How to encrypt a wire. The transport drives the engine; a transport that has an implementation of its own may use
 * that instead. The engine arrives fully configured: client mode, server name indication, end point identification,
 * protocols.
 */
@FunctionalInterface
public interface TlsSpec {

    /**
     * Makes the engine of one wire.
     *
     * @param host the host as the user wrote it
     * @param port the port
     * @return a new engine in client mode, not yet handshaking
     */
    SSLEngine newEngine(String host, int port);
}
