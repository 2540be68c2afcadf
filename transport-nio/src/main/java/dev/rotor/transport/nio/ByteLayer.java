package dev.rotor.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes between framing and the socket. In plain text this is the socket itself; encryption will be a second
 * implementation around an {@code SSLEngine}, and neither {@link FrameReader} nor {@link Outbox} will notice.
 */
interface ByteLayer {

    /**
     * Writes what can be written without blocking. Called by one thread at a time, not always the loop.
     *
     * @param buffers the buffers; positions are advanced by what was taken
     * @param offset the first buffer to write
     * @param count how many buffers to write
     * @return the bytes taken; fewer than remain means that the socket is full
     * @throws IOException if the stream is broken
     */
    long write(ByteBuffer[] buffers, int offset, int count) throws IOException;

    /**
     * Reads what is there without blocking. Called on the loop.
     *
     * @param into where to; its position is advanced
     * @return the bytes read, 0 when there are none now, -1 at the end of the stream
     * @throws IOException if the stream is broken
     */
    int read(ByteBuffer into) throws IOException;

    /**
     * Ends this side's stream behind what was written; the other side's goes on. Called on the loop.
     *
     * @throws IOException if the stream is broken
     */
    void endOutput() throws IOException;

    /** Closes the socket. Called on the loop; harmless when closed already. */
    void close();
}
