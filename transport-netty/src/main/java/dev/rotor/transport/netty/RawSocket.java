package dev.rotor.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A channel's socket below its pipeline, for flavours that can write without going through their loop. */
public interface RawSocket {

    /**
     * Writes what can be written without blocking, from any thread, one at a time.
     *
     * @param buffers heap or direct buffers; positions are advanced by what was taken
     * @param offset the first buffer to write
     * @param count how many buffers to write
     * @return the bytes taken; fewer than remain means that the socket is full
     * @throws IOException if the stream is broken
     */
    long write(ByteBuffer[] buffers, int offset, int count) throws IOException;

    /**
     * Reads what is there without blocking. Called on the loop.
     *
     * @param into a direct buffer; its position is advanced
     * @return the bytes read, 0 when there are none now, -1 at the end of the stream
     * @throws IOException if the stream is broken
     */
    int read(ByteBuffer into) throws IOException;
}
