package dev.rotor.driver;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SOCKS5 proxy through which servers are reached, as the SOCKS5 Support specification defines it. Host names are
 * resolved by the proxy.
 *
 * @param host host name or IP address of the proxy, {@code proxyHost}
 * @param port its port, {@code proxyPort}, 1 to 65535
 * @param username {@code proxyUsername}, or {@code null} for a proxy that asks for none
 * @param password {@code proxyPassword}; {@code null} exactly when the user name is
 */
public record ProxySettings(String host, int port, @Nullable String username, @Nullable Secret password) {

    /** The port of a SOCKS proxy where none is given. */
    public static final int DEFAULT_PORT = 1080;

    public ProxySettings {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("proxyHost must not be empty");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("proxyPort must be 1 to 65535, not " + port);
        }
        if (username != null && password == null) {
            throw new IllegalArgumentException("proxyUsername needs proxyPassword");
        }
        if (password != null && username == null) {
            throw new IllegalArgumentException("proxyPassword needs proxyUsername");
        }
        if (username != null && username.isEmpty()) {
            throw new IllegalArgumentException("proxyUsername must not be empty");
        }
        if (password != null && password.isEmpty()) {
            throw new IllegalArgumentException("proxyPassword must not be empty");
        }
    }

    /**
     * A proxy that asks for no authentication.
     *
     * @param host host name or IP address
     * @param port 1 to 65535
     */
    public ProxySettings(String host, int port) {
        this(host, port, null, null);
    }

    /** Host and port; user name and password are hidden. */
    @Override
    public String toString() {
        return "ProxySettings[host=" + host + ", port=" + port
                + (username == null ? "" : ", username and password hidden") + "]";
    }
}
