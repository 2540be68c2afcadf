package dev.rotor.driver.transport;

import java.util.Objects;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What an engine for one server is made of, for transports with an implementation of TLS of their own.
 *
 * @param keyManager has the client's certificate, or {@code null} for none
 * @param trustManager checks the server, its name and stapled answers about its certificate included, given an engine
 *     that knows its peer's host, parameters and handshake session; may take its time, so it is never called on a loop
 * @param peerHost the host that engines are made for
 * @param parameters protocols, server name indication, end point identification; not to be changed
 */
public record TlsParts(
        @Nullable X509ExtendedKeyManager keyManager,
        X509ExtendedTrustManager trustManager,
        String peerHost,
        SSLParameters parameters) {

    /** Checks that what must be there is. */
    public TlsParts {
        Objects.requireNonNull(trustManager, "trustManager");
        Objects.requireNonNull(peerHost, "peerHost");
        Objects.requireNonNull(parameters, "parameters");
    }
}
