package dev.rotor.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory that every read of a loop goes through. A wire has copied what it was given before the next read begins,
 * so one buffer serves all: for flavours that read when a socket is ready, not for those that read ahead.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    /** One read of this size holds any small reply; larger messages pass through it piece by piece. */
    static final int BYTES = 64 * 1024;

    /** Copying so much costs less than a view of a buffer's memory, which is an object. */
    private static final int SMALL_BYTES = 4 * 1024;

    private final ByteBuffer small = ByteBuffer.allocate(SMALL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuf buffer = Unpooled.directBuffer(BYTES, BYTES);
    private final ByteBuffer view = buffer.nioBuffer(0, BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** The buffer's bytes, cleared; little-endian. */
    ByteBuffer view() {
        return view.clear();
    }

    /** What is readable in a buffer that was read into; little-endian. */
    @SuppressWarnings("ReferenceEquality") // this buffer, not one of the same content
    ByteBuffer readable(ByteBuf read) {
        if (read == buffer) {
            return view.clear().limit(read.writerIndex()).position(read.readerIndex());
        }
        int bytes = read.readableBytes();
        if (bytes <= SMALL_BYTES) {
            read.getBytes(read.readerIndex(), small.array(), 0, bytes);
            return small.clear().limit(bytes);
        }
        return read.nioBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Gives the memory back; there must be no reads after this. */
    void release() {
        buffer.release();
    }

    @Override
    @SuppressWarnings("deprecation") // the type of handle that the interface asks for
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator alloc) {
                return buffer.clear().retain();
            }

            @Override
            public int guess() {
                return BYTES;
            }
        };
    }
}
