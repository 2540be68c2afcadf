package dev.rotor.driver.core.tls;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.TlsSettings;
import dev.rotor.driver.transport.TlsParts;
import dev.rotor.driver.transport.TlsSpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the engines of a client's wires: TLS 1.2 and 1.3, server name indication, host name verification. */
public final class Encryption implements TlsSpec {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final TlsContexts.Made made;
    private final boolean verifyHost;

    private Encryption(TlsContexts.Made made, boolean verifyHost) {
        this.made = made;
        this.verifyHost = verifyHost;
    }

    /**
     * Reads the files that the settings name.
     *
     * @param settings the client's
     * @param resources what checks of certificates need
     * @return how to encrypt, or {@code null} for plain text
     * @throws MongoConfigurationException if a file cannot be read, or the platform lacks what is needed
     */
    public static @Nullable Encryption of(TlsSettings settings, TrustResources resources) {
        return settings.enabled()
                ? new Encryption(TlsContexts.of(settings, resources), !settings.allowInvalidHostnames())
                : null;
    }

    /** What to warn of: settings that let a stranger pose as the server. */
    public static List<String> warnings(TlsSettings settings) {
        List<String> warnings = new ArrayList<>();
        if (!settings.enabled()) {
            return warnings;
        }
        if (settings.allowInvalidCertificates() && settings.allowInvalidHostnames()) {
            warnings.add(
                    "tlsInsecure: neither certificates nor host names of servers are checked, so that anybody on the"
                            + " way can read and change what is sent");
        } else if (settings.allowInvalidCertificates()) {
            warnings.add("tlsAllowInvalidCertificates: certificates of servers are not checked, so that anybody on the"
                    + " way can read and change what is sent");
        } else if (settings.allowInvalidHostnames()) {
            warnings.add("tlsAllowInvalidHostnames: whoever has a certificate of a trusted authority can pose as the"
                    + " server");
        }
        if (settings.certificateKeyFilePassword() != null && settings.certificateKeyFile() == null) {
            warnings.add("tlsCertificateKeyFilePassword has no effect without tlsCertificateKeyFile");
        }
        if (settings.context() != null) {
            if (settings.allowInvalidCertificates()) {
                warnings.add(ineffective("tlsAllowInvalidCertificates"));
            }
            if (settings.disableCertificateRevocationCheck()) {
                warnings.add(ineffective("tlsDisableCertificateRevocationCheck"));
            }
            if (settings.disableOcspEndpointCheck()) {
                warnings.add(ineffective("tlsDisableOCSPEndpointCheck"));
            }
        }
        return warnings;
    }

    private static String ineffective(String option) {
        return option + " has no effect on an SSLContext, which has trust of its own";
    }

    @Override
    public SSLEngine newEngine(String host, int port) {
        String name = HostNames.canonical(host);
        SSLEngine engine = made.context().createSSLEngine(name, port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(configured(engine.getSSLParameters(), name));
        return engine;
    }

    @Override
    public @Nullable TlsParts parts(String host) {
        X509ExtendedTrustManager trust = made.trust();
        if (trust == null) {
            return null;
        }
        String name = HostNames.canonical(host);
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(made.context().getDefaultSSLParameters().getProtocols());
        return new TlsParts(made.keys(), trust, name, configured(parameters, name));
    }

    private SSLParameters configured(SSLParameters parameters, String name) {
        List<String> protocols = new ArrayList<>(PROTOCOLS);
        protocols.retainAll(List.of(parameters.getProtocols()));
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        if (verifyHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        SNIHostName indication = indication(name);
        if (indication != null) {
            parameters.setServerNames(List.of(indication));
        }
        return parameters;
    }

    private static @Nullable SNIHostName indication(String name) {
        if (HostNames.isAddress(name)) {
            // Addresses are no names, and are not sent as such.
            return null;
        }
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException e) {
            // Not a name that the extension can carry, such as one with an underscore.
            return null;
        }
    }
}
