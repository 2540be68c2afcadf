package dev.rotor.driver.core.tls;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks servers as the platform does, and says in words what is wrong: what the platform says names neither the host
 * that a certificate is for nor the authority that is missing.
 */
final class CheckingTrustManager extends X509ExtendedTrustManager {

    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

    /** The object identifier 1.3.6.1.5.5.7.48.1, encoded. */
    private static final byte[] OCSP = {0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01};

    private final X509ExtendedTrustManager trust;
    private final @Nullable X509ExtendedTrustManager trustUnlessRevoked;
    private final boolean stapledOnly;

    /**
     * Puts the checks together.
     *
     * @param trust checks all but revocation
     * @param trustUnlessRevoked checks revocation too, or {@code null} for never
     * @param stapledOnly whether only an answer that the server itself brings counts
     */
    CheckingTrustManager(
            X509ExtendedTrustManager trust,
            @Nullable X509ExtendedTrustManager trustUnlessRevoked,
            boolean stapledOnly) {
        this.trust = trust;
        this.trustUnlessRevoked = trustUnlessRevoked;
        this.stapledOnly = stapledOnly;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        SSLSession session = engine.getHandshakeSession();
        X509ExtendedTrustManager checks = trust;
        if (trustUnlessRevoked != null && (isStapled(session) || (!stapledOnly && namesResponder(chain[0])))) {
            checks = trustUnlessRevoked;
        }
        try {
            checks.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw explained(chain, authType, engine.getPeerHost(), e);
        }
    }

    /** Whether there is somebody to ask: the platform takes a certificate that names nobody for a bad one. */
    private static boolean namesResponder(X509Certificate certificate) {
        byte[] access = certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS);
        if (access == null) {
            return false;
        }
        for (int at = 0; at + OCSP.length <= access.length; at++) {
            if (Arrays.equals(access, at, at + OCSP.length, OCSP, 0, OCSP.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isStapled(@Nullable SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return false;
        }
        List<byte[]> answers = extended.getStatusResponses();
        return !answers.isEmpty() && answers.get(0).length > 0;
    }

    private CertificateException explained(
            X509Certificate[] chain, String authType, @Nullable String host, CertificateException reason) {
        // The platform looks at the alert to send by the cause.
        Throwable cause = reason.getCause() instanceof CertPathValidatorException path ? path : reason;
        return new CertificateException(words(chain, authType, host, reason), cause);
    }

    private String words(X509Certificate[] chain, String authType, @Nullable String host, CertificateException reason) {
        try {
            trust.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            return CertificateTrouble.ofChain(chain, e);
        }
        // Good in itself: it is revoked, or for somebody else.
        return CertificateTrouble.isRevoked(reason)
                ? CertificateTrouble.ofChain(chain, reason)
                : CertificateTrouble.ofName(chain[0], host);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
