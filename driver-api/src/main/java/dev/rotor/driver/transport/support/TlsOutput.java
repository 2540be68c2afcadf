package dev.rotor.driver.transport.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Encrypted bytes on their way out: through the engine to the layer below. Used by one thread at a time. */
final class TlsOutput {

    private static final ByteBuffer[] NOTHING = {ByteBuffer.allocate(0)};

    /** What a record holds at most, before and, generously, after encryption. */
    private static final int RECORD_BYTES = 16 * 1024;

    private static final int MOST_OF_A_RECORD = RECORD_BYTES + 2048;

    private final ByteLayer below;
    private final SSLEngine engine;
    private final TlsBuffers buffers;
    private final boolean gathers;

    /** {@link #encrypted}, as the layer below wants it. */
    private final ByteBuffer[] vector = {NOTHING[0]};

    /** Bytes that the socket has not taken, ready to be written; {@code null} for none. */
    private @Nullable ByteBuffer encrypted;

    /** Whether a socket that was full has left some of {@link #encrypted}. For any thread to see. */
    private volatile boolean held;

    /**
     * Makes an output without anything to say.
     *
     * @param gathers whether small buffers are put together here, since the engine does not
     */
    TlsOutput(ByteLayer below, SSLEngine engine, TlsBuffers buffers, boolean gathers) {
        this.below = below;
        this.engine = engine;
        this.buffers = buffers;
        this.gathers = gathers;
    }

    /**
     * Encrypts as much as fits in memory, when {@link #drain} has said that all went out.
     *
     * @return how many bytes were taken
     * @throws IOException if the engine is at its end or fails
     */
    long wrap(ByteBuffer[] from, int offset, int count) throws IOException {
        ByteBuffer out = buffers.take();
        long taken = 0;
        try {
            while (true) {
                SSLEngineResult result =
                        gathers ? wrapGathered(from, offset, count, out) : engine.wrap(from, offset, count, out);
                taken += result.bytesConsumed();
                if (result.getStatus() == Status.CLOSED) {
                    throw new SSLException("the TLS stream is closed");
                }
                if (result.getStatus() != Status.OK || !remains(from, offset, count)) {
                    break;
                }
                if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                    throw new SSLException("the TLS engine takes nothing (" + result.getHandshakeStatus() + ")");
                }
            }
            if (out.position() == 0) {
                throw new SSLException("the TLS engine needs more than " + out.capacity() + " bytes for a record");
            }
        } finally {
            keep(out);
        }
        return taken;
    }

    /** One record of as many buffers as go into it. */
    private SSLEngineResult wrapGathered(ByteBuffer[] from, int offset, int count, ByteBuffer out) throws SSLException {
        int first = offset;
        while (first < offset + count - 1 && !from[first].hasRemaining()) {
            first++;
        }
        int end = offset + count;
        if (end - first == 1 || from[first].remaining() >= RECORD_BYTES || out.remaining() < MOST_OF_A_RECORD) {
            return engine.wrap(from, first, end - first, out);
        }
        ByteBuffer together = buffers.take();
        try {
            together.limit(RECORD_BYTES);
            for (int i = first; i < end && together.hasRemaining(); i++) {
                ByteBuffer each = from[i];
                int limit = each.limit();
                each.limit(Math.min(limit, each.position() + together.remaining()));
                together.put(each);
                each.limit(limit);
            }
            together.flip();
            SSLEngineResult result = engine.wrap(together, out);
            while (result.getStatus() == Status.OK && result.bytesConsumed() == 0 && result.bytesProduced() > 0) {
                // What the engine had to say by itself went first.
                result = engine.wrap(together, out);
            }
            if (together.hasRemaining() && result.getStatus() != Status.CLOSED) {
                throw new SSLException("the TLS engine takes less than a record (" + result + ")");
            }
            return result;
        } finally {
            buffers.give(together);
        }
    }

    /**
     * Lets the engine say what it has to say itself, handshake messages and alerts, as much as fits in memory, when
     * {@link #drain} has said that all went out.
     *
     * @return whether it said anything
     * @throws SSLException if the engine fails
     */
    boolean wrapOwn() throws SSLException {
        ByteBuffer out = buffers.take();
        try {
            SSLEngineResult result;
            do {
                result = engine.wrap(NOTHING, 0, 1, out);
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && result.bytesProduced() == 0) {
                    throw new SSLException("the TLS engine cannot say what it wants to");
                }
            } while (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && result.getStatus() == Status.OK);
            return out.position() > 0;
        } finally {
            keep(out);
        }
    }

    /**
     * Lets the engine say what it has to say itself to nobody, since the stream has come to its end. May be called
     * while somebody else writes, if the engine bears that.
     *
     * @throws SSLException what ended the stream, if the engine has kept that to itself
     */
    void discardOwn() throws SSLException {
        ByteBuffer out = buffers.take();
        try {
            SSLEngineResult result;
            do {
                result = engine.wrap(NOTHING, 0, 1, out.clear());
            } while (result.getStatus() == Status.OK && result.bytesProduced() > 0);
        } finally {
            buffers.give(out);
        }
    }

    private void keep(ByteBuffer out) {
        out.flip();
        if (out.hasRemaining()) {
            encrypted = out;
        } else {
            buffers.give(out);
        }
    }

    private static boolean remains(ByteBuffer[] from, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            if (from[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes what the socket has not taken yet.
     *
     * @return whether nothing is left
     * @throws IOException if the stream is broken
     */
    boolean drain() throws IOException {
        ByteBuffer out = encrypted;
        if (out == null) {
            return true;
        }
        vector[0] = out;
        long unused = below.write(vector, 0, 1);
        if (out.hasRemaining()) {
            held = true;
            return false;
        }
        release();
        return true;
    }

    /** Whether something waits for a socket that was full. Any thread. */
    boolean isHeld() {
        return held;
    }

    /** Gives memory back; nothing is written any more. */
    void release() {
        ByteBuffer out = encrypted;
        if (out != null) {
            encrypted = null;
            vector[0] = NOTHING[0];
            if (held) {
                held = false;
            }
            buffers.give(out);
        }
    }
}
