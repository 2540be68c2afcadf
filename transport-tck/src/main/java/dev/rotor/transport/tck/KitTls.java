package dev.rotor.transport.tck;

import dev.rotor.driver.transport.TlsParts;
import dev.rotor.driver.transport.TlsSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Encryption for both ends of a test. The certificates are in {@code tls.p12} beside this class, good until 2119 and
 * for nothing else: an authority, a server for db.example and a client of its, and a stranger that claims to be
 * db.example.
 */
final class KitTls implements TlsSpec {

    private static final char[] PASSWORD = "kit-tests".toCharArray();

    private final @Nullable X509ExtendedKeyManager keys;
    private final CountingTrust trust;
    private final String[] protocols;
    private final SSLContext context;

    private KitTls(@Nullable String certificate, String... protocols) {
        this.protocols = protocols.clone();
        try {
            keys = certificate == null ? null : Certificates.keys(certificate);
            trust = new CountingTrust(Certificates.ROOT);
            context = SSLContext.getInstance("TLS");
            context.init(keys == null ? null : new KeyManager[] {keys}, new TrustManager[] {trust}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform makes no TLS context of the kit's certificates", e);
        }
    }

    /** A client without a certificate. */
    static KitTls client(String... protocols) {
        return new KitTls(null, protocols);
    }

    static KitTls clientWithCertificate(String... protocols) {
        return new KitTls("client", protocols);
    }

    static KitTls server(String... protocols) {
        return new KitTls("server", protocols);
    }

    /** A server whose certificate nobody has vouched for. */
    static KitTls stranger() {
        return new KitTls("stranger");
    }

    /** How many certificates were checked: none when a session is resumed. */
    int checks() {
        return trust.checks.get();
    }

    @Override
    public SSLEngine newEngine(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        engine.setSSLParameters(parameters(host));
        return engine;
    }

    @Override
    public TlsParts parts(String host) {
        return new TlsParts(keys, trust, host, parameters(host));
    }

    private SSLParameters parameters(String host) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(protocols.length == 0 ? new String[] {"TLSv1.3", "TLSv1.2"} : protocols);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(host)));
        return parameters;
    }

    /** The other end of a wire as a socket, around the one that was accepted. */
    SSLSocket serverSocket(Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    /** The other end of a wire. */
    SSLEngine serverEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        if (protocols.length > 0) {
            engine.setEnabledProtocols(protocols);
        }
        return engine;
    }

    /** Read once: to open the file takes longer than the handshakes of most tests. */
    private static final class Certificates {

        static final X509ExtendedTrustManager ROOT;
        private static final Map<String, X509ExtendedKeyManager> KEYS = new HashMap<>();

        static {
            try {
                KeyStore store = store();
                ROOT = trustIn(store.getCertificate("root"));
                for (String each : List.of("server", "client", "stranger")) {
                    KEYS.put(each, keys(store, each));
                }
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the kit's certificates cannot be read", e);
            }
        }

        static X509ExtendedKeyManager keys(String alias) {
            return Objects.requireNonNull(KEYS.get(alias), alias);
        }

        private static KeyStore store() throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = KitTls.class.getResourceAsStream("tls.p12")) {
                if (in == null) {
                    throw new IOException("tls.p12 is missing beside " + KitTls.class);
                }
                store.load(in, PASSWORD);
            }
            return store;
        }

        private static X509ExtendedKeyManager keys(KeyStore all, String alias)
                throws GeneralSecurityException, IOException {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(one, PASSWORD);
            return only(factory.getKeyManagers(), X509ExtendedKeyManager.class);
        }

        private static X509ExtendedTrustManager trustIn(Certificate root) throws GeneralSecurityException, IOException {
            KeyStore roots = KeyStore.getInstance("PKCS12");
            roots.load(null, null);
            roots.setCertificateEntry("root", root);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(roots);
            return only(factory.getTrustManagers(), X509ExtendedTrustManager.class);
        }

        private static <T> T only(Object[] managers, Class<T> type) throws GeneralSecurityException {
            for (Object each : managers) {
                if (type.isInstance(each)) {
                    return type.cast(each);
                }
            }
            throw new GeneralSecurityException("the platform has no " + type.getSimpleName());
        }
    }

    /** The platform's checks, counted. */
    private static final class CountingTrust extends X509ExtendedTrustManager {

        final AtomicInteger checks = new AtomicInteger();
        private final X509ExtendedTrustManager trust;

        CountingTrust(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            checks.incrementAndGet();
            trust.checkServerTrusted(chain, authType, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            trust.checkClientTrusted(chain, authType, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("a check without the engine");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("a check without the engine");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            trust.checkClientTrusted(chain, authType, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            trust.checkClientTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
