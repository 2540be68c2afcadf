package dev.rotor.driver;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted, the {@code tls...} options of the URI Options specification.
 *
 * <p>Each component is the option of the same name with {@code tls} in front.
 *
 * <p>Encryption is on when {@code tls=true} says so or the connection string starts with {@code mongodb+srv://}. It is
 * also on when {@code tls} is not mentioned but another option of these is: who names a certificate wants encryption.
 *
 * <p>TLS 1.2 and 1.3 are spoken. The server's own certificate is checked for revocation by OCSP: the answer that the
 * server brings ("stapled"), else that of the responder which the certificate names. No answer is no objection, also
 * when the certificate demands one. Lists of revoked certificates are not loaded. A context of the application's own is
 * left to check what it checks.
 *
 * <p>{@code tlsInsecure} relaxes exactly these: certificates are not checked in any way, host names neither. The driver
 * warns of it, and of its two halves, when a client is created.
 *
 * @param enabled whether connections are encrypted, {@code tls}
 * @param context where keys and trust come from; {@code null} for the files given here and, in place of each that is
 *     missing, the platform's: its authorities, or the stores of the system properties {@code javax.net.ssl...};
 *     excludes the files
 * @param caFile PEM (or PKCS#12) file of trusted certificate authorities, one or several; {@code null} for the
 *     platform's
 * @param certificateKeyFile PEM or PKCS#12 file of the client's certificate, those between it and the authority, and
 *     its private key; {@code null} for none
 * @param certificateKeyFilePassword decrypts the private key; {@code null} when it is not encrypted
 * @param allowInvalidCertificates whether any certificate of a server is accepted; then revocation is not checked
 *     either
 * @param allowInvalidHostnames whether a certificate for another host is accepted
 * @param disableCertificateRevocationCheck whether revoked certificates go unnoticed
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

    /** Encryption with the platform's default context and every check. */
    public static final TlsSettings ENABLED = new TlsSettings(true, null, null, null, null, false, false, false, false);

    public TlsSettings {
        if (context != null && (caFile != null || certificateKeyFile != null)) {
            throw new MongoConfigurationException("tlsCAFile and tlsCertificateKeyFile cannot be combined with an"
                    + " SSLContext, which has trust and keys of its own");
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
         * @param insecure whether to trust anyone
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
         * @throws IllegalArgumentException if a setting is out of range; the message names it
         * @throws MongoConfigurationException if settings contradict each other
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
