package dev.rotor.driver.transport.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Encrypted bytes on their way in: from the layer below through the engine. The loop's alone. */
final class TlsInput {

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final ByteLayer below;
    private final SSLEngine engine;
    private final TlsBuffers buffers;

    /** Bytes that were read and not decrypted, ready to be read; {@code null} for none. */
    private @Nullable ByteBuffer encrypted;

    private boolean socketEmptied;

    /** Whether {@link #encrypted} is known to be less than a record. */
    private boolean starved;

    TlsInput(ByteLayer below, SSLEngine engine, TlsBuffers buffers) {
        this.below = below;
        this.engine = engine;
        this.buffers = buffers;
    }

    /** Whether there may be a whole record that has left the socket already. */
    boolean mayHaveRecord() {
        return encrypted != null && !starved;
    }

    /** Whether the last {@link #fill} has emptied the socket, so that asking again would be a wasted system call. */
    boolean socketEmptied() {
        return socketEmptied;
    }

    /**
     * Decrypts one record.
     *
     * @param into where to; its position is advanced
     * @return what the engine says; on underflow, {@link #fill} is to be called
     * @throws SSLException if the record is not what it should be
     */
    SSLEngineResult unwrap(ByteBuffer into) throws SSLException {
        ByteBuffer from = encrypted;
        SSLEngineResult result = engine.unwrap(from == null ? EMPTY : from, into);
        starved = result.getStatus() == Status.BUFFER_UNDERFLOW;
        if (from != null && !from.hasRemaining()) {
            release();
        }
        return result;
    }

    /** Has the engine look at what it was given, without giving it more. */
    SSLEngineResult unwrapNothing(ByteBuffer into) throws SSLException {
        return engine.unwrap(EMPTY, into);
    }

    /**
     * Reads from the socket.
     *
     * @return the bytes read, 0 when there are none now, -1 at the end of the stream
     * @throws IOException if the stream is broken, or a record is longer than any may be
     */
    int fill() throws IOException {
        ByteBuffer buffer = encrypted;
        if (buffer == null) {
            buffer = buffers.take();
        } else {
            buffer.compact();
        }
        if (!buffer.hasRemaining()) {
            buffer.flip();
            throw new SSLException("a TLS record is longer than " + buffer.capacity() + " bytes");
        }
        int count = -1;
        try {
            count = below.read(buffer);
        } finally {
            socketEmptied = buffer.hasRemaining();
            buffer.flip();
            if (buffer.hasRemaining()) {
                encrypted = buffer;
                starved &= count <= 0;
            } else {
                encrypted = null;
                buffers.give(buffer);
            }
        }
        return count;
    }

    /** Gives memory back; nothing is read any more. */
    void release() {
        ByteBuffer buffer = encrypted;
        if (buffer != null) {
            encrypted = null;
            buffers.give(buffer);
        }
    }
}
