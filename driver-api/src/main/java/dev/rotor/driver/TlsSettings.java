package dev.rotor.driver;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted, the {@code tls...} options of the URI Options specification.
 *
 * <p>Each component is the option of the same name with {@code tls} in front.
 *
 * <p><b>Whether.</b> Encryption is on when {@code tls=true} (or {@code ssl=true}) says so or the connection string
 * starts with {@code mongodb+srv://}. It is also on when {@code tls} is not mentioned but another option of these is:
 * who names a certificate wants encryption. {@code tls=false} turns it off in every case.
 *
 * <p><b>How.</b> TLS 1.2 and 1.3 are spoken, the newer one where the server has it. The server is told the host's name
 * (server name indication) where it is a name.
 *
 * <p><b>Host names.</b> A server's certificate must be for the host that the client connects to. Only its subject
 * alternative names count, the common name does not. An IP address must be there as an address. A star stands for
 * exactly one label and must be the whole first one: {@code *.example.com} covers {@code db1.example.com}, not
 * {@code a.db1.example.com}. Case and a final dot do not matter; internationalised names are compared in ASCII.
 *
 * <p><b>Files.</b> They are read once, when a client is created: a new client sees renewed ones. What is wrong with
 * them is a {@link MongoConfigurationException} at that time. A client's certificate that has expired is warned of
 * only, since whether it will do is the server's to say.
 *
 * <p><b>Revocation.</b> The server's own certificate is checked by OCSP, as the OCSP Support specification suggests,
 * and that is on by default. What the server brings ("stapled") counts first: a revoked certificate is refused, so is
 * an answer that is not valid, and so is a certificate that demands an answer ("must-staple") without one. Otherwise
 * all responders that the certificate names are asked at once over HTTP, for five seconds or half of the connect
 * timeout, whichever is less; no event loop waits for that. If none knows, the connection goes on ("soft fail"), and a
 * responder that has failed is left alone for a minute. Answers are remembered by the client for as long as they say.
 * Lists of revoked certificates are not loaded, and certificates of authorities are checked by what the server brings
 * alone. What the application has switched off for the whole virtual machine stays off: the system property
 * {@code com.sun.net.ssl.checkRevocation=false} all of it, the security property {@code ocsp.enable=false} asking
 * responders, the system property {@code jdk.tls.client.enableStatusRequestExtension=false} stapling. With
 * {@code com.sun.net.ssl.checkRevocation=true} the platform checks too, by its own rules.
 *
 * <p><b>{@code tlsInsecure}</b> relaxes exactly these: certificates are not checked in any way, revocation included,
 * and host names neither. The driver warns of it, and of its two halves, when a client is created.
 *
 * <p><b>A context of the application's own</b> brings trust and keys of its own: it excludes the files,
 * {@code allowInvalidCertificates} and the two options about revocation have no effect on it, and certificates are
 * checked for revocation only as it does by itself. Protocols, server name indication and host names, with
 * {@code allowInvalidHostnames}, are the driver's to set even so; host names are then checked by the platform's rules,
 * which are less strict about stars and common names.
 *
 * @param enabled whether connections are encrypted, {@code tls}
 * @param context where keys and trust come from; {@code null} for the files given here and, in place of each that is
 *     missing, the platform's: its authorities, or the stores of the system properties {@code javax.net.ssl...};
 *     excludes the files and their password
 * @param caFile PEM file of trusted certificate authorities, one or several, or a PKCS#12 file of them without a
 *     password; {@code null} for the platform's
 * @param certificateKeyFile PEM or PKCS#12 file of the client's certificate, those between it and the authority after
 *     it, and its private key: PKCS#8, encrypted or not, PKCS#1 or SEC 1; {@code null} for none
 * @param certificateKeyFilePassword decrypts the private key; {@code null} when it is not encrypted
 * @param allowInvalidCertificates whether any certificate of a server is accepted; then revocation is not checked
 *     either
 * @param allowInvalidHostnames whether a certificate for another host is accepted; it must be a trusted one still
 * @param disableCertificateRevocationCheck whether revoked certificates go unnoticed; excludes the option that follows
 * @param disableOcspEndpointCheck whether OCSP responders are left alone, so that only stapled answers count
 */
public record TlsSettings(
        boolean enabled,
        @Nullable SSLContext context,
        @Nullable String caFile,
        @Nullable String certificateKeyFile,
        @Nullable Secret certificateKeyFilePassword,
        boolean allowInvalidCertificates,
        boolean allowInvalidHostnames,
        boolean disableCertificateRevocationCheck,
        boolean disableOcspEndpointCheck) {

    /** Plain text. */
    public static final TlsSettings DISABLED =
            new TlsSettings(false, null, null, null, null, false, false, false, false);

    /** Encryption with the platform's keys and authorities, and every check. */
    public static final TlsSettings ENABLED = new TlsSettings(true, null, null, null, null, false, false, false, false);

    public TlsSettings {
        if (context != null && (caFile != null || certificateKeyFile != null || certificateKeyFilePassword != null)) {
            throw new MongoConfigurationException("tlsCAFile, tlsCertificateKeyFile and tlsCertificateKeyFilePassword"
                    + " cannot be combined with an SSLContext, which has trust and keys of its own");
        }
        String conflict = OptionConflicts.ofTls(
                false,
                allowInvalidCertificates,
                allowInvalidHostnames,
                disableCertificateRevocationCheck,
                disableOcspEndpointCheck);
        if (conflict != null) {
            throw new MongoConfigurationException(conflict);
        }
    }

    /**
     * A builder that starts with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with these settings.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.enabled = enabled;
        builder.context = context;
        builder.caFile = caFile;
        builder.certificateKeyFile = certificateKeyFile;
        builder.certificateKeyFilePassword = certificateKeyFilePassword;
        builder.allowInvalidCertificates = allowInvalidCertificates;
        builder.allowInvalidHostnames = allowInvalidHostnames;
        builder.disableCertificateRevocationCheck = disableCertificateRevocationCheck;
        builder.disableOcspEndpointCheck = disableOcspEndpointCheck;
        return builder;
    }

    /** Collects how connections are encrypted. Not for use by several threads at once. */
    public static final class Builder {
        private @Nullable Boolean enabled;
        private @Nullable SSLContext context;
        private @Nullable String caFile;
        private @Nullable String certificateKeyFile;
        private @Nullable Secret certificateKeyFilePassword;
        private boolean allowInvalidCertificates = false;
        private boolean allowInvalidHostnames = false;
        private boolean disableCertificateRevocationCheck = false;
        private boolean disableOcspEndpointCheck = false;

        private Builder() {}

        /**
         * Sets whether connections are encrypted.
         *
         * @param enabled {@code null} means yes if anything else is set here; default {@code null}
         * @return this
         */
        public Builder enabled(@Nullable Boolean enabled) {
            this.enabled = enabled;
            return this;
        }

        /**
         * Sets where keys and trust come from.
         *
         * @param context {@code null} for the files given here, and the platform's keys and authorities
         * @return this
         */
        public Builder context(@Nullable SSLContext context) {
            this.context = context;
            return this;
        }

        /**
         * Sets the file of trusted certificate authorities.
         *
         * @param caFile path of a PEM or PKCS#12 file; {@code null} for the platform's
         * @return this
         */
        public Builder caFile(@Nullable String caFile) {
            this.caFile = caFile;
            return this;
        }

        /**
         * Sets the file of the client's certificate and private key.
         *
         * @param certificateKeyFile path of a PEM or PKCS#12 file; {@code null} for none
         * @return this
         */
        public Builder certificateKeyFile(@Nullable String certificateKeyFile) {
            this.certificateKeyFile = certificateKeyFile;
            return this;
        }

        /**
         * Sets what decrypts the private key.
         *
         * @param certificateKeyFilePassword {@code null} when it is not encrypted
         * @return this
         */
        public Builder certificateKeyFilePassword(@Nullable Secret certificateKeyFilePassword) {
            this.certificateKeyFilePassword = certificateKeyFilePassword;
            return this;
        }

        /**
         * Sets whether any certificate of a server is accepted.
         *
         * @param allowInvalidCertificates default {@code false}
         * @return this
         */
        public Builder allowInvalidCertificates(boolean allowInvalidCertificates) {
            this.allowInvalidCertificates = allowInvalidCertificates;
            return this;
        }

        /**
         * Sets whether a certificate for another host is accepted.
         *
         * @param allowInvalidHostnames default {@code false}
         * @return this
         */
        public Builder allowInvalidHostnames(boolean allowInvalidHostnames) {
            this.allowInvalidHostnames = allowInvalidHostnames;
            return this;
        }

        /**
         * Sets whether revoked certificates go unnoticed.
         *
         * @param disableCertificateRevocationCheck default {@code false}
         * @return this
         */
        public Builder disableCertificateRevocationCheck(boolean disableCertificateRevocationCheck) {
            this.disableCertificateRevocationCheck = disableCertificateRevocationCheck;
            return this;
        }

        /**
         * Sets whether OCSP responders are left alone.
         *
         * @param disableOcspEndpointCheck default {@code false}
         * @return this
         */
        public Builder disableOcspEndpointCheck(boolean disableOcspEndpointCheck) {
            this.disableOcspEndpointCheck = disableOcspEndpointCheck;
            return this;
        }

        /**
         * Sets both {@link #allowInvalidCertificates} and {@link #allowInvalidHostnames}: {@code tlsInsecure}.
         *
         * @param insecure whether to trust anyone; default {@code false}
         * @return this
         */
        public Builder insecure(boolean insecure) {
            this.allowInvalidCertificates = insecure;
            this.allowInvalidHostnames = insecure;
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable value
         * @throws MongoConfigurationException if settings contradict each other; the message names both
         */
        public TlsSettings build() {
            boolean anySet = context != null
                    || caFile != null
                    || certificateKeyFile != null
                    || certificateKeyFilePassword != null
                    || allowInvalidCertificates
                    || allowInvalidHostnames
                    || disableCertificateRevocationCheck
                    || disableOcspEndpointCheck;
            return new TlsSettings(
                    enabled != null ? enabled : anySet,
                    context,
                    caFile,
                    certificateKeyFile,
                    certificateKeyFilePassword,
                    allowInvalidCertificates,
                    allowInvalidHostnames,
                    disableCertificateRevocationCheck,
                    disableOcspEndpointCheck);
        }
    }
}
