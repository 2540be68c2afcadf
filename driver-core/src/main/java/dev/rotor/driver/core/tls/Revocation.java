package dev.rotor.driver.core.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a server's certificate was revoked, step by step as the OCSP Support specification suggests: the
 * answer that the server brings, else one that is known still, else one of the responders that the certificate names.
 * No answer is no objection, but for a certificate that demands one of its server. Certificates of authorities in
 * between are checked by what the server brings alone, and lists of revoked certificates are not loaded.
 */
final class Revocation {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.tls");

    private final RevocationPolicy policy;
    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final OcspResponders responders;

    /**
     * For a client.
     *
     * @param policy what is to be done
     * @param authorities whom the client trusts
     * @param responders asks on the network, and remembers
     */
    Revocation(RevocationPolicy policy, X509Certificate[] authorities, OcspResponders responders) {
        this.policy = policy;
        this.responders = responders;
        for (X509Certificate each : authorities) {
            anchors.add(new TrustAnchor(each, null));
        }
    }

    /**
     * Checks a chain that is good in every other respect. Waits for responders, though not for long: never on a loop.
     *
     * @param chain the server's own certificate first
     * @param staples what the server has brought, in the order of the chain; empty arrays where it brings nothing
     * @throws CertificateException if a certificate is void; the message says why
     */
    void check(X509Certificate[] chain, List<byte[]> staples) throws CertificateException {
        boolean stapled = !staples.isEmpty() && staples.get(0).length > 0;
        boolean must = policy.staplesRequested() && CertificateExtensions.mustStaple(chain[0]);
        if (must && !stapled) {
            throw new CertificateException(CertificateTrouble.notStapled(chain[0]));
        }
        boolean asks = policy.endpoints()
                && !CertificateExtensions.ocspResponders(chain[0]).isEmpty();
        if (!asks && staples.stream().allMatch(each -> each.length == 0)) {
            return;
        }
        List<X509Certificate> path = path(chain);
        if (path.size() < 2) {
            // The certificate is trusted by itself; nobody could revoke it.
            return;
        }
        boolean known = false;
        for (int i = 0; i < Math.min(staples.size(), chain.length); i++) {
            int at = path.indexOf(chain[i]);
            if (staples.get(i).length > 0 && at >= 0 && at + 1 < path.size()) {
                known |= accept(chain[i], path.get(at + 1), staples.get(i), must && i == 0) && i == 0;
            }
        }
        if (!known && asks) {
            Ocsp.Verdict verdict = responders.ask(chain[0], path.get(1));
            if (verdict != null && verdict.status() == Ocsp.Status.REVOKED) {
                throw new CertificateException(
                        CertificateTrouble.revoked(chain[0], verdict.reason()), verdict.reason());
            }
        }
    }

    /** Whether what the server has brought settles the matter. */
    private boolean accept(X509Certificate certificate, X509Certificate issuer, byte[] staple, boolean must)
            throws CertificateException {
        Ocsp.Verdict verdict = Ocsp.judge(certificate, issuer, staple);
        switch (verdict.status()) {
            case GOOD -> {
                responders.remember(certificate, issuer, staple, verdict.status());
                return true;
            }
            case REVOKED -> {
                responders.remember(certificate, issuer, staple, verdict.status());
                throw new CertificateException(
                        CertificateTrouble.revoked(certificate, verdict.reason()), verdict.reason());
            }
            case UNKNOWN -> {
                if (must) {
                    throw new CertificateException(
                            CertificateTrouble.badStaple(certificate, verdict.reason()), verdict.reason());
                }
                return false;
            }
            case INVALID ->
                throw new CertificateException(
                        CertificateTrouble.badStaple(certificate, verdict.reason()), verdict.reason());
        }
        return false;
    }

    /**
     * From the server's certificate to the authority that is trusted, that one included. Built anew rather than taken
     * as the server sent it: who has issued the certificate is who may speak about it.
     */
    private List<X509Certificate> path(X509Certificate[] chain) {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(chain[0]);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            List<X509Certificate> path = new ArrayList<>();
            for (Certificate each : result.getCertPath().getCertificates()) {
                path.add((X509Certificate) each);
            }
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            if (!path.contains(anchor)) {
                path.add(anchor);
            }
            return path;
        } catch (GeneralSecurityException e) {
            // The platform has found a path by rules that are not those of PKIX.
            LOG.debug("Whether {} was revoked cannot be found out: {}", chain[0].getSubjectX500Principal(), e, e);
            return List.of();
        }
    }

    /** What a failure of the platform says. */
    static String words(@Nullable Exception reason) {
        if (reason == null) {
            return "no reason is known";
        }
        String message = reason.getMessage();
        return message == null || message.isEmpty() ? reason.getClass().getSimpleName() : message;
    }
}
