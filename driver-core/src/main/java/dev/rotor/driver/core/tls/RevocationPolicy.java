package dev.rotor.driver.core.tls;

import dev.rotor.driver.TlsSettings;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is done to find out whether a certificate was revoked. The client's options decide; what the application has
 * switched off for the whole virtual machine stays off, as the OCSP Support specification asks.
 *
 * @param checks whether anything is checked
 * @param endpoints whether responders on the network are asked where the server brings no answer
 * @param staplesRequested whether servers are asked to bring an answer
 */
record RevocationPolicy(boolean checks, boolean endpoints, boolean staplesRequested) {

    /** A system property; its default is {@code false}, so that only who says so means it. */
    static final String CHECK_REVOCATION = "com.sun.net.ssl.checkRevocation";

    /** A system property of the platform's TLS; its default is {@code true}. */
    static final String REQUEST_STAPLES = "jdk.tls.client.enableStatusRequestExtension";

    /** A security property; unset by default. */
    static final String OCSP_ENABLE = "ocsp.enable";

    /**
     * Decides.
     *
     * @param settings the client's options
     * @param systemProperties values of system properties; {@code null} for those that are not set
     * @param securityProperties the same of security properties
     */
    static RevocationPolicy of(
            TlsSettings settings,
            UnaryOperator<@Nullable String> systemProperties,
            UnaryOperator<@Nullable String> securityProperties) {
        boolean checks = !settings.allowInvalidCertificates()
                && !settings.disableCertificateRevocationCheck()
                && !isFalse(systemProperties.apply(CHECK_REVOCATION));
        return new RevocationPolicy(
                checks,
                checks && !settings.disableOcspEndpointCheck() && !isFalse(securityProperties.apply(OCSP_ENABLE)),
                checks && !isFalse(systemProperties.apply(REQUEST_STAPLES)));
    }

    private static boolean isFalse(@Nullable String value) {
        return "false".equalsIgnoreCase(value);
    }
}
