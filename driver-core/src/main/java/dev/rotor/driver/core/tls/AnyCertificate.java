package dev.rotor.driver.core.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;

/**
 * Trusts everybody: {@code tlsAllowInvalidCertificates}. Of the extended kind, so that the platform adds no checks of
 * its own; the host name is looked at here, where that is asked for.
 */
final class AnyCertificate extends ServerTrustManager {

    private static final X509Certificate[] NONE = {};

    AnyCertificate(boolean verifiesHost) {
        super(verifiesHost);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkName(chain[0], engine.getPeerHost());
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
