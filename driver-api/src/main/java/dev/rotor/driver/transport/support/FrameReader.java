package dev.rotor.driver.transport.support;

import dev.rotor.driver.transport.FrameException;
import dev.rotor.driver.transport.WireListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into messages, wherever the bytes were split. Holds at most one message under way, in the
 * memory that the listener gave for it.
 */
public final class FrameReader {

    /** The header of a wire protocol message: the smallest length that can be right. */
    public static final int MIN_FRAME_BYTES = 16;

    private static final int LENGTH_BYTES = 4;

    /** The message under way, or {@code null} before its length is known. */
    private byte @Nullable [] frame;

    /** How much of {@link #frame} is there. */
    private int filled;

    /** How many bytes of a split length are there, 0 to 3, and what they say. */
    private int lengthBytes;

    private int length;

    /** Makes a reader at the start of a message. */
    public FrameReader() {}

    /**
     * Takes bytes up to the end of the message under way.
     *
     * @param in little-endian; its position is advanced
     * @param listener gives the memory
     * @param max the largest length allowed
     * @return the message when it is complete, else {@code null} and {@code in} is empty
     * @throws FrameException if the length is out of range; nothing was allocated
     */
    public byte @Nullable [] next(ByteBuffer in, WireListener listener, int max) throws FrameException {
        byte[] current = frame;
        if (current == null) {
            if (!readLength(in)) {
                return null;
            }
            current = begin(listener, max);
        }
        int count = Math.min(in.remaining(), current.length - filled);
        in.get(current, filled, count);
        filled += count;
        if (filled < current.length) {
            return null;
        }
        frame = null;
        return current;
    }

    private boolean readLength(ByteBuffer in) {
        if (lengthBytes == 0 && in.remaining() >= LENGTH_BYTES) {
            length = in.getInt();
            return true;
        }
        while (lengthBytes < LENGTH_BYTES) {
            if (!in.hasRemaining()) {
                return false;
            }
            int shift = Byte.SIZE * lengthBytes;
            int earlier = lengthBytes == 0 ? 0 : length;
            length = earlier | (in.get() & 0xff) << shift;
            lengthBytes++;
        }
        lengthBytes = 0;
        return true;
    }

    private byte[] begin(WireListener listener, int max) throws FrameException {
        if (length < MIN_FRAME_BYTES || length > max) {
            throw new FrameException(length, max);
        }
        byte[] memory = listener.allocate(length);
        if (memory.length != length) {
            throw new IllegalStateException(
                    "the listener gave " + memory.length + " bytes of memory for a message of " + length);
        }
        memory[0] = (byte) length;
        memory[1] = (byte) (length >> 8);
        memory[2] = (byte) (length >> 16);
        memory[3] = (byte) (length >> 24);
        filled = LENGTH_BYTES;
        frame = memory;
        return memory;
    }

    /**
     * What the message under way still lacks, as far as known.
     *
     * @return bytes to read before anything can be said or given; 0 between messages
     */
    public int needed() {
        byte[] current = frame;
        if (current != null) {
            return current.length - filled;
        }
        return lengthBytes == 0 ? 0 : LENGTH_BYTES - lengthBytes;
    }

    /**
     * How far the message under way has come, to end a sentence about a stream that stopped.
     *
     * @return empty between messages
     */
    public String progress() {
        byte[] current = frame;
        if (current != null) {
            return " in the middle of a message, after " + filled + " of its " + current.length + " bytes";
        }
        return lengthBytes == 0
                ? ""
                : " in the middle of a message, after " + lengthBytes + " of the 4 bytes of its length";
    }
}
