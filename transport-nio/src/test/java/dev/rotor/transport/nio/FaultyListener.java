package dev.rotor.transport.nio;

import dev.rotor.driver.transport.EventLoop;
import dev.rotor.driver.transport.ForwardingWire;
import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Between a wire and its listener, both ways, with one fault. */
final class FaultyListener implements WireListener {

    private final @Nullable Fault fault;
    private final WireListener target;
    private final UnaryOperator<EventLoop> loops;
    private final Queue<AutoCloseable> leftBehind;
    private final Queue<ByteBuffer[]> sentApart = new ConcurrentLinkedQueue<>();
    private byte @Nullable [] heldBack;
    private @Nullable Wire early;
    private volatile @Nullable Wire wire;
    private volatile boolean goodbyeForgotten;

    FaultyListener(
            @Nullable Fault fault,
            WireListener target,
            UnaryOperator<EventLoop> loops,
            Queue<AutoCloseable> leftBehind) {
        this.fault = fault;
        this.target = target;
        this.loops = loops;
        this.leftBehind = leftBehind;
    }

    @Override
    public void onConnected(Wire wire) {
        this.wire = wire;
        if (early == null) {
            target.onConnected(new FaultyWire(wire));
        }
    }

    /** On the loop. */
    void connectedTooEarly(EventLoop loop) {
        early = new TooEarlyWire(loop);
        target.onConnected(early);
    }

    @Override
    public byte[] allocate(int length) {
        return target.allocate(length);
    }

    @Override
    public void onFrame(byte[] frame) {
        if (fault == null) {
            target.onFrame(frame);
            return;
        }
        switch (fault) {
            case FRAMES_ON_ANOTHER_THREAD, DECRYPTED_ON_ANOTHER_THREAD ->
                new Thread(() -> target.onFrame(frame)).start();
            case FRAMES_COPIED -> target.onFrame(frame.clone());
            case ERRORS_SWALLOWED -> {
                try {
                    target.onFrame(frame);
                } catch (RuntimeException e) {
                    heldBack = null;
                }
            }
            case FRAMES_SWAPPED -> {
                byte[] earlier = heldBack;
                heldBack = earlier == null ? frame : null;
                if (earlier != null) {
                    target.onFrame(frame);
                    target.onFrame(earlier);
                }
            }
            default -> target.onFrame(frame);
        }
    }

    @Override
    public void onSent(ByteBuffer[] buffers) {
        if (fault == Fault.BUFFERS_BACK_EARLY) {
            return;
        }
        if (fault == Fault.BUFFERS_SENT_APART) {
            // The empty array behind the parts says that all of them are out.
            if (buffers.length == 0) {
                target.onSent(sentApart.remove());
            }
            return;
        }
        Wire last = wire;
        if (goodbyeForgotten && buffers.length == 0 && last != null) {
            last.abort();
            return;
        }
        target.onSent(buffers);
        if (fault == Fault.BUFFERS_BACK_TWICE) {
            target.onSent(buffers);
        }
    }

    @Override
    public void onClosed(@Nullable Throwable why) {
        Throwable cause = why == null || fault == null ? why : told(fault, why);
        if (fault == Fault.END_NEVER_HEARD) {
            return;
        }
        if (fault == Fault.ENDS_ON_ANOTHER_THREAD) {
            new Thread(() -> target.onClosed(cause)).start();
            return;
        }
        if (cause != null && fault != null) {
            leaveBehind(fault, cause);
        }
        target.onClosed(cause);
        if (fault == Fault.END_HEARD_TWICE) {
            target.onClosed(cause);
        }
    }

    private static Throwable told(Fault fault, Throwable why) {
        return switch (fault) {
            case HANDSHAKE_FAILS_WITHOUT_A_REASON -> why instanceof SSLException ? new IOException("closed") : why;
            case CUT_OFF_TAKEN_FOR_THE_END -> why instanceof EOFException ? new EOFException("the peer closed") : why;
            default -> why;
        };
    }

    private void leaveBehind(Fault fault, Throwable why) {
        switch (fault) {
            case SOCKETS_LEFT_BY_FAILURES, SOCKETS_LEFT_BY_HANDSHAKES -> leaveSocket();
            case SOCKETS_LEFT_BY_FAILED_ENCRYPTION -> {
                if (why instanceof SSLException) {
                    leaveSocket();
                }
            }
            case THREADS_LEFT_BY_FAILURES -> {
                CountDownLatch end = new CountDownLatch(1);
                Thread left = new Thread(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                left.start();
                leftBehind.add(end::countDown);
            }
            case MEMORY_LEFT_BY_FAILURES -> {
                ByteBuffer left = ByteBuffer.allocateDirect(1000);
                leftBehind.add(left::clear);
            }
            default -> {
                // The others leave nothing.
            }
        }
    }

    private void leaveSocket() {
        try {
            leftBehind.add(SocketChannel.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class FaultyWire extends ForwardingWire {

        FaultyWire(Wire wire) {
            super(wire);
        }

        @Override
        public EventLoop loop() {
            return loops.apply(super.loop());
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // a fault that must show, on a busy machine too
        public void send(ByteBuffer... buffers) {
            if (fault == Fault.BUFFERS_SENT_APART) {
                for (ByteBuffer buffer : buffers) {
                    super.send(buffer);
                    // Lets the other senders in between, which on a busy machine may not run at all otherwise.
                    Thread.yield();
                }
                sentApart.add(buffers);
                super.send();
            } else {
                super.send(buffers);
            }
            if (fault == Fault.BUFFERS_BACK_EARLY) {
                target.onSent(buffers);
            }
        }

        @Override
        public void maxFrameBytes(int bytes) {
            if (fault != Fault.LENGTHS_UNCHECKED) {
                super.maxFrameBytes(bytes);
            }
        }

        @Override
        public void readInterest(boolean on) {
            if (fault != Fault.READING_NEVER_STOPS) {
                super.readInterest(on);
            }
        }

        @Override
        public void close() {
            if (fault == Fault.CLOSE_DROPS) {
                abort();
            } else if (fault == Fault.GOODBYE_FORGOTTEN) {
                // The empty array behind all that was sent says that it is out.
                goodbyeForgotten = true;
                super.send();
            } else {
                super.close();
            }
        }
    }
}
