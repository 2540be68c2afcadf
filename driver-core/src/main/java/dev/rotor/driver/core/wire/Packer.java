package dev.rotor.driver.core.wire;

import dev.rotor.driver.spi.Compressor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an OP_COMPRESSED of a message, for one writer after the other of its commands. Small messages need no memory
 * but its own.
 *
 * @see <a href="https://github.com/mongodb/specifications/blob/master/source/compression/OP_COMPRESSED.md">Wire
 *     Compression in Drivers</a>
 */
final class Packer {

    /** More than any of the known compressors makes of a writer's own chunk. */
    private static final int SMALL = CommandBuffers.FIRST_CHUNK + 2048;

    private final Blocks blocks;
    private final byte[] small = new byte[SMALL];
    private final ByteBuffer[] single = {ByteBuffer.wrap(small)};
    private byte @Nullable [] block;

    Packer(Blocks blocks) {
        this.blocks = blocks;
    }

    /**
     * Compresses a finished message.
     *
     * @param message header included
     * @param compressor how
     * @param limit how long the outcome may be
     * @return what to send instead, valid until {@link #release}; {@code null} where it is longer than that
     * @throws IllegalStateException if the compressor does not keep its word, or whatever it throws
     */
    ByteBuffer @Nullable [] pack(ChunkedOutput message, Compressor compressor, int limit) {
        int length = message.getPosition() - CompressedFrame.HEADER;
        int room = compressor.maxCompressedLength(length);
        byte[] target = target(Math.addExact(room, CompressedFrame.CONTENT));
        byte @Nullable [] first = message.inOneChunk();
        int written;
        if (first != null) {
            written = compressor.compress(first, CompressedFrame.HEADER, length, target, CompressedFrame.CONTENT);
        } else {
            byte[] whole = blocks.take(length);
            try {
                message.copy(CompressedFrame.HEADER, length, whole, 0);
                written = compressor.compress(whole, 0, length, target, CompressedFrame.CONTENT);
            } finally {
                blocks.give(whole);
            }
        }
        if (written < 1 || written > room) {
            throw new IllegalStateException(compressor.name() + " says to have made " + written + " bytes of " + length
                    + ", where " + room + " was the most");
        }
        int total = CompressedFrame.CONTENT + written;
        if (total > limit) {
            return null;
        }
        CompressedFrame.writeHeader(target, total, message, length, compressor.id());
        if (target == small) {
            single[0].clear().limit(total);
            return single;
        }
        return new ByteBuffer[] {ByteBuffer.wrap(target, 0, total)};
    }

    /** Takes the memory of the outcome back. */
    void release() {
        byte[] used = block;
        if (used != null) {
            block = null;
            blocks.give(used);
        }
    }

    private byte[] target(int length) {
        if (length <= SMALL) {
            return small;
        }
        byte[] taken = blocks.take(length);
        block = taken;
        return taken;
    }
}
