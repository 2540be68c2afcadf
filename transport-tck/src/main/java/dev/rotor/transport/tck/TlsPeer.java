package dev.rotor.transport.tck;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The other end of an encrypted wire, blocking, driven by the test, which sees the records and may do with them what it
 * likes. One thread at a time.
 */
final class TlsPeer {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int BYTES = 1 << 16;

    private final Peer below;
    private final SSLEngine engine;
    private final int piece;
    /** How many bytes are still to be said before the peer falls silent. */
    private long left;

    /** Encrypted bytes that were read and not decrypted, and decrypted ones that were not taken; both to be read. */
    private final ByteBuffer encrypted = ByteBuffer.allocate(BYTES).limit(0);

    private final ByteBuffer plain = ByteBuffer.allocate(BYTES).limit(0);

    private TlsPeer(Peer below, SSLEngine engine, int piece, long left) {
        this.below = below;
        this.engine = engine;
        this.piece = piece;
        this.left = left;
    }

    /** Before the handshake. */
    static TlsPeer on(Peer below, SSLEngine engine) {
        return new TlsPeer(below, engine, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Writes so many bytes at a time. */
    static TlsPeer inPieces(Peer below, SSLEngine engine, int piece) throws IOException {
        below.socket().setTcpNoDelay(true);
        return new TlsPeer(below, engine, piece, Long.MAX_VALUE);
    }

    /** Writes so many bytes and no more; then every call that has to write throws. */
    static TlsPeer upTo(Peer below, SSLEngine engine, int bytes) {
        return new TlsPeer(below, engine, Integer.MAX_VALUE, bytes);
    }

    SSLEngine engine() {
        return engine;
    }

    Peer below() {
        return below;
    }

    TlsPeer handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.FINISHED || status == HandshakeStatus.NOT_HANDSHAKING) {
                return this;
            }
            if (!follow(status) && !unwrap()) {
                throw new EOFException("the wire ended the handshake");
            }
        }
    }

    /** What the engine wants to do by itself; whether there was something. */
    private boolean follow(HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NEED_TASK) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            return true;
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            send(seal(NOTHING));
            return true;
        }
        return false;
    }

    /** Decrypts one record; whether the stream goes on. */
    private boolean unwrap() throws IOException {
        plain.compact();
        try {
            while (true) {
                SSLEngineResult result = engine.unwrap(encrypted, plain);
                if (result.getStatus() == Status.CLOSED) {
                    return false;
                }
                if (result.getStatus() == Status.OK) {
                    return true;
                }
                if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                    throw new SSLException("more than the peer has room for");
                }
                encrypted.compact();
                int count = below.channel().read(encrypted);
                encrypted.flip();
                if (count < 0) {
                    throw new EOFException("the stream was cut off, without close_notify");
                }
            }
        } finally {
            plain.flip();
        }
    }

    private void send(byte[] records) throws IOException {
        if (records.length > left) {
            below.write(Arrays.copyOf(records, (int) left));
            left = 0;
            throw new EOFException("no more is to be said");
        }
        left -= records.length;
        if (piece >= records.length) {
            below.write(records);
            return;
        }
        for (int i = 0; i < records.length; i += piece) {
            below.write(Arrays.copyOfRange(records, i, Math.min(records.length, i + piece)));
        }
    }

    /** The records that say this, and what the engine has to say before. */
    byte[] sealed(byte[] message) throws SSLException {
        ByteBuffer from = ByteBuffer.wrap(message);
        byte[] all = new byte[0];
        while (from.hasRemaining()) {
            all = Frames.join(all, seal(from));
        }
        return all;
    }

    private byte[] seal(ByteBuffer from) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        SSLEngineResult result = engine.wrap(from, out);
        if (result.getStatus() != Status.OK && out.position() == 0) {
            throw new SSLException("the peer's engine encrypts nothing: " + result);
        }
        byte[] record = new byte[out.position()];
        out.flip().get(record);
        return record;
    }

    void write(byte[] message) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(message);
        while (from.hasRemaining()) {
            send(seal(from));
        }
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int have = 0;
        while (have < length) {
            if (!plain.hasRemaining() && !next()) {
                throw new EOFException("the wire said goodbye after " + have + " of " + length + " bytes");
            }
            int count = Math.min(plain.remaining(), length - have);
            plain.get(bytes, have, count);
            have += count;
        }
        return bytes;
    }

    private boolean next() throws IOException {
        boolean goesOn = unwrap();
        for (HandshakeStatus status = engine.getHandshakeStatus();
                goesOn && (status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK);
                status = engine.getHandshakeStatus()) {
            goesOn = follow(status);
        }
        return goesOn;
    }

    byte[] readFrame() throws IOException {
        byte[] head = read(4);
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return Frames.join(head, read(length - 4));
    }

    /** Reads on to the wire's goodbye; an exception when it goes without. */
    void readGoodbye() throws IOException {
        while (next()) {
            plain.position(plain.limit());
        }
    }

    /** Says that nothing follows, and leaves the socket open. */
    void sayGoodbye() throws IOException {
        engine.closeOutbound();
        send(seal(NOTHING));
    }

    /** In TLS 1.3: new keys both ways. In TLS 1.2: a new handshake, which is begun only. */
    void renew() throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK) {
            if (!follow(status)) {
                return;
            }
            status = engine.getHandshakeStatus();
        }
    }
}
