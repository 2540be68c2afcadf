package dev.rotor.driver.core.tls;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.Secret;
import dev.rotor.driver.TlsSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a context of the settings. Without files, keys and trust are the platform's: its authorities, or those of the
 * system properties {@code javax.net.ssl...}.
 */
final class TlsContexts {

    private static final String KEY_STORE = "javax.net.ssl.keyStore";

    private TlsContexts() {}

    /**
     * Reads the files and makes a context.
     *
     * @throws MongoConfigurationException if a file cannot be read, or the platform lacks what is needed
     */
    static SSLContext of(TlsSettings settings) {
        if (settings.context() != null) {
            return settings.context();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings), new TrustManager[] {trust(settings)}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new MongoConfigurationException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager @Nullable [] keys(TlsSettings settings) throws GeneralSecurityException, IOException {
        String file = settings.certificateKeyFile();
        if (file == null) {
            return platformKeys();
        }
        Secret password = settings.certificateKeyFilePassword();
        return managers(KeyFiles.clientKey(file, password), KeyFiles.entryPassword(password));
    }

    private static KeyManager @Nullable [] platformKeys() throws GeneralSecurityException, IOException {
        String file = System.getProperty(KEY_STORE, "");
        if (file.isEmpty() || file.equals("NONE")) {
            return null;
        }
        char[] password =
                System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
        KeyStore store =
                KeyStore.getInstance(System.getProperty("javax.net.ssl.keyStoreType", KeyStore.getDefaultType()));
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            store.load(in, password);
        } catch (IOException e) {
            throw new IOException(
                    "the system property " + KEY_STORE + " names " + file + ", which cannot be read: " + e.getMessage(),
                    e);
        }
        return managers(store, password);
    }

    /** Wipes the password. */
    private static KeyManager[] managers(KeyStore store, char[] password) throws GeneralSecurityException {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static TrustManager trust(TlsSettings settings) throws GeneralSecurityException, IOException {
        if (settings.allowInvalidCertificates()) {
            return new AnyCertificate();
        }
        String file = settings.caFile();
        KeyStore store = file == null ? null : storeOf(KeyFiles.authorities(file));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        X509ExtendedTrustManager trust = first(factory);
        return new CheckingTrustManager(
                trust,
                settings.disableCertificateRevocationCheck() ? null : withRevocation(trust.getAcceptedIssuers()),
                settings.disableOcspEndpointCheck());
    }

    private static KeyStore storeOf(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return store;
    }

    /**
     * Asks OCSP whether the server's own certificate was revoked, as the OCSP Support specification has it: the answer
     * that the server brings, else the responder that the certificate names. No answer is no objection. Lists of
     * revoked certificates are not loaded.
     */
    private static @Nullable X509ExtendedTrustManager withRevocation(X509Certificate[] authorities)
            throws GeneralSecurityException {
        if (authorities.length == 0) {
            return null;
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate each : authorities) {
            anchors.add(new TrustAnchor(each, null));
        }
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(
                PKIXRevocationChecker.Option.SOFT_FAIL,
                PKIXRevocationChecker.Option.ONLY_END_ENTITY,
                PKIXRevocationChecker.Option.NO_FALLBACK));
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.addCertPathChecker(checker);
        parameters.setRevocationEnabled(true);
        ManagerFactoryParameters wrapped = new CertPathTrustManagerParameters(parameters);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(wrapped);
        return first(factory);
    }

    private static X509ExtendedTrustManager first(TrustManagerFactory factory) throws GeneralSecurityException {
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the platform's trust manager does not check host names");
    }
}
