package dev.rotor.driver.transport.support;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted stream, once its handshake is done. The engine lets one thread encrypt while another decrypts, which is
 * all that happens here: writing is one thread's at a time, reading the loop's.
 */
final class TlsLayer implements ByteLayer {

    private static final Logger LOG = System.getLogger(TlsLayer.class.getName());

    private final ByteLayer below;
    private final TlsPumps pumps;
    private final SSLEngine engine;
    private final SSLSession session;
    private final TlsInput input;
    private final TlsOutput output;
    private final TlsBuffers buffers;
    /** From this version on, a message of a handshake that comes later is a new key or a ticket, nothing else. */
    private final boolean renegotiates;
    /** Whether the engine's status tells nothing of what it has to say once the handshake is done. */
    private final boolean taciturn;

    /** Whether the engine has something to say by itself, such as the answer to a new key. */
    private volatile boolean ownPending;

    // All below: the loop's.
    /** Decrypted bytes that did not fit where they should have gone; {@code null} for none. */
    private @Nullable ByteBuffer plain;

    private boolean ended;
    /** Whether the peer's stream ended without a word. */
    private boolean cutOff;

    private boolean endTold;
    /** What was wrong behind bytes that were passed on. */
    private @Nullable Exception failure;

    private boolean closed;

    /** Takes over the handshake's part of the pumps. */
    TlsLayer(ByteLayer below, TlsPumps pumps, TlsPumps.Parts parts) {
        this.below = below;
        this.pumps = pumps;
        engine = parts.engine();
        input = parts.input();
        output = parts.output();
        buffers = pumps.resources().buffers();
        session = engine.getSession();
        renegotiates = !"TLSv1.3".equals(session.getProtocol());
        taciturn = pumps.resources().splitsAtBuffers(engine);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int count) throws IOException {
        long bytes = 0;
        for (int i = offset; i < offset + count; i++) {
            bytes += from[i].remaining();
        }
        enter();
        try {
            long taken = 0;
            while (taken < bytes && output.drain()) {
                taken += output.wrap(from, offset, count);
            }
            return taken;
        } finally {
            pumps.leave();
        }
    }

    /** Keeps the engine while a sender uses it. */
    private void enter() throws ClosedChannelException {
        if (!pumps.enter()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public boolean flush() throws IOException {
        enter();
        try {
            while (output.drain()) {
                if (!ownPending) {
                    return true;
                }
                ownPending = false;
                if (taciturn) {
                    if (output.wrapOwn()) {
                        // Behind an alert comes, as an exception, what it is about.
                        ownPending = true;
                    }
                } else if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    boolean unused = output.wrapOwn();
                }
            }
            return false;
        } finally {
            pumps.leave();
        }
    }

    @Override
    public boolean hasOutput() {
        return ownPending || output.isHeld();
    }

    @Override
    public boolean hasInput() {
        return plain != null
                || failure != null
                || input.mayHaveRecord()
                || (ended && !endTold)
                || (!ended && below.hasInput());
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int start = into.position();
        try {
            readOn(into);
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        int count = into.position() - start;
        if (count == 0 && failure != null) {
            throw rethrown(failure);
        }
        if (count == 0 && ended) {
            endTold = true;
            return -1;
        }
        return count;
    }

    private static IOException rethrown(Exception failure) {
        if (failure instanceof IOException known) {
            return known;
        }
        throw (RuntimeException) failure;
    }

    private void readOn(ByteBuffer into) throws IOException {
        boolean socketEmpty = false;
        while (into.hasRemaining()) {
            if (plain != null) {
                copyPlain(plain, into);
                continue;
            }
            if (ended || failure != null) {
                break;
            }
            if (!input.mayHaveRecord()) {
                if (socketEmpty) {
                    break;
                }
                int count = input.fill();
                if (count <= 0) {
                    ended = count < 0;
                    cutOff = ended;
                    break;
                }
                socketEmpty = input.socketEmptied();
            }
            if (!decrypt(into)) {
                break;
            }
        }
    }

    /** Decrypts one record; whether to go on before the engine has said what it has to say. */
    private boolean decrypt(ByteBuffer into) throws IOException {
        // OpenSSL wants room for the whole of a record.
        boolean direct = into.remaining() >= session.getPacketBufferSize();
        ByteBuffer target = direct ? into : buffers.take();
        SSLEngineResult result;
        try {
            result = input.unwrap(target);
        } finally {
            if (!direct) {
                target.flip();
                if (target.hasRemaining()) {
                    plain = target;
                } else {
                    buffers.give(target);
                }
            }
        }
        switch (result.getStatus()) {
            case OK -> {
                return follow(result);
            }
            case CLOSED -> ended = true;
            case BUFFER_UNDERFLOW -> {}
            case BUFFER_OVERFLOW -> throw new SSLException("a TLS record holds more than it may");
        }
        return true;
    }

    /** What came may be something other than data; whether to go on. */
    private boolean follow(SSLEngineResult result) throws SSLException {
        HandshakeStatus status = result.getHandshakeStatus();
        if (result.bytesConsumed() == 0 && result.bytesProduced() == 0 && status != HandshakeStatus.NEED_TASK) {
            throwWithheld();
            throw new SSLException("the TLS engine does nothing with a record (" + status + ")");
        }
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return true;
        }
        if (engine.isInboundDone()) {
            ended = true;
            return true;
        }
        if (renegotiates) {
            throwWithheld();
            throw new SSLException("the server asked for a new handshake on an established connection (renegotiation),"
                    + " which is refused");
        }
        if (taciturn && status == HandshakeStatus.NEED_WRAP) {
            // The answer to a new key, or an alert about a record that is not what it should be.
            ownPending = true;
            return false;
        }
        if (status == HandshakeStatus.NEED_TASK) {
            // No certificate is looked at after the first handshake: a task here is a calculation, not a wait.
            TlsHandshake.runTasks(engine);
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            ownPending = true;
        }
        return true;
    }

    /** Throws what the engine holds against a record and keeps to itself, if it is of that kind and does. */
    private void throwWithheld() throws SSLException {
        if (taciturn) {
            output.discardOwn();
        }
    }

    private void copyPlain(ByteBuffer from, ByteBuffer into) {
        if (from.remaining() <= into.remaining()) {
            into.put(from);
            plain = null;
            buffers.give(from);
            return;
        }
        int limit = from.limit();
        from.limit(from.position() + into.remaining());
        into.put(from);
        from.limit(limit);
    }

    @Override
    public String howEnded() {
        return cutOff ? ", cut off: the TLS stream has no end of its own (close_notify)" : "";
    }

    @Override
    public void sayGoodbye() {
        try {
            engine.closeOutbound();
            // A socket that takes not even these few bytes goes without: the end of the stream says as much.
            boolean said = output.drain();
            if (said) {
                boolean unused = output.wrapOwn();
                said = output.drain();
            }
            LOG.log(Level.TRACE, "close_notify sent: {0}", said);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the end of an encrypted stream could not be announced", e);
        }
    }

    @Override
    public void endOutput() throws IOException {
        // What the socket has not taken by now it never will.
        output.release();
        below.endOutput();
    }

    @Override
    public void close() {
        below.close();
        if (closed) {
            return;
        }
        closed = true;
        ByteBuffer rest = plain;
        if (rest != null) {
            plain = null;
            buffers.give(rest);
        }
        pumps.leave();
    }

    @Override
    public SSLSession session() {
        return session;
    }
}
