package dev.rotor.driver.core.tls;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts everybody: {@code tlsAllowInvalidCertificates}. Not of the extended kind, so that the platform still looks at
 * the host name where that is asked for.
 */
final class AnyCertificate implements X509TrustManager {

    private static final X509Certificate[] NONE = {};

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // The user said that nothing is to be checked, and was warned.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("a client checks no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
