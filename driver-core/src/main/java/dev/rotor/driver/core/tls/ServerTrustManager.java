package dev.rotor.driver.core.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** What a client's checks of servers have in common: they are made with an engine, and clients are never checked. */
abstract class ServerTrustManager extends X509ExtendedTrustManager {

    private final boolean verifiesHost;

    /**
     * For the checks.
     *
     * @param verifiesHost whether the certificate must be for the host
     */
    ServerTrustManager(boolean verifiesHost) {
        this.verifiesHost = verifiesHost;
    }

    /** Whether the certificate is for somebody else, where that matters. */
    final boolean isForAnother(X509Certificate certificate, @Nullable String host) {
        return verifiesHost && !HostNames.covers(certificate, host);
    }

    final void checkName(X509Certificate certificate, @Nullable String host) throws CertificateException {
        if (isForAnother(certificate, host)) {
            throw new CertificateException(CertificateTrouble.ofName(certificate, host));
        }
    }

    @Override
    public abstract void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException;

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw enginesOnly();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw enginesOnly();
    }

    /** Without an engine there is no name to check: rather none than a check that leaves it out. */
    private static UnsupportedOperationException enginesOnly() {
        return new UnsupportedOperationException("transports encrypt with engines");
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw clientsOnly();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw clientsOnly();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw clientsOnly();
    }

    private static UnsupportedOperationException clientsOnly() {
        return new UnsupportedOperationException("a client checks no clients");
    }
}
