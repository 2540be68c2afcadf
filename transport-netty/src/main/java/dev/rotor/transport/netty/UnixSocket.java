package dev.rotor.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The descriptor of a native channel. Heap buffers are gathered in pooled direct memory, so one call writes them all.
 */
public final class UnixSocket implements RawSocket {

    private final FileDescriptor descriptor;
    private final ByteBufAllocator memory;

    /**
     * Reads and writes a channel's descriptor.
     *
     * @param channel a channel whose descriptor does not block
     */
    public UnixSocket(UnixChannel channel) {
        descriptor = channel.fd();
        memory = channel.alloc();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        if (count == 1 && buffers[offset].isDirect()) {
            ByteBuffer only = buffers[offset];
            int written = descriptor.write(only, only.position(), only.limit());
            only.position(only.position() + written);
            return written;
        }
        int bytes = Gathering.remaining(buffers, offset, count);
        ByteBuf gathered = memory.directBuffer(bytes, bytes);
        try {
            Gathering.copy(buffers, offset, count, gathered);
            int written = gathered.hasMemoryAddress()
                    ? descriptor.writeAddress(gathered.memoryAddress(), 0, bytes)
                    : descriptor.write(gathered.internalNioBuffer(0, bytes), 0, bytes);
            Gathering.advance(buffers, offset, count, written);
            return written;
        } finally {
            gathered.release();
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = descriptor.read(into, into.position(), into.limit());
        if (count > 0) {
            into.position(into.position() + count);
        }
        return count;
    }
}
