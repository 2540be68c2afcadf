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
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a context of the settings. Without files, keys and trust are the platform's: its authorities, or those of the
 * system properties {@code javax.net.ssl...}.
 */
final class TlsContexts {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rotor.driver.tls");

    private static final String KEY_STORE = "javax.net.ssl.keyStore";

    private TlsContexts() {}

    /**
     * A context, and what is in it.
     *
     * @param context the context
     * @param keys its key manager, or {@code null} for none
     * @param trust its trust manager, or {@code null} when the context is the application's own
     */
    record Made(SSLContext context, @Nullable X509ExtendedKeyManager keys, @Nullable X509ExtendedTrustManager trust) {}

    /**
     * Reads the files and makes a context.
     *
     * @throws MongoConfigurationException if a file cannot be read, or the platform lacks what is needed
     */
    static Made of(TlsSettings settings, TrustResources resources) {
        if (settings.context() != null) {
            return new Made(settings.context(), null, null);
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = keys(settings);
            X509ExtendedTrustManager trust = trust(settings, resources);
            context.init(keys, new TrustManager[] {trust}, null);
            return new Made(context, keys == null ? null : firstKeys(keys), trust);
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
        KeyStore store = KeyFiles.clientKey(file, password);
        String warning = KeyFiles.warning(file, store);
        if (warning != null) {
            LOG.warn(warning);
        }
        return managers(store, KeyFiles.entryPassword(password));
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

    private static X509ExtendedTrustManager trust(TlsSettings settings, TrustResources resources)
            throws GeneralSecurityException, IOException {
        boolean verifiesHost = !settings.allowInvalidHostnames();
        if (settings.allowInvalidCertificates()) {
            return new AnyCertificate(verifiesHost);
        }
        String file = settings.caFile();
        KeyStore store = file == null ? null : storeOf(KeyFiles.authorities(file));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        X509ExtendedTrustManager trust = first(factory);
        RevocationPolicy policy = RevocationPolicy.of(settings, System::getProperty, Security::getProperty);
        Revocation revocation = policy.checks()
                ? new Revocation(
                        policy,
                        trust.getAcceptedIssuers(),
                        new OcspResponders(resources.executor(), resources.clock(), resources.connectTimeout()))
                : null;
        return new CheckingTrustManager(trust, verifiesHost, revocation);
    }

    private static KeyStore storeOf(List<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return store;
    }

    private static @Nullable X509ExtendedKeyManager firstKeys(KeyManager[] managers) {
        for (KeyManager each : managers) {
            if (each instanceof X509ExtendedKeyManager found) {
                return found;
            }
        }
        return null;
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
