package dev.rotor.examples.recording;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A wire without a server: what is asked is answered from the record. Everything happens on its loop, in order. */
final class ReplayedWire implements Wire {

    private final EventLoop loop;
    private final SocketAddress address;
    private final Tape tape;
    private final WireListener listener;
    private final Set<ReplayedWire> open;

    // All below: the loop's.
    private final Queue<byte[]> unread = new ArrayDeque<>();
    private boolean reading = true;
    private boolean over;

    ReplayedWire(EventLoop loop, SocketAddress address, Tape tape, WireListener listener, Set<ReplayedWire> open) {
        this.loop = loop;
        this.address = address;
        this.tape = tape;
        this.listener = listener;
        this.open = open;
    }

    /** On the loop; heard as closed when the transport has begun to close. */
    void connect(boolean closing) {
        open.add(this);
        if (closing) {
            end(null);
        }
        guarded(() -> listener.onConnected(this));
    }

    // snippet: guarded
    /** What a listener throws ends the wire, and never the loop. */
    private void guarded(Step step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (Throwable cause) {
            end(cause);
        }
    }
    // end

    private interface Step {
        void run() throws IOException;
    }

    private void onLoop(Step step) {
        try {
            loop.execute(() -> guarded(step));
        } catch (RejectedExecutionException e) {
            // The transport has closed, and the wire before it.
            return;
        }
    }

    private void end(@Nullable Throwable cause) {
        if (!over) {
            over = true;
            open.remove(this);
            try {
                listener.onClosed(cause);
            } catch (RuntimeException e) {
                System.getLogger("recording").log(System.Logger.Level.WARNING, "a listener failed at the end", e);
            }
        }
    }

    // snippet: answer
    @Override
    public void send(ByteBuffer... buffers) {
        byte[] question = Tape.start(buffers);
        for (ByteBuffer buffer : buffers) {
            buffer.position(buffer.limit());
        }
        onLoop(() -> {
            listener.onSent(buffers);
            String command = Tape.command(question);
            if (command != null) {
                unread.add(Tape.answering(question, tape.next(command)));
                deliver();
            }
        });
    }

    private void deliver() {
        for (byte[] answer = unread.peek(); answer != null && reading && !over; answer = unread.peek()) {
            unread.remove();
            byte[] frame = listener.allocate(answer.length);
            System.arraycopy(answer, 0, frame, 0, answer.length);
            listener.onFrame(frame);
        }
    }
    // end

    @Override
    public void readInterest(boolean on) {
        onLoop(() -> {
            reading = on;
            deliver();
        });
    }

    @Override
    public void close() {
        onLoop(() -> end(null));
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    /** Recorded messages were small enough once. */
    @Override
    public void maxFrameBytes(int bytes) {}

    @Override
    public @Nullable SocketAddress localAddress() {
        return null;
    }

    @Override
    public SocketAddress remoteAddress() {
        return address;
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return null;
    }
}
