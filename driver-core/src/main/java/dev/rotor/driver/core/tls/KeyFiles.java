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
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files that {@code tlsCAFile} and {@code tlsCertificateKeyFile} name: PEM or PKCS#12. */
final class KeyFiles {

    private static final char[] NO_PASSWORD = new char[0];

    private static final String NO_FORMAT = "it is neither PEM nor PKCS#12; convert it to PEM";
    private static final String NO_KEY = "it has no private key; the key belongs into the same file as its certificate";

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
                found.addAll(pkcs12Authorities(bytes));
            }
            if (found.isEmpty()) {
                throw new CertificateException(
                        "it has no certificate" + (isPem(bytes) ? "" : " that can be read" + " without a password")
                                + "; it must hold those of the authorities to trust, best as PEM");
            }
            return found;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refused(option, file, e);
        }
    }

    /** Those in a store without a password, or with an empty one, which is not the same to the platform. */
    private static List<X509Certificate> pkcs12Authorities(byte[] bytes) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), null);
            if (store.size() == 0) {
                store.load(new ByteArrayInputStream(bytes), NO_PASSWORD);
            }
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                return List.of();
            }
            throw new CertificateException(NO_FORMAT, e);
        }
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found;
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
                if (store.getKey(alias, chars) instanceof PrivateKey key) {
                    checkPair(key, store.getCertificateChain(alias));
                    return store;
                }
            }
            throw new CertificateException(NO_KEY);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new CertificateException(
                        "it cannot be decrypted: tlsCertificateKeyFilePassword is "
                                + (password == null ? "missing" : "wrong"),
                        e);
            }
            throw new CertificateException(NO_FORMAT, e);
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
                    throw new CertificateException(
                            "it has more than one private key; leave the one of the client's certificate");
                }
                key = PrivateKeys.read(block, password);
            }
        }
        List<X509Certificate> chain = certificates(blocks);
        if (key == null) {
            throw new CertificateException(NO_KEY);
        }
        checkPair(key, chain.toArray(Certificate[]::new));
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

    /** Whether servers will trust a client with this key: the first certificate must be the key's. */
    private static void checkPair(PrivateKey key, Certificate @Nullable [] chain) throws GeneralSecurityException {
        if (chain == null || chain.length == 0) {
            throw new CertificateException(
                    "it has no certificate; the client's belongs into the same file as its private key");
        }
        if (PrivateKeys.belongsTo(key, chain[0].getPublicKey())) {
            return;
        }
        for (Certificate each : chain) {
            if (PrivateKeys.belongsTo(key, each.getPublicKey())) {
                throw new CertificateException("the certificate of its private key is not the first one; the client's"
                        + " comes first, those of authorities follow");
            }
        }
        String subject = chain[0] instanceof X509Certificate x509 ? " " + CertificateTrouble.subject(x509) : "";
        throw new CertificateException(
                "its private key is not the one of its certificate" + subject + "; the two must be of one pair");
    }

    /**
     * What is to be said about a client's certificate that servers will not take, though some may.
     *
     * @param file where it is from
     * @param store as {@link #clientKey} has read it
     * @return a sentence, or {@code null} where all is well
     */
    static @Nullable String warning(String file, KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                String start = "tlsCertificateKeyFile names " + file + ", but the certificate "
                        + CertificateTrouble.subject(certificate) + " in it ";
                try {
                    certificate.checkValidity();
                } catch (CertificateExpiredException e) {
                    return start + "expired on " + certificate.getNotAfter().toInstant()
                            + ": servers that check will refuse it; have it renewed";
                } catch (CertificateNotYetValidException e) {
                    return start + "is not valid before "
                            + certificate.getNotBefore().toInstant()
                            + ": servers that check will refuse it; is the clock right?";
                }
            }
        }
        return null;
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
            throw new MongoConfigurationException(
                    option + " names " + file + ", which does not exist; correct the path", e);
        } catch (IOException | InvalidPathException e) {
            throw new MongoConfigurationException(
                    option + " names " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    private static MongoConfigurationException refused(String option, String file, Exception cause) {
        return new MongoConfigurationException(option + " names " + file + ", but " + cause.getMessage(), cause);
    }
}
