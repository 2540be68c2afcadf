package dev.rotor.testserver.tls;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * How a test server encrypts.
 *
 * @param context its key, and whom it trusts to vouch for clients
 * @param clientCertificates whether clients show certificates
 * @param protocols for example {@code TLSv1.2}; empty for what the platform offers
 */
public record ServerTls(SSLContext context, ClientCertificates clientCertificates, List<String> protocols) {

    /** Whether clients show certificates. */
    public enum ClientCertificates {
        /** They are not asked for. */
        NONE,
        /** They are asked for, and none is fine. */
        WANTED,
        /** Without one there is no connection. */
        REQUIRED
    }

    public ServerTls {
        protocols = List.copyOf(protocols);
    }

    /** With that certificate; clients show none. */
    public static ServerTls of(TestCertificate certificate) {
        return new ServerTls(certificate.context(), ClientCertificates.NONE, List.of());
    }

    /** The same, with clients' certificates. */
    public ServerTls clientCertificates(ClientCertificates asked) {
        return new ServerTls(context, asked, protocols);
    }

    /** The same, with these protocols only. */
    public ServerTls protocols(String... names) {
        return new ServerTls(context, clientCertificates, List.of(names));
    }

    /**
     * Puts encryption on top of an accepted socket; the handshake begins with the first read.
     *
     * @throws IOException if the socket is gone
     */
    public SSLSocket over(Socket accepted) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(accepted, accepted.getInetAddress().getHostAddress(), accepted.getPort(), true);
        socket.setUseClientMode(false);
        if (!protocols.isEmpty()) {
            socket.setEnabledProtocols(protocols.toArray(String[]::new));
        }
        switch (clientCertificates) {
            case NONE -> {}
            case WANTED -> socket.setWantClientAuth(true);
            case REQUIRED -> socket.setNeedClientAuth(true);
        }
        return socket;
    }
}
