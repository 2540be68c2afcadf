package dev.rotor.driver.core.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate is not good enough, in words. Pure functions. */
final class CertificateTrouble {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateTrouble() {}

    /** Words for what is wrong with the certificates themselves, whatever host they are for. */
    static String ofChain(X509Certificate[] chain, CertificateException reason) {
        if (find(reason, CertificateRevokedException.class) != null) {
            return revoked(chain[0], reason);
        }
        for (X509Certificate each : chain) {
            try {
                each.checkValidity();
            } catch (CertificateExpiredException e) {
                return "the certificate " + subject(each) + " expired on "
                        + each.getNotAfter().toInstant() + "; the server needs a new one";
            } catch (CertificateNotYetValidException e) {
                return "the certificate " + subject(each) + " is not valid before "
                        + each.getNotBefore().toInstant() + "; is the clock right?";
            }
        }
        if (find(reason, CertPathBuilderException.class) != null) {
            X509Certificate last = chain[chain.length - 1];
            return "the certificate " + subject(chain[0]) + " was issued by "
                    + last.getIssuerX500Principal().getName()
                    + ", which is none of the trusted authorities; its certificate belongs into tlsCAFile";
        }
        return "the certificate " + subject(chain[0]) + " is not acceptable: " + reason.getMessage();
    }

    /** Words for a certificate that its authority has taken back. */
    static String revoked(X509Certificate certificate, @Nullable Throwable reason) {
        CertificateRevokedException told = reason == null ? null : find(reason, CertificateRevokedException.class);
        return "the certificate " + subject(certificate) + " was revoked by its authority"
                + (told == null
                        ? ""
                        : " on " + told.getRevocationDate().toInstant() + " (" + told.getRevocationReason() + ")")
                + "; the server needs a new one";
    }

    /** Words for a certificate that must come with an answer of OCSP, and does not. */
    static String notStapled(X509Certificate certificate) {
        return "the certificate " + subject(certificate) + " demands that the server brings an answer of OCSP with it"
                + " (must-staple), and the server brings none; have it staple one, or set"
                + " tlsDisableCertificateRevocationCheck=true";
    }

    /** Words for an answer of OCSP that the server has brought, and that is none. */
    static String badStaple(X509Certificate certificate, @Nullable Exception reason) {
        return "the answer of OCSP that the server brings with the certificate " + subject(certificate)
                + " does not count: " + Revocation.words(reason)
                + "; have the server fetch a new one, or set tlsDisableCertificateRevocationCheck=true";
    }

    /** Words for a certificate that is good, but for others. */
    static String ofName(X509Certificate certificate, @Nullable String host) {
        List<String> names;
        try {
            names = names(certificate);
        } catch (CertificateParsingException e) {
            return "the names in the certificate " + subject(certificate) + " cannot be read: " + e.getMessage();
        }
        if (names.isEmpty()) {
            String kind = host != null && HostNames.isAddress(host) ? "IP:" : "DNS:";
            return "the certificate " + subject(certificate)
                    + " has no subject alternative names, and its common name does not count; have one issued with "
                    + kind + host;
        }
        return "the certificate is for " + String.join(", ", names) + ", not for " + host
                + "; connect by a name that it has, or have a certificate issued for this one";
    }

    /** The names and addresses that a certificate is for. */
    static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> each : alternatives) {
                if (each.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
                    names.add(String.valueOf(each.get(1)));
                }
            }
        }
        return names;
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static <T extends Throwable> @Nullable T find(Throwable from, Class<T> type) {
        for (Throwable at = from; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
