package dev.rotor.driver.core.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks servers as the platform does, their names more strictly, and whether their certificates were revoked; says in
 * words what is wrong: what the platform says names neither the host that a certificate is for nor the authority that
 * is missing. May wait for the network: never called on a loop.
 */
final class CheckingTrustManager extends ServerTrustManager {

    private final X509ExtendedTrustManager trust;
    private final @Nullable Revocation revocation;

    /**
     * Puts the checks together.
     *
     * @param trust the platform's checks
     * @param verifiesHost whether the certificate must be for the host
     * @param revocation whether certificates were revoked, or {@code null} for never mind
     */
    CheckingTrustManager(X509ExtendedTrustManager trust, boolean verifiesHost, @Nullable Revocation revocation) {
        super(verifiesHost);
        this.trust = trust;
        this.revocation = revocation;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String host = engine.getPeerHost();
        try {
            trust.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            // The platform looks at the alert to send by the cause.
            Throwable cause = e.getCause() instanceof CertPathValidatorException path ? path : e;
            throw new CertificateException(words(chain, authType, host, e), cause);
        }
        checkName(chain[0], host);
        if (revocation != null) {
            revocation.check(chain, staples(engine));
        }
    }

    private static List<byte[]> staples(SSLEngine engine) {
        return engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getStatusResponses()
                : List.of();
    }

    private String words(X509Certificate[] chain, String authType, @Nullable String host, CertificateException reason) {
        try {
            trust.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            return CertificateTrouble.ofChain(chain, e);
        }
        // Good in itself: for somebody else, or of a kind that connections may not use.
        return isForAnother(chain[0], host)
                ? CertificateTrouble.ofName(chain[0], host)
                : CertificateTrouble.ofChain(chain, reason);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
