package dev.rotor.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which options contradict each other. Pure decisions, asked by the connection string and by the builders, so that both
 * say the same. Each returns the message, or null when all is well.
 */
final class OptionConflicts {

    /** The limit of the Handshake specification. */
    static final int MAX_APP_NAME_BYTES = 128;

    /** Completes "it must be ...". */
    static final String SRV_SERVICE_NAME_RULE =
            "1 to 62 letters, digits and single hyphens between them, with at least one letter";

    private OptionConflicts() {}

    /** RFC 6335, section 5.1, but longer: the label with its underscore has 63 octets. */
    static boolean isSrvServiceName(String name) {
        boolean letter = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!UriParts.isAsciiLetterOrDigit(c)) {
                boolean between = c == '-' && i > 0 && i < name.length() - 1 && name.charAt(i - 1) != '-';
                if (!between) {
                    return false;
                }
            }
            letter |= c > '9';
        }
        return letter && name.length() <= 62;
    }

    /**
     * The rules about discovery; see the URI Options, Load Balancer and Initial DNS Seedlist Discovery specifications.
     */
    static @Nullable String ofTopology(
            int hosts,
            boolean srv,
            int srvMaxHosts,
            String srvServiceName,
            boolean directConnection,
            boolean loadBalanced,
            @Nullable String replicaSet) {
        if (srv && hosts > 0) {
            return "seeds cannot be combined with an SRV host, whose records name the seeds";
        }
        if (!srv && hosts == 0) {
            return "at least one host is needed";
        }
        if (!srv && srvMaxHosts > 0) {
            return srvOnly("srvMaxHosts");
        }
        if (!srv && !srvServiceName.equals(TopologySettings.DEFAULT_SRV_SERVICE_NAME)) {
            return srvOnly("srvServiceName");
        }
        if (directConnection && srv) {
            return "directConnection=true cannot be combined with mongodb+srv://, which may name several hosts";
        }
        if (directConnection && hosts > 1) {
            return "directConnection=true needs exactly one host, not " + hosts;
        }
        if (loadBalanced) {
            if (hosts > 1) {
                return "loadBalanced=true needs exactly one host, not " + hosts;
            }
            if (replicaSet != null) {
                return "loadBalanced=true cannot be combined with replicaSet";
            }
            if (directConnection) {
                return "loadBalanced=true cannot be combined with directConnection=true";
            }
        }
        if (srvMaxHosts > 0) {
            if (replicaSet != null) {
                return "srvMaxHosts cannot be combined with replicaSet";
            }
            if (loadBalanced) {
                return "srvMaxHosts cannot be combined with loadBalanced=true";
            }
        }
        return null;
    }

    /** The rules about TLS; whether each option is there, whatever its value. */
    static @Nullable String ofTls(
            boolean insecure,
            boolean allowInvalidCertificates,
            boolean allowInvalidHostnames,
            boolean disableCertificateRevocationCheck,
            boolean disableOcspEndpointCheck) {
        if (insecure) {
            if (allowInvalidCertificates) {
                return both("tlsInsecure", "tlsAllowInvalidCertificates");
            }
            if (allowInvalidHostnames) {
                return both("tlsInsecure", "tlsAllowInvalidHostnames");
            }
            if (disableOcspEndpointCheck) {
                return both("tlsInsecure", "tlsDisableOCSPEndpointCheck");
            }
            if (disableCertificateRevocationCheck) {
                return both("tlsInsecure", "tlsDisableCertificateRevocationCheck");
            }
        }
        if (allowInvalidCertificates && disableOcspEndpointCheck) {
            return both("tlsAllowInvalidCertificates", "tlsDisableOCSPEndpointCheck");
        }
        if (allowInvalidCertificates && disableCertificateRevocationCheck) {
            return both("tlsAllowInvalidCertificates", "tlsDisableCertificateRevocationCheck");
        }
        if (disableOcspEndpointCheck && disableCertificateRevocationCheck) {
            return both("tlsDisableOCSPEndpointCheck", "tlsDisableCertificateRevocationCheck");
        }
        return null;
    }

    /** The rules about settings of the client itself. */
    static @Nullable String ofClient(
            @Nullable String applicationName, @Nullable Duration timeout, int maxAdaptiveRetries) {
        if (applicationName != null
                && (applicationName.isEmpty()
                        || applicationName.getBytes(StandardCharsets.UTF_8).length > MAX_APP_NAME_BYTES)) {
            return "appName must be 1 to " + MAX_APP_NAME_BYTES + " bytes of UTF-8";
        }
        if (timeout != null && timeout.isNegative()) {
            return "timeoutMS must not be negative";
        }
        if (maxAdaptiveRetries < 0) {
            return "maxAdaptiveRetries must not be negative: " + maxAdaptiveRetries;
        }
        return null;
    }

    /** The rule about the sizes of a pool. */
    static @Nullable String ofPoolSizes(int minSize, int maxSize) {
        return maxSize > 0 && minSize > maxSize
                ? "minPoolSize " + minSize + " must not be greater than maxPoolSize " + maxSize
                : null;
    }

    static String srvOnly(String option) {
        return option + " can be used with mongodb+srv:// only";
    }

    private static String both(String one, String other) {
        return one + " and " + other + " cannot be combined";
    }
}
