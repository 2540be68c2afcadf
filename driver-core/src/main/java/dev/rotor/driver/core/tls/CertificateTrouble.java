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
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate is not good enough, in words. Pure functions. */
final class CertificateTrouble {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateTrouble() {}

    /** Words for what is wrong with the certificates themselves, whatever host they are for. */
    static String ofChain(X509Certificate[] chain, CertificateException reason) {
        CertificateRevokedException revoked = find(reason, CertificateRevokedException.class);
        if (revoked != null) {
            return "the certificate " + subject(chain[0]) + " was revoked on "
                    + revoked.getRevocationDate().toInstant() + " (" + revoked.getRevocationReason() + ")";
        }
        for (X509Certificate each : chain) {
            try {
                each.checkValidity();
            } catch (CertificateExpiredException e) {
                return "the certificate " + subject(each) + " expired on "
                        + each.getNotAfter().toInstant();
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

    static boolean isRevoked(CertificateException reason) {
        return find(reason, CertificateRevokedException.class) != null;
    }

    /** Words for a certificate that is good, but for others. */
    static String ofName(X509Certificate certificate, @Nullable String host) {
        return "the certificate is for " + names(certificate) + ", not for " + host
                + "; connect by a name that it has, or have a certificate issued for this one";
    }

    /** The names and addresses that a certificate is for. */
    static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> each : alternatives) {
                    if (each.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
                        names.add(String.valueOf(each.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return "names that cannot be read (" + e.getMessage() + ")";
        }
        if (names.isEmpty()) {
            String common = commonName(certificate);
            return common == null ? "no host" : common;
        }
        return String.join(", ", names);
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        try {
            for (Rdn each : new LdapName(subject(certificate)).getRdns()) {
                if (each.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(each.getValue());
                }
            }
            return null;
        } catch (InvalidNameException e) {
            return null;
        }
    }

    private static String subject(X509Certificate certificate) {
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
