package dev.rotor.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The canned server's TLS: 1.3 with one cipher suite, so that all clients have the same to do. Key and certificate are
 * in {@code tls.p12} beside this class, for 127.0.0.1 and localhost until 2119, and of use for nothing else; the
 * certificate, which vouches for itself, is in {@code tls.pem} for clients.
 */
public final class ServerTls {

    private static final char[] PASSWORD = "benchmarks".toCharArray();
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    /** What servers with OpenSSL choose when they are not told. */
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384"};

    private final SSLContext context;

    ServerTls() throws IOException {
        try (InputStream in = resource("tls.p12").openStream()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
        } catch (GeneralSecurityException e) {
            throw new IOException("the platform makes no TLS context of tls.p12", e);
        }
    }

    /**
     * The file that clients are to trust, as {@code tlsCAFile}.
     *
     * @return where it is
     * @throws IOException if the classes are not in a folder
     */
    public static Path certificate() throws IOException {
        URL url = resource("tls.pem");
        if (!url.getProtocol().equals("file")) {
            throw new IOException("clients cannot read " + url + ": it has to be a file");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IOException("no path of a file: " + url, e);
        }
    }

    /** The server's end of one connection. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setEnabledCipherSuites(SUITES);
        return engine;
    }

    private static URL resource(String name) throws IOException {
        URL url = ServerTls.class.getResource(name);
        if (url == null) {
            throw new IOException(name + " is missing beside " + ServerTls.class);
        }
        return url;
    }
}
