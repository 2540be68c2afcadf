package dev.rotor.driver.core.fake;

import dev.rotor.driver.transport.ConnectRequest;
import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.FrameException;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.io.EOFException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One wire in memory. The test sees what was sent and delivers what arrives. Buffers are copied and given back inside
 * {@code send}, unless {@link #holdBuffers} is on.
 */
public final class FakeWire implements Wire {

    /** Answers one message: the frames to deliver, in order. */
    @FunctionalInterface
    public interface Responder {
        /** The frames that answer {@code message}; none for no answer yet. */
        List<byte[]> respond(FakeMessage message);
    }

    private final ManualLoop loop;
    private final ConnectRequest request;
    private final WireListener listener;
    private final List<byte[]> sent = new ArrayList<>();
    private final ArrayDeque<ByteBuffer[]> held = new ArrayDeque<>();
    private @Nullable Responder responder;
    private boolean insideSend;
    private boolean holdBuffers;
    private boolean readInterest = true;
    private boolean closed;
    private boolean askedToClose;
    private boolean aborted;
    private int maxFrameBytes;
    private int buffersOfLastSend;
    private @Nullable Error brokenSend;
    private @Nullable Error brokenEnd;

    FakeWire(ManualLoop loop, ConnectRequest request, WireListener listener) {
        this.loop = loop;
        this.request = request;
        this.listener = listener;
        this.maxFrameBytes = request.maxFrameBytes();
    }

    /** Answers each message by itself, from the loop: the frames are delivered when the loop is run. */
    public FakeWire respond(Responder responder) {
        this.responder = responder;
        this.insideSend = false;
        return this;
    }

    /** Answers each message by itself inside {@code send}, on the caller's thread, before {@code send} returns. */
    public FakeWire respondInsideSend(Responder responder) {
        this.responder = responder;
        this.insideSend = true;
        return this;
    }

    /** Whether buffers are kept until {@link #giveBackBuffers}, as when the socket is full. */
    public FakeWire holdBuffers(boolean hold) {
        this.holdBuffers = hold;
        return this;
    }

    /** Lets {@link #send} throw this, as a transport with a defect does. */
    public FakeWire breakSend(Error thrown) {
        this.brokenSend = thrown;
        return this;
    }

    /** Lets {@link #close} and {@link #abort} throw this. */
    public FakeWire breakEnd(Error thrown) {
        this.brokenEnd = thrown;
        return this;
    }

    /** Gives back everything held, oldest first. */
    public void giveBackBuffers() {
        for (ByteBuffer[] buffers = held.poll(); buffers != null; buffers = held.poll()) {
            ByteBuffer[] back = buffers;
            inLoop(() -> listener.onSent(back));
        }
    }

    /** Delivers bytes as one frame, after the check of the declared length that a transport makes. */
    public void deliver(byte[] bytes) {
        if (closed) {
            return;
        }
        int declared = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        if (declared < 16 || declared > maxFrameBytes) {
            fail(new FrameException(declared, maxFrameBytes));
            return;
        }
        if (declared != bytes.length) {
            throw new IllegalArgumentException("a transport never delivers " + bytes.length + " bytes of " + declared);
        }
        inLoop(() -> deliverNow(bytes));
    }

    /** Breaks the wire. */
    public void fail(Throwable cause) {
        if (!closed) {
            closed = true;
            inLoop(() -> listener.onClosed(cause));
        }
    }

    /** The peer ends the stream. */
    public void endOfStream() {
        fail(new EOFException("end of stream"));
    }

    /** Everything sent so far, one array per message. */
    public List<byte[]> sent() {
        return sent;
    }

    /** The newest message sent, parsed. */
    public FakeMessage lastSent() {
        return FakeMessage.parse(sent.get(sent.size() - 1));
    }

    /** How many buffers the newest message came in. */
    public int buffersOfLastSend() {
        return buffersOfLastSend;
    }

    /** Whether the wire is gone or on its way. */
    public boolean isClosed() {
        return closed || askedToClose;
    }

    /** Whether {@link #abort} was called. */
    public boolean isAborted() {
        return aborted;
    }

    /** What {@link #readInterest(boolean)} was last given. */
    public boolean readInterest() {
        return readInterest;
    }

    /** The current limit. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void send(ByteBuffer... buffers) {
        if (brokenSend != null) {
            throw brokenSend;
        }
        if (isClosed()) {
            return;
        }
        int length = 0;
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
        }
        byte[] bytes = new byte[length];
        ByteBuffer all = ByteBuffer.wrap(bytes);
        for (ByteBuffer buffer : buffers) {
            all.put(buffer);
        }
        sent.add(bytes);
        buffersOfLastSend = buffers.length;
        if (holdBuffers) {
            held.add(buffers);
        } else {
            listener.onSent(buffers);
        }
        Responder now = responder;
        if (now != null) {
            List<byte[]> frames = now.respond(FakeMessage.parse(bytes));
            for (byte[] frame : frames) {
                if (insideSend) {
                    deliverInline(frame);
                } else {
                    loop.execute(() -> deliver(frame));
                }
            }
        }
    }

    @Override
    public void maxFrameBytes(int bytes) {
        this.maxFrameBytes = bytes;
    }

    @Override
    public void readInterest(boolean on) {
        this.readInterest = on;
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return null;
    }

    @Override
    public SocketAddress remoteAddress() {
        return request.addresses().get(0);
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return null;
    }

    @Override
    public void close() {
        if (brokenEnd != null) {
            throw brokenEnd;
        }
        if (!isClosed()) {
            askedToClose = true;
            loop.execute(this::closedByThisSide);
        }
    }

    @Override
    public void abort() {
        aborted = true;
        close();
    }

    private void closedByThisSide() {
        if (!closed) {
            closed = true;
            listener.onClosed(null);
        }
    }

    /** On the caller's thread, which need not be the loop's. */
    private void deliverInline(byte[] frame) {
        if (!closed) {
            deliverNow(frame);
        }
    }

    private void deliverNow(byte[] bytes) {
        byte[] memory = listener.allocate(bytes.length);
        System.arraycopy(bytes, 0, memory, 0, bytes.length);
        try {
            listener.onFrame(memory);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void inLoop(Runnable action) {
        loop.runInLoop(action);
    }
}
