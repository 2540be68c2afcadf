package dev.rotor.driver.core.tls;

import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.TlsSettings;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.testserver.tls.TestCertificate;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Handshakes without a network, so that the client may be told to connect to any host. */
final class Handshakes {

    private static final int BUFFER_BYTES = 1 << 17;

    /** Nothing is asked: there is nobody to ask. */
    static final TrustResources RESOURCES = new TrustResources(Runnable::run, Clock.system(), Duration.ofSeconds(10));

    private Handshakes() {}

    /**
     * Connects.
     *
     * @param settings the client's
     * @param host whom the client wants
     * @param server the certificate of who answers
     * @throws SSLException if the client does not like it
     */
    static void connect(TlsSettings settings, String host, TestCertificate server) throws SSLException {
        Encryption encryption = Encryption.of(settings, RESOURCES);
        if (encryption == null) {
            throw new MongoConfigurationException("nothing is encrypted by these settings");
        }
        SSLEngine answering = server.context().createSSLEngine();
        answering.setUseClientMode(false);
        shake(encryption.newEngine(host, 27017), answering);
    }

    /** Hands over what each engine says to the other until both are content, or one is not. */
    static void shake(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(BUFFER_BYTES);
        ByteBuffer toClient = ByteBuffer.allocate(BUFFER_BYTES);
        client.beginHandshake();
        server.beginHandshake();
        boolean moved = true;
        while (moved) {
            moved = step(client, toClient, toServer);
            moved |= step(server, toServer, toClient);
        }
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            throw new SSLException("the handshake got stuck at " + client.getHandshakeStatus());
        }
    }

    private static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        ByteBuffer data = ByteBuffer.allocate(BUFFER_BYTES);
        int before = in.position() - out.position();
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                return true;
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                if (in.position() == 0) {
                    return false;
                }
                in.flip();
                try {
                    engine.unwrap(in, data);
                } finally {
                    in.compact();
                }
            }
        }
        return in.position() - out.position() != before;
    }
}
