package dev.rotor.transport.netty;

import dev.rotor.driver.transport.support.ByteLayer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Plain text on a channel. Bytes go straight to the socket, on whichever thread sends; what a full socket does not take
 * is handed to the channel's own queue, and while that holds anything, everything goes through it. What the channel has
 * read is left here for a layer above.
 */
final class ChannelLayer implements ByteLayer {

    private static final int OPEN = 0;
    private static final int WRITING = 1;
    private static final int CLOSED = 2;

    private final NettySocket socket;
    private final NettyLoop loop;
    private final boolean sendersWrite;
    private final ChannelFutureListener handedOver = this::handedOver;

    /** Keeps a descriptor from being closed, and its number given away, under a thread that writes to it. */
    private final AtomicInteger state = new AtomicInteger(OPEN);

    /** Writes that the channel has not finished; changed on the loop, with the right to write. */
    private final AtomicInteger underWay = new AtomicInteger();

    // All below: the loop's.
    private Runnable drained = () -> {};
    private @Nullable Throwable failure;
    private boolean inputEnded;
    /** What a layer above has not taken. */
    private @Nullable ByteBuffer arrived;

    /**
     * Makes the layer of a connected channel.
     *
     * @param socket the channel
     * @param loop its loop
     */
    ChannelLayer(NettySocket socket, NettyLoop loop) {
        this.socket = socket;
        this.loop = loop;
        sendersWrite = switch (socket.writers()) {
            case ANY_THREAD -> true;
            case ANY_THREAD_OF_OWN_LOOPS -> !loop.isForeign();
            case LOOP -> false;
        };
    }

    /** Who is called on the loop when the channel has taken what it was handed, or has failed to. */
    void onDrained(Runnable callback) {
        drained = callback;
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
        if (!loop.inLoop()) {
            return sendersWrite && underWay.get() == 0 ? writeToSocket(buffers, offset, count) : 0;
        }
        if (underWay.get() > 0) {
            return socket.channel().isWritable() ? handOver(buffers, offset, count) : 0;
        }
        if (!socket.channel().isOpen()) {
            // It may have closed by itself, and its descriptor be somebody else's now.
            throw new ClosedChannelException();
        }
        int bytes = Gathering.remaining(buffers, offset, count);
        long written = writeToSocket(buffers, offset, count);
        return written == bytes || mustBeTriedAgain() ? written : written + handOver(buffers, offset, count);
    }

    private long writeToSocket(ByteBuffer[] buffers, int offset, int count) throws IOException {
        if (!state.compareAndSet(OPEN, WRITING)) {
            throw new ClosedChannelException();
        }
        try {
            return socket.raw().write(buffers, offset, count);
        } finally {
            if (!state.compareAndSet(WRITING, OPEN)) {
                loop.executeOrForget(this::closeChannel);
            }
        }
    }

    /** On the loop. */
    private long handOver(ByteBuffer[] buffers, int offset, int count) throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        int bytes = Gathering.remaining(buffers, offset, count);
        ByteBuf copy = socket.channel().alloc().directBuffer(bytes, bytes);
        Gathering.copy(buffers, offset, count, copy);
        Gathering.advance(buffers, offset, count, bytes);
        underWay.incrementAndGet();
        var unused = socket.channel().writeAndFlush(copy).addListener(handedOver);
        return bytes;
    }

    private void handedOver(ChannelFuture done) {
        if (!done.isSuccess()) {
            failure = done.cause();
            gone();
        }
        int left = underWay.decrementAndGet();
        // The channel counts a write's bytes as written only after it has said so.
        if (failure != null || left == 0 || socket.channel().isWritable()) {
            drained.run();
        }
    }

    /**
     * The channel has closed by itself, as it does when it cannot write: no sender may write to the descriptor, whose
     * number may be somebody else's. On the loop.
     */
    void gone() {
        state.set(CLOSED);
    }

    /** Why the channel failed to write what it was handed, or {@code null}. On the loop. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /**
     * The peer's stream has ended. From then on Netty's epoll channel cannot be relied upon to tell when its socket
     * takes more: it has left the event queue, and fails to be put back. On the loop.
     */
    void inputEnded() {
        inputEnded = true;
    }

    /** Whether nobody will tell when the socket takes more. On the loop. */
    boolean mustBeTriedAgain() {
        return inputEnded && !socket.completes();
    }

    /** Whether the channel has written all that it was handed. On the loop. */
    boolean isDrained() {
        return underWay.get() == 0;
    }

    /** What the channel has read is there to be taken by {@link #read}, until {@link #keep} is called. On the loop. */
    void arrive(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            arrived = arrived == null ? bytes : Gathering.joined(arrived, bytes);
        }
    }

    /** What was not taken goes into memory of its own, since that which it came in is everybody's. On the loop. */
    void keep() {
        ByteBuffer rest = arrived;
        if (rest != null) {
            arrived = rest.hasRemaining() ? Gathering.joined(null, rest) : null;
        }
    }

    @Override
    public boolean hasInput() {
        return arrived != null || inputEnded;
    }

    /** Takes of what the channel has read. */
    @Override
    public int read(ByteBuffer into) {
        ByteBuffer from = arrived;
        if (from == null) {
            return inputEnded ? -1 : 0;
        }
        int count = Math.min(from.remaining(), into.remaining());
        into.put(into.position(), from, from.position(), count).position(into.position() + count);
        from.position(from.position() + count);
        if (!from.hasRemaining()) {
            arrived = null;
        }
        return count;
    }

    /** Reads from the socket itself, past the channel; one that has closed by itself has ended. On the loop. */
    int readSocket(ByteBuffer into) throws IOException {
        return socket.channel().isOpen() ? socket.raw().read(into) : -1;
    }

    /** A buffer is its sender's again only when the socket has it: what waits in the channel is lost in a close. */
    @Override
    public boolean flush() {
        return underWay.get() == 0;
    }

    @Override
    public void endOutput() {
        var unused = ((DuplexChannel) socket.channel()).shutdownOutput();
    }

    @Override
    public void close() {
        if (state.getAndSet(CLOSED) != WRITING) {
            closeChannel();
        }
    }

    private void closeChannel() {
        var unused = socket.channel().close();
    }
}
