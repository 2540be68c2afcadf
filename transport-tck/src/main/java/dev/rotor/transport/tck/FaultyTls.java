package dev.rotor.transport.tck;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.rotor.driver.transport.TlsSpec;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import javax.net.ssl.SSLSocket;

/** Encryption whose handshakes go wrong in ways drawn by lot, at either end; half of the wires' do not. */
final class FaultyTls implements Encryption {

    /** What the server's end does. */
    private enum PeerFault {
        CLOSES_IN_THE_HANDSHAKE,
        RESETS_IN_THE_HANDSHAKE,
        HALF_CLOSES_IN_THE_HANDSHAKE,
        SPEAKS_SOMETHING_ELSE,
        IS_A_STRANGER,
        ASKS_FOR_A_CERTIFICATE,
        SPEAKS_THE_OLDER_VERSION_ONLY,
        RENEWS_ITS_KEYS
    }

    /** Longer than what a server has to say in its handshake. */
    private static final int HANDSHAKE_BYTES = 2500;

    private static final byte[][] SOMETHING_ELSE = {
        "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII),
        // An alert; the beginning of a long record; a record of data.
        {0x15, 3, 3, 0, 2, 2, 40},
        {0x16, 3, 3, (byte) 0xff, (byte) 0xff, 1, 2, 3},
        {0x17, 3, 3, 0, 1, 0},
        Frames.frame(300, 1)
    };

    private final TlsSpec[] owners = {
        KitTls.client(), KitTls.client("TLSv1.2"), KitTls.client("TLSv1.3"), engineOnly(KitTls.client())
    };
    private final KitTls server = KitTls.server();
    private final KitTls older = KitTls.server("TLSv1.2");
    private final KitTls stranger = KitTls.stranger();

    /** As a context of the application's own would be. */
    private static TlsSpec engineOnly(KitTls tls) {
        return (host, port) -> tls.newEngine(host, port);
    }

    @Override
    public TlsSpec ofOwner(Random random) {
        if (random.nextInt(30) == 0) {
            return (host, port) -> {
                throw new IllegalStateException("no engine, as expected by a test");
            };
        }
        return owners[random.nextInt(owners.length)];
    }

    @Override
    public Socket ofPeer(Socket accepted, Random random) throws IOException {
        if (random.nextBoolean()) {
            return handshake(server.serverSocket(accepted));
        }
        PeerFault[] faults = PeerFault.values();
        PeerFault fault = faults[random.nextInt(faults.length)];
        return switch (fault) {
            case CLOSES_IN_THE_HANDSHAKE, RESETS_IN_THE_HANDSHAKE, HALF_CLOSES_IN_THE_HANDSHAKE ->
                throw brokenOff(fault, accepted, random);
            case SPEAKS_SOMETHING_ELSE -> throw somethingElse(accepted, random);
            case IS_A_STRANGER -> handshake(stranger.serverSocket(accepted));
            case ASKS_FOR_A_CERTIFICATE -> {
                SSLSocket asking = server.serverSocket(accepted);
                asking.setNeedClientAuth(true);
                yield handshake(asking);
            }
            case SPEAKS_THE_OLDER_VERSION_ONLY -> handshake(older.serverSocket(accepted));
            // In TLS 1.2 that is a new handshake, which is refused.
            case RENEWS_ITS_KEYS -> handshake(handshake(server.serverSocket(accepted)));
        };
    }

    private static SSLSocket handshake(SSLSocket socket) throws IOException {
        socket.startHandshake();
        return socket;
    }

    /** Has said a part of the handshake, or just all of it. */
    private IOException brokenOff(PeerFault fault, Socket accepted, Random random) throws IOException {
        Peer below = new Peer(accepted.getChannel());
        EOFException meant = new EOFException("as meant");
        try {
            TlsPeer.upTo(below, server.serverEngine(), random.nextInt(HANDSHAKE_BYTES))
                    .handshake();
        } catch (EOFException e) {
            meant.addSuppressed(e);
        }
        if (fault == PeerFault.RESETS_IN_THE_HANDSHAKE) {
            below.reset();
        } else if (fault == PeerFault.HALF_CLOSES_IN_THE_HANDSHAKE) {
            accepted.shutdownOutput();
            below.readToEnd();
        }
        return meant;
    }

    private static IOException somethingElse(Socket accepted, Random random) throws IOException {
        accepted.getOutputStream().write(SOMETHING_ELSE[random.nextInt(SOMETHING_ELSE.length)]);
        accepted.shutdownOutput();
        accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
        return new EOFException("as meant");
    }
}
