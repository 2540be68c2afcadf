package dev.rotor.driver.core.tls;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files that {@code tlsCAFile} and {@code tlsCertificateKeyFile} name: PEM or PKCS#12. */
final class KeyFiles {

    private static final char[] NO_PASSWORD = new char[0];

    private KeyFiles() {}

    /**
     * The authorities to trust.
     *
     * @throws MongoConfigurationException if the file cannot be read or names none
     */
    static List<X509Certificate> authorities(String file) {
        String option = "tlsCAFile";
        byte[] bytes = bytes(option, file);
        try {
            List<X509Certificate> found = new ArrayList<>();
            if (isPem(bytes)) {
                found.addAll(certificates(Pem.read(text(bytes))));
            } else {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(new ByteArrayInputStream(bytes), null);
                for (String alias : Collections.list(store.aliases())) {
                    if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                        found.add(certificate);
                    }
                }
            }
            if (found.isEmpty()) {
                throw new CertificateException("it has no certificate");
            }
            return found;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw refused(option, file, e);
        }
    }

    /**
     * A store with the client's key and certificates, its entries protected by {@link #entryPassword}.
     *
     * @throws MongoConfigurationException if the file cannot be read or lacks one of them
     */
    static KeyStore clientKey(String file, @Nullable Secret password) {
        String option = "tlsCertificateKeyFile";
        byte[] bytes = bytes(option, file);
        try {
            return isPem(bytes) ? pemKey(Pem.read(text(bytes)), password) : pkcs12(bytes, password);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw refused(option, file, e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** What the entries of {@link #clientKey} are protected with; the caller wipes it. */
    static char[] entryPassword(@Nullable Secret password) {
        return password == null ? NO_PASSWORD : password.reveal();
    }

    private static KeyStore pkcs12(byte[] bytes, @Nullable Secret password)
            throws GeneralSecurityException, IOException {
        char[] chars = entryPassword(password);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), chars);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return store;
                }
            }
            throw new CertificateException("it has no private key");
        } catch (IOException e) {
            if (e.getCause() instanceof java.security.UnrecoverableKeyException) {
                throw new CertificateException(
                        "it cannot be decrypted: tlsCertificateKeyFilePassword is "
                                + (password == null ? "missing" : "wrong"),
                        e);
            }
            throw new CertificateException("it is neither PEM nor PKCS#12", e);
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private static KeyStore pemKey(List<Pem.Block> blocks, @Nullable Secret password)
            throws GeneralSecurityException, IOException {
        PrivateKey key = null;
        for (Pem.Block block : blocks) {
            if (PrivateKeys.isKey(block)) {
                if (key != null) {
                    throw new CertificateException("it has more than one private key");
                }
                key = PrivateKeys.read(block, password);
            }
        }
        List<X509Certificate> chain = certificates(blocks);
        if (key == null) {
            throw new CertificateException("it has no private key");
        }
        if (chain.isEmpty()) {
            throw new CertificateException("it has no certificate");
        }
        char[] chars = entryPassword(password);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", key, chars, chain.toArray(Certificate[]::new));
            return store;
        } finally {
            Arrays.fill(chars, '\0');
        }
    }

    private static List<X509Certificate> certificates(List<Pem.Block> blocks) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (Pem.Block block : blocks) {
            if (block.label().endsWith("CERTIFICATE")) {
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
            }
        }
        return found;
    }

    private static boolean isPem(byte[] bytes) {
        return text(bytes).contains("-----BEGIN ");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String option, String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new MongoConfigurationException(option + " names " + file + ", which does not exist", e);
        } catch (IOException | InvalidPathException e) {
            throw new MongoConfigurationException(
                    option + " names " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    private static MongoConfigurationException refused(String option, String file, Exception cause) {
        return new MongoConfigurationException(option + " names " + file + ", but " + cause.getMessage(), cause);
    }
}
