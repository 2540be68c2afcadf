package dev.rotor.benchmarks.server;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** The server's end of TLS. Everything is done on the thread that asks, the checks of a handshake as well. */
final class TlsLink implements Link {

    /** How many records are encrypted before they are written, so that a large reply takes few system calls. */
    private static final int RECORDS_OUT = 8;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final int recordBytes;

    /** From the socket, not decrypted; what is there is before the position. Room for more than the longest record. */
    private final ByteBuffer encryptedIn;

    /** Of one record, decrypted and not fetched: what remains. */
    private final ByteBuffer decrypted;

    /** Encrypted and not sent; what is there is before the position. */
    private final ByteBuffer encryptedOut;

    TlsLink(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        recordBytes = engine.getSession().getPacketBufferSize();
        encryptedIn = ByteBuffer.allocate(2 * recordBytes);
        decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
        encryptedOut = ByteBuffer.allocate(RECORDS_OUT * recordBytes);
    }

    @Override
    public int read(ByteBuffer in) throws IOException {
        int before = in.position();
        boolean more = true;
        boolean end = false;
        while (in.hasRemaining()) {
            if (decrypted.hasRemaining()) {
                fetch(in);
            } else if (!decrypt()) {
                if (!more) {
                    break;
                }
                // A read that leaves room has emptied the socket: no second call to learn that.
                end = channel.read(encryptedIn) < 0 || engine.isInboundDone();
                more = !end && !encryptedIn.hasRemaining();
                if (end) {
                    break;
                }
            }
        }
        int count = in.position() - before;
        return count == 0 && end ? -1 : count;
    }

    @Override
    public boolean write(ByteBuffer out) throws IOException {
        while (true) {
            while (out.hasRemaining() && encryptedOut.remaining() >= recordBytes) {
                encrypt(out);
            }
            if (encryptedOut.position() > 0) {
                channel.write(encryptedOut.flip());
                encryptedOut.compact();
            }
            if (encryptedOut.position() > 0) {
                return false;
            }
            if (!out.hasRemaining()) {
                return true;
            }
        }
    }

    private void fetch(ByteBuffer in) {
        int count = Math.min(in.remaining(), decrypted.remaining());
        in.put(in.position(), decrypted, decrypted.position(), count);
        in.position(in.position() + count);
        decrypted.position(decrypted.position() + count);
    }

    /** Decrypts the next record; returns whether there was a whole one. */
    private boolean decrypt() throws IOException {
        if (encryptedIn.position() == 0) {
            return false;
        }
        encryptedIn.flip();
        decrypted.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(encryptedIn, decrypted);
        } finally {
            decrypted.flip();
            encryptedIn.compact();
        }
        goOn();
        return result.bytesConsumed() > 0;
    }

    /** Does what the handshake asks for until it waits for the client. */
    private void goOn() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> encrypt(NOTHING);
                default -> {
                    return;
                }
            }
        }
    }

    private void encrypt(ByteBuffer source) throws IOException {
        SSLEngineResult result = engine.wrap(source, encryptedOut);
        if (result.bytesProduced() == 0) {
            throw new ProtocolException("nothing can be encrypted: " + result);
        }
    }
}
