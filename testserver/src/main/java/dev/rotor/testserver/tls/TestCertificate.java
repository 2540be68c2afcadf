package dev.rotor.testserver.tls;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate with its private key and its authority. */
public final class TestCertificate {

    private static final char[] NO_PASSWORD = new char[0];

    private final X509Bundle bundle;
    private final boolean withRoot;

    TestCertificate(X509Bundle bundle) {
        this(bundle, false);
    }

    private TestCertificate(X509Bundle bundle, boolean withRoot) {
        this.bundle = bundle;
        this.withRoot = withRoot;
    }

    /** The same, shown together with the authority's own: the platform's servers staple for such chains only. */
    public TestCertificate withRoot() {
        return new TestCertificate(bundle, true);
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return bundle.getCertificate();
    }

    /** The certificate and those of the authorities between it and the root: what a server shows. */
    public X509Certificate[] chain() {
        return bundle.getCertificatePath();
    }

    /** The private key. */
    public PrivateKey key() {
        return bundle.getKeyPair().getPrivate();
    }

    /** The subject, as RFC 2253 writes it: the name of a user of MONGODB-X509. */
    public String subject() {
        return certificate().getSubjectX500Principal().getName();
    }

    /** The certificate and those of the authorities between it and the root, in PEM. */
    public String certificatePem() {
        return bundle.getCertificatePathPEM();
    }

    /** The private key in PEM, as PKCS#8. */
    public String keyPem() {
        return bundle.getPrivateKeyPEM();
    }

    /** What {@code tlsCertificateKeyFile} names: certificate and key in one PEM file, written into the directory. */
    public Path writePem(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "certificate", ".pem");
        return Files.writeString(file, certificatePem() + "\n" + keyPem() + "\n");
    }

    /** The same as PKCS#12. */
    public Path writePkcs12(Path directory, char[] password) throws IOException, GeneralSecurityException {
        Path file = Files.createTempFile(directory, "certificate", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            keyStore(password).store(out, password);
        }
        return file;
    }

    private KeyStore keyStore(char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "key", key(), password, withRoot ? bundle.getCertificatePathWithRoot() : bundle.getCertificatePath());
        return store;
    }

    /** A context that shows this certificate and trusts its authority. */
    public SSLContext context() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(NO_PASSWORD), NO_PASSWORD);
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry("root", bundle.getRootCertificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the platform makes no context of a fresh certificate", e);
        }
    }
}
