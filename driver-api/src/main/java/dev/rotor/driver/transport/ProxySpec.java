package dev.rotor.driver.transport;

/**
 * A proxy between a transport and the server. The transport connects to the proxy's addresses, carries the bytes of the
 * handshake to and fro, and goes on as if it were connected to the server: with TLS, where that is asked for. It need
 * not know how the proxy is spoken to.
 */
public interface ProxySpec {

    /**
     * The proxy as the user wrote it, for messages.
     *
     * @return host and port, for example {@code proxy.example:1080}; without user name and password
     */
    String name();

    /**
     * Makes the handshake of one attempt with one address of the proxy.
     *
     * @param host the server's host as the user wrote it; the proxy resolves it
     * @param port the server's port
     * @return a new handshake that has not said anything yet
     */
    ProxyHandshake newHandshake(String host, int port);
}
