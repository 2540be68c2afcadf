package dev.rotor.transport.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Several buffers as one. */
final class Gathering {

    private Gathering() {}

    static int remaining(ByteBuffer[] buffers, int offset, int count) {
        int bytes = 0;
        for (int i = offset; i < offset + count; i++) {
            bytes += buffers[i].remaining();
        }
        return bytes;
    }

    /** Appends the buffers' remaining bytes; their positions stay. */
    static void copy(ByteBuffer[] buffers, int offset, int count, ByteBuf into) {
        for (int i = offset; i < offset + count; i++) {
            ByteBuffer buffer = buffers[i];
            if (buffer.hasArray()) {
                // Not as a buffer: Netty would make a view of its memory for each.
                into.writeBytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
            } else {
                int position = buffer.position();
                into.writeBytes(buffer);
                buffer.position(position);
            }
        }
    }

    /** Moves the buffers' positions, first to last, by so many bytes in all. */
    static void advance(ByteBuffer[] buffers, int offset, int count, long bytes) {
        long left = bytes;
        for (int i = offset; i < offset + count && left > 0; i++) {
            ByteBuffer buffer = buffers[i];
            int taken = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + taken);
            left -= taken;
        }
    }

    /** The remaining bytes of both in memory of their own, little-endian. */
    static ByteBuffer joined(@Nullable ByteBuffer first, ByteBuffer second) {
        int bytes = (first == null ? 0 : first.remaining()) + second.remaining();
        ByteBuffer all = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (first != null) {
            all.put(first);
        }
        return all.put(second).flip();
    }
}
