package dev.rotor.driver.core.tls;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What certificates say about their own revocation. Pure functions. */
final class CertificateExtensions {

    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    private static final String TLS_FEATURE = "1.3.6.1.5.5.7.1.24";

    /** 1.3.6.1.5.5.7.48.1. */
    private static final byte[] OCSP = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01};

    private static final int URI_NAME = 0x86;

    /** The extension of TLS that asks for a stapled answer. */
    private static final byte[] STATUS_REQUEST = {5};

    private CertificateExtensions() {}

    /**
     * Who can be asked whether the certificate was revoked: addresses of {@code http}, which is what OCSP uses, since
     * the answers are signed. Addresses that cannot be read are passed over.
     */
    static List<URI> ocspResponders(X509Certificate certificate) {
        Set<URI> found = new LinkedHashSet<>();
        for (Der.Element access : extension(certificate, AUTHORITY_INFORMATION_ACCESS)) {
            List<Der.Element> parts = childrenOf(access);
            if (parts.size() == 2
                    && Arrays.equals(parts.get(0).content(), OCSP)
                    && parts.get(1).tag() == URI_NAME) {
                URI uri = uri(new String(parts.get(1).content(), StandardCharsets.US_ASCII));
                if (uri != null && "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                    found.add(uri);
                }
            }
        }
        return List.copyOf(found);
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Whether the certificate is void unless its server brings an answer of OCSP: "must-staple", RFC 7633. */
    static boolean mustStaple(X509Certificate certificate) {
        for (Der.Element feature : extension(certificate, TLS_FEATURE)) {
            if (feature.tag() == Der.INTEGER && Arrays.equals(feature.content(), STATUS_REQUEST)) {
                return true;
            }
        }
        return false;
    }

    /** The elements of an extension that is a list. */
    private static List<Der.Element> extension(X509Certificate certificate, String id) {
        byte[] wrapped = certificate.getExtensionValue(id);
        if (wrapped == null) {
            return List.of();
        }
        try {
            return Der.read(Der.read(wrapped).get(0).content()).get(0).children();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return List.of();
        }
    }

    private static List<Der.Element> childrenOf(Der.Element element) {
        try {
            return element.children();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
