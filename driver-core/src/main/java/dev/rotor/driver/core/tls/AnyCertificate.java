package dev.rotor.driver.core.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts everybody: {@code tlsAllowInvalidCertificates}. Of the extended kind, so that the platform adds no checks of
 * its own; the host name is looked at here, where that is asked for.
 */
final class AnyCertificate extends X509ExtendedTrustManager {

    private static final X509Certificate[] NONE = {};

    private final boolean verifiesHost;

    AnyCertificate(boolean verifiesHost) {
        this.verifiesHost = verifiesHost;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (verifiesHost && !HostNames.covers(chain[0], engine.getPeerHost())) {
            throw new CertificateException(CertificateTrouble.ofName(chain[0], engine.getPeerHost()));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("transports encrypt with engines");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("transports encrypt with engines");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw clientsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw clientsOnly();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw clientsOnly();
    }

    private static UnsupportedOperationException clientsOnly() {
        return new UnsupportedOperationException("a client checks no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
