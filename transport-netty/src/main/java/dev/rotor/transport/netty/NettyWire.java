package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.ByteLayer;
import dev.rotor.driver.transport.support.FrameReader;
import dev.rotor.driver.transport.support.ListenerGate;
import dev.rotor.driver.transport.support.Outbox;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A wire on a channel, and the only handler of its pipeline. Reading and the end belong to the loop; writing is shared
 * with senders through {@link Outbox}, the listener through {@link ListenerGate}.
 */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire, Endpoint {

    /** How long an orderly close waits for the peer to take what was sent. */
    static final long WRITE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** While closing to a peer that has half-closed, and takes its time: between attempts to write. */
    private static final long RETRY_MILLIS = 2;

    private static final Logger LOG = System.getLogger(NettyWire.class.getName());

    private final NettyLoop loop;
    private final Channel channel;
    private final ChannelLayer below;
    /** What messages go through: encryption, or in plain text the channel's layer itself. */
    private final ByteLayer layer;

    private final boolean encrypted;
    private final WireListener listener;
    private final String peer;
    private final @Nullable SocketAddress localAddress;
    private final SocketAddress remoteAddress;
    private final ListenerGate gate;
    private final Outbox outbox;

    private final Runnable closeTask = this::shutDown;
    private final Runnable readTask = this::resumeReading;

    private volatile int maxFrameBytes;
    private volatile boolean readWanted = true;
    /** Set once no message is to be delivered any more, by whichever thread closes. */
    private volatile boolean closing;
    /** Set when {@link #close} or {@link #abort} was called: whatever goes wrong afterwards is no news. */
    private volatile boolean closeAsked;
    /** What a listener threw on a sender's thread. */
    private volatile @Nullable Throwable thrown;

    // All below: the loop's.
    private final FrameReader reader = new FrameReader();
    /** Bytes that were read, but not delivered: the listener turned reading off, or a sender was inside the gate. */
    private @Nullable ByteBuffer unread;
    /** Whether a sender was inside the gate when there was something to deliver. */
    private boolean readBlocked;
    /** Whether the peer's stream has ended, and, while closing, whether it sent something before. */
    private boolean inputEnded;

    private boolean peerTalks;
    private boolean goodbyeSaid;
    private boolean outputEnded;

    private boolean terminated;
    private @Nullable Throwable closeCause;
    private @Nullable Cancellable closeTimer;

    /**
     * Makes a wire of a connected channel. On the loop.
     *
     * @param loop the loop
     * @param channel the channel, which does not read by itself yet
     * @param below its layer
     * @param layer what messages go through, the former in plain text
     * @param listener hears of everything
     * @param peer the server as the user wrote it, for messages
     * @param localAddress the local address, or {@code null} if it has none
     * @param remoteAddress the address that answered
     * @param maxFrameBytes the largest message at first
     */
    NettyWire(
            NettyLoop loop,
            Channel channel,
            ChannelLayer below,
            ByteLayer layer,
            WireListener listener,
            String peer,
            @Nullable SocketAddress localAddress,
            SocketAddress remoteAddress,
            int maxFrameBytes) {
        this.loop = loop;
        this.channel = channel;
        this.below = below;
        this.layer = layer;
        encrypted = !layer.equals(below);
        this.listener = listener;
        this.peer = peer;
        this.localAddress = localAddress;
        this.remoteAddress = remoteAddress;
        this.maxFrameBytes = maxFrameBytes;
        Runnable flushTask = this::flush;
        below.onDrained(flushTask);
        gate = new ListenerGate(this::giveBack, this::callLoopBack);
        outbox = new Outbox(layer, gate, () -> loop.executeOrForget(flushTask));
    }

    /** The first thing that the listener hears. On the loop. */
    void established() {
        loop.add(this);
        channel.pipeline().addLast(this);
        if (!gate.enter()) {
            throw new IllegalStateException("nobody can be inside the gate of a new wire");
        }
        Throwable failure = null;
        try {
            listener.onConnected(this);
        } catch (Throwable t) {
            failure = t;
        }
        gate.leave();
        if (failure != null) {
            terminate(failure);
        } else {
            resumeReading();
        }
    }

    // ---- any thread

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void send(ByteBuffer... buffers) {
        for (ByteBuffer buffer : buffers) {
            Objects.requireNonNull(buffer, "buffers");
        }
        try {
            outbox.send(buffers);
        } catch (Throwable t) {
            fail(t);
        }
    }

    @Override
    public void maxFrameBytes(int bytes) {
        if (bytes < FrameReader.MIN_FRAME_BYTES) {
            throw new IllegalArgumentException(
                    "maxFrameBytes must be at least " + FrameReader.MIN_FRAME_BYTES + ": " + bytes);
        }
        maxFrameBytes = bytes;
    }

    @Override
    public void readInterest(boolean on) {
        if (readWanted == on) {
            return;
        }
        readWanted = on;
        // On the loop as well: it may be the listener that calls, from inside a message.
        loop.executeOrForget(readTask);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public SocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return layer.session();
    }

    @Override
    public void close() {
        closeAsked = true;
        closing = true;
        outbox.refuse();
        loop.executeOrForget(closeTask);
    }

    @Override
    public void abort() {
        closeAsked = true;
        closing = true;
        outbox.drop();
        loop.executeOrForget(() -> terminate(null));
    }

    /** Ends the wire because of a failure, from any thread, without calling the listener on this one. */
    private void fail(Throwable cause) {
        loop.executeOrForget(() -> terminate(cause));
    }

    /** Called by the gate, on whichever thread is inside. */
    private void giveBack(ByteBuffer[] sent) {
        try {
            listener.onSent(sent);
        } catch (Throwable t) {
            thrown = t;
            closing = true;
            outbox.drop();
            fail(t);
        }
    }

    /** Called by the gate, on the thread that has left it. */
    private void callLoopBack() {
        try {
            loop.execute(this::gateIsFree);
        } catch (RejectedExecutionException e) {
            // The loop did not wait for this sender, and is over: nobody but the sender is left to tell. It sees what
            // the loop did before it found the gate taken.
            if (terminated) {
                tellListener();
            }
        }
    }

    // ---- on the loop: sending

    /** Also what the channel calls when it has taken what it was handed. */
    private void flush() {
        if (terminated) {
            return;
        }
        Throwable failure = below.failure();
        boolean full = false;
        if (failure == null) {
            try {
                full = outbox.flush();
            } catch (Throwable t) {
                failure = t;
            }
        }
        if (failure != null) {
            terminate(failure);
            return;
        }
        if (full && below.isDrained()) {
            if (below.mustBeTriedAgain()) {
                var unused = loop.schedule(this::flush, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                // Nothing but its turn was over: others first.
                loop.executeOrForget(this::flush);
            }
        }
        if (closeTimer != null) {
            endOnceSent();
        }
    }

    // ---- on the loop: receiving

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            if (terminated) {
                return;
            }
            if (closing) {
                peerTalks = true;
                return;
            }
            ByteBuffer in = loop.receiveBuffer().readable(read);
            if (encrypted) {
                below.arrive(in);
                decrypt();
                below.keep();
            } else {
                take(in);
            }
        } finally {
            read.release();
        }
        if (!terminated) {
            applyInterest();
        }
    }

    /** Passes on what has come, in memory that is not this wire's. */
    private void take(ByteBuffer in) {
        if (unread != null) {
            unread = Gathering.joined(unread, in);
        } else if (gate.enter()) {
            deliver(in, false);
        } else {
            readBlocked = true;
            unread = Gathering.joined(null, in);
        }
    }

    /** Decrypts what has come, as far as it is wanted, and passes it on. */
    private void decrypt() {
        try {
            while (wantsInput() && layer.hasInput()) {
                ByteBuffer plain = loop.plainBuffer();
                if (!readWanted) {
                    plain.limit(Math.min(plain.capacity(), reader.needed()));
                }
                int count = layer.read(plain);
                if (count < 0) {
                    inputEnds();
                    break;
                }
                if (count > 0) {
                    take(plain.flip());
                }
            }
        } catch (IOException e) {
            terminate(e);
        }
        if (!terminated && layer.hasOutput()) {
            flush();
        }
    }

    /** Whether the listener would be given more than it has been. */
    private boolean wantsInput() {
        return !terminated && !closing && unread == null && (readWanted || reader.needed() > 0);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            channelEnds();
        }
    }

    /** The channel reads nothing any more; there may be something that it has read. */
    private void channelEnds() {
        below.inputEnded();
        if (encrypted && !closing) {
            decrypt();
        } else {
            inputEnds();
        }
    }

    private void inputEnds() {
        if (terminated || inputEnded) {
            return;
        }
        inputEnded = true;
        if (!closing) {
            endWithInput();
        } else if (outputEnded) {
            terminate(null);
        }
    }

    /** The stream's end is heard behind what came before it, and only while the listener listens. */
    private void endWithInput() {
        if (inputEnded && unread == null && readWanted && !closing) {
            terminate(new EOFException(peer + " closed the connection" + reader.progress() + layer.howEnded()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        terminate(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        below.gone();
        if (below.failure() != null) {
            terminate(below.failure());
        } else if (loop.netty().isShuttingDown()) {
            terminate(new IOException("the event loop was shut down while the wire to " + peer + " was open"));
        } else {
            // A channel that has no half-closed state closes by itself when its peer does.
            channelEnds();
        }
    }

    /** Inside the gate: delivers what is wanted, keeps the rest, in memory of its own, and leaves. */
    private void deliver(ByteBuffer in, boolean isKept) {
        Throwable failure = null;
        try {
            deliverFrames(in);
            if (!in.hasRemaining() || closing) {
                unread = null;
            } else if (!isKept) {
                unread = Gathering.joined(null, in);
            }
        } catch (Throwable t) {
            failure = t;
        }
        gate.leave();
        if (failure != null) {
            terminate(failure);
        }
    }

    /** Delivers messages until there are no more bytes, or the listener wants no more. */
    private void deliverFrames(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && !closing) {
            if (!readWanted && reader.needed() == 0) {
                return;
            }
            byte[] frame = reader.next(in, listener, maxFrameBytes);
            if (frame != null) {
                listener.onFrame(frame);
            }
        }
    }

    /** Reading was turned on or off, or the gate is free again. */
    private void resumeReading() {
        if (terminated) {
            return;
        }
        ByteBuffer rest = unread;
        if (rest != null && (readWanted || reader.needed() > 0) && !closing) {
            if (!gate.enter()) {
                readBlocked = true;
                return;
            }
            deliver(rest, true);
        }
        if (encrypted) {
            decrypt();
        }
        if (!terminated) {
            applyInterest();
            endWithInput();
        }
    }

    /** A sender that was inside the gate has left. */
    private void gateIsFree() {
        if (terminated) {
            tellClosed();
        } else if (readBlocked) {
            readBlocked = false;
            resumeReading();
        }
    }

    private void applyInterest() {
        boolean reads = closing ? !inputEnded : wantsInput();
        if (channel.config().isAutoRead() != reads) {
            channel.config().setAutoRead(reads);
        }
    }

    // ---- on the loop: the end

    @Override
    public void shutDown() {
        if (terminated || closeTimer != null) {
            return;
        }
        closeAsked = true;
        closing = true;
        outbox.refuse();
        closeTimer = loop.schedule(() -> terminate(null), WRITE_TIMEOUT_NANOS, TimeUnit.NANOSECONDS);
        endOnceSent();
        if (!terminated) {
            applyInterest();
        }
    }

    /**
     * Closing: once all is sent, ends. A socket that is closed while its peer still sends resets the connection, and
     * takes with it what the peer has not read yet; then only the stream of this side ends at first.
     */
    private void endOnceSent() {
        if (terminated || outputEnded || !outbox.isIdle() || !below.isDrained()) {
            return;
        }
        if (!goodbyeSaid) {
            goodbyeSaid = true;
            layer.sayGoodbye();
            if (!below.isDrained()) {
                return;
            }
        }
        boolean ended = inputEnded;
        try {
            ByteBuffer in = loop.receiveBuffer().view();
            int count = ended ? -1 : below.readSocket(in);
            // A peer that has nothing more to say may still be listening.
            ended |= count < 0;
            peerTalks |= count > 0;
        } catch (IOException e) {
            terminate(e);
            return;
        }
        if (!peerTalks || ended) {
            terminate(null);
            return;
        }
        outputEnded = true;
        below.endOutput();
    }

    @Override
    public void terminate(@Nullable Throwable cause) {
        if (terminated) {
            return;
        }
        terminated = true;
        closeCause = closeAsked ? null : thrown != null ? thrown : cause;
        closing = true;
        outbox.drop();
        unread = null;
        if (closeTimer != null) {
            closeTimer.cancel();
        }
        layer.close();
        tellClosed();
    }

    private void tellClosed() {
        if (tellListener()) {
            loop.remove(this);
        }
    }

    /** Says the last word, unless somebody is inside the gate or has said it: it is sealed then. */
    private boolean tellListener() {
        if (!gate.enter()) {
            return false;
        }
        try {
            listener.onClosed(closeCause);
        } catch (Throwable t) {
            LOG.log(Level.WARNING, "a listener failed when it was told that the wire to " + peer + " had closed", t);
        }
        gate.seal();
        return true;
    }
}
