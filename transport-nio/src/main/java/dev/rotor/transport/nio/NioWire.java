package dev.rotor.transport.nio;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import dev.rotor.driver.transport.support.ByteLayer;
import dev.rotor.driver.transport.support.FrameReader;
import dev.rotor.driver.transport.support.ListenerGate;
import dev.rotor.driver.transport.support.Outbox;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A wire on a selector. Reading, the selection key and the end belong to the loop; writing is shared with senders
 * through {@link Outbox}, the listener through {@link ListenerGate}.
 */
final class NioWire implements Wire, Endpoint {

    /** How long an orderly close waits for the peer to take what was sent. */
    static final long WRITE_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Reads in a row, each of which filled the buffer, before other wires get their turn. */
    private static final int READS_PER_TURN = 16;

    private static final Logger LOG = System.getLogger(NioWire.class.getName());

    private final NioLoop loop;
    private final SelectionKey key;
    private final ByteLayer layer;
    private final WireListener listener;
    private final String peer;
    private final @Nullable SocketAddress localAddress;
    private final SocketAddress remoteAddress;
    private final ListenerGate gate;
    private final Outbox outbox;

    private final Runnable closeTask = this::shutDown;
    private final Runnable readTask = this::resumeReading;
    private final Runnable readAgainTask = this::readAgain;

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
    /** Bytes that were read, but not delivered because the listener turned reading off. */
    private @Nullable ByteBuffer unread;
    /** Whether a sender was inside the gate when there was something to read. */
    private boolean readBlocked;

    /** Whether {@link #readAgainTask} is on its way. */
    private boolean readingAgain;

    private boolean writeBlocked;
    /** While closing: whether the peer sent something, its stream ended, this side's has been ended. */
    private boolean peerTalks;

    private boolean inputEnded;
    private boolean outputEnded;

    private boolean terminated;
    private boolean closedHeard;
    private @Nullable Throwable closeCause;
    private @Nullable Cancellable closeTimer;

    /**
     * Makes a wire of a connected socket. On the loop.
     *
     * @param loop the loop
     * @param key the socket's key, with no interest
     * @param layer the bytes
     * @param listener hears of everything
     * @param peer the server as the user wrote it, for messages
     * @param localAddress the local address, or {@code null} if it has none
     * @param remoteAddress the address that answered
     * @param maxFrameBytes the largest message at first
     */
    NioWire(
            NioLoop loop,
            SelectionKey key,
            ByteLayer layer,
            WireListener listener,
            String peer,
            @Nullable SocketAddress localAddress,
            SocketAddress remoteAddress,
            int maxFrameBytes) {
        this.loop = loop;
        this.key = key;
        this.layer = layer;
        this.listener = listener;
        this.peer = peer;
        this.localAddress = localAddress;
        this.remoteAddress = remoteAddress;
        this.maxFrameBytes = maxFrameBytes;
        gate = new ListenerGate(this::giveBack, this::senderHasLeft);
        Runnable flushTask = this::flush;
        outbox = new Outbox(layer, gate, () -> loop.executeOrForget(flushTask));
    }

    /** The first thing that the listener hears. On the loop. */
    void established() {
        key.attach(this);
        loop.add(this);
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
            applyInterest();
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

    // ---- on the loop

    @Override
    public void ready(SelectionKey selected) {
        if (terminated) {
            return;
        }
        int ops = selected.readyOps();
        if ((ops & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        if ((ops & SelectionKey.OP_READ) != 0 && !terminated) {
            read();
        }
    }

    private void flush() {
        if (terminated) {
            return;
        }
        try {
            writeBlocked = outbox.flush();
        } catch (Throwable t) {
            terminate(t);
            return;
        }
        if (closeTimer != null) {
            endOnceSent();
        }
        applyInterest();
    }

    private void read() {
        if (closing) {
            discard();
            return;
        }
        if (!gate.enter()) {
            readBlocked = true;
            applyInterest();
            return;
        }
        Throwable failure = null;
        try {
            readFrames();
        } catch (Throwable t) {
            failure = t;
        }
        gate.leave();
        if (failure != null) {
            terminate(failure);
        } else if (layer.hasOutput()) {
            flush();
        } else {
            applyInterest();
        }
    }

    /** What the layer has read ahead makes no socket ready. */
    private void readAgain() {
        readingAgain = false;
        if (!terminated && layer.hasInput() && wantsInput()) {
            read();
        }
    }

    private void readFrames() throws IOException {
        ByteBuffer in = loop.receiveBuffer();
        for (int i = 0; i < READS_PER_TURN; i++) {
            in.clear();
            if (!readWanted) {
                int needed = reader.needed();
                if (needed == 0) {
                    return;
                }
                in.limit(Math.min(in.capacity(), needed));
            }
            int asked = in.remaining();
            int count = layer.read(in);
            if (count < 0) {
                throw new EOFException(peer + " closed the connection" + reader.progress() + layer.howEnded());
            }
            in.flip();
            deliver(in);
            if (in.hasRemaining()) {
                unread = ByteBuffer.allocate(in.remaining())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(in)
                        .flip();
                return;
            }
            // A read that did not fill the buffer has emptied the socket: asking again would be a wasted system call.
            if (count < asked || closing) {
                return;
            }
        }
    }

    /** Delivers messages until there are no more bytes, or the listener wants no more. */
    private void deliver(ByteBuffer in) throws IOException {
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

    /** Reading was turned on or off. */
    private void resumeReading() {
        if (terminated) {
            return;
        }
        ByteBuffer rest = unread;
        if (rest == null || !readWanted || closing) {
            applyInterest();
            return;
        }
        if (!gate.enter()) {
            readBlocked = true;
            return;
        }
        Throwable failure = null;
        try {
            deliver(rest);
            if (!rest.hasRemaining()) {
                unread = null;
            }
        } catch (Throwable t) {
            failure = t;
        }
        gate.leave();
        if (failure != null) {
            terminate(failure);
        } else {
            applyInterest();
        }
    }

    /** A sender that was inside the gate has left. */
    /** On a sender's thread, which was inside the gate. A loop that has ended meanwhile leaves the last news to it. */
    private void senderHasLeft() {
        if (!loop.tryToExecute(this::gateIsFree)) {
            gateIsFree();
        }
    }

    private void gateIsFree() {
        if (terminated) {
            tellClosed();
        } else if (readBlocked) {
            readBlocked = false;
            resumeReading();
        }
    }

    /** While what was sent goes out, a peer that is itself stuck sending must get rid of it. */
    private void discard() {
        try {
            for (int i = 0; i < READS_PER_TURN; i++) {
                ByteBuffer in = loop.receiveBuffer().clear();
                int count = layer.read(in);
                // A peer that has nothing more to say may still be listening.
                inputEnded = count < 0;
                peerTalks |= count > 0;
                if (in.hasRemaining()) {
                    break;
                }
            }
        } catch (IOException e) {
            terminate(e);
            return;
        }
        if (inputEnded) {
            if (outputEnded) {
                terminate(null);
            }
        }
        applyInterest();
    }

    /**
     * Closing: once all is sent, ends. A socket that is closed while its peer still sends resets the connection, and
     * takes with it what the peer has not read yet; then only the stream of this side ends at first.
     */
    private void endOnceSent() {
        if (terminated || outputEnded || !outbox.isIdle()) {
            return;
        }
        discard();
        if (terminated) {
            return;
        }
        layer.sayGoodbye();
        if (!peerTalks || inputEnded) {
            terminate(null);
            return;
        }
        outputEnded = true;
        try {
            layer.endOutput();
        } catch (IOException e) {
            terminate(e);
        }
    }

    private void applyInterest() {
        if (terminated) {
            return;
        }
        int ops = 0;
        if (wantsInput()) {
            ops |= SelectionKey.OP_READ;
            if (layer.hasInput() && !readingAgain) {
                readingAgain = true;
                loop.executeOrForget(readAgainTask);
            }
        }
        if (writeBlocked) {
            ops |= SelectionKey.OP_WRITE;
        }
        if (key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }

    private boolean wantsInput() {
        if (closing) {
            return !inputEnded;
        }
        return !readBlocked && unread == null && (readWanted || reader.needed() > 0);
    }

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
        applyInterest();
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
        if (closedHeard || !gate.enter()) {
            return;
        }
        closedHeard = true;
        try {
            listener.onClosed(closeCause);
        } catch (Throwable t) {
            LOG.log(Level.WARNING, "a listener failed when it was told that the wire to " + peer + " had closed", t);
        }
        gate.seal();
        loop.remove(this);
    }
}
