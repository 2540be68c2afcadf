package dev.rotor.transport.tck;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.rotor.driver.transport.Wire;
import dev.rotor.driver.transport.WireListener;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Notes what it hears, and notes as a breach what a listener must never see. Tests override what they need. */
class RecordingListener implements WireListener {

    final CompletableFuture<Wire> connected = new CompletableFuture<>();
    final CompletableFuture<@Nullable Throwable> closed = new CompletableFuture<>();
    final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<ByteBuffer[]> sent = new LinkedBlockingQueue<>();
    final Queue<String> breaches = new ConcurrentLinkedQueue<>();

    /** How long a test waits, and what the transport promises of the loop; set before anything is heard. */
    volatile long patienceMillis = 60_000;

    volatile boolean framesOnTheLoop = true;
    volatile boolean endOnTheLoop = true;

    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private volatile @Nullable Thread loopThread;
    private volatile boolean over;

    // ---- what tests override

    void connectedHook(Wire wire) {}

    byte[] allocateHook(int length) {
        return new byte[length];
    }

    void frameHook(byte[] frame) {}

    void sentHook(ByteBuffer[] buffers) {}

    void closedHook() {}

    // ---- the listener

    @Override
    public final void onConnected(Wire wire) {
        loopThread = Thread.currentThread();
        if (connected.isDone()) {
            breaches.add("connected twice");
        }
        within("onConnected", () -> {
            connected.complete(wire);
            connectedHook(wire);
        });
    }

    @Override
    public final byte[] allocate(int length) {
        if (length < 16) {
            breaches.add("asked for " + length + " bytes");
        }
        return allocateHook(length);
    }

    @Override
    public final void onFrame(byte[] frame) {
        if (framesOnTheLoop) {
            onLoop("onFrame");
        }
        within("onFrame", () -> {
            frameHook(frame);
            frames.add(frame);
        });
    }

    @Override
    public final void onSent(ByteBuffer[] buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                breaches.add("a buffer came back with " + buffer.remaining() + " bytes unsent");
            }
        }
        within("onSent", () -> {
            sentHook(buffers);
            sent.add(buffers);
        });
    }

    @Override
    public final void onClosed(@Nullable Throwable cause) {
        if (connected.isDone() && endOnTheLoop) {
            onLoop("onClosed");
        }
        within("onClosed", () -> {
            over = true;
            closedHook();
            if (!closed.complete(cause)) {
                breaches.add("closed twice");
            }
        });
    }

    private void onLoop(String call) {
        if (Thread.currentThread() != loopThread) {
            breaches.add(call + " on " + Thread.currentThread());
        }
    }

    private void within(String call, Runnable body) {
        Thread self = Thread.currentThread();
        Thread before = inside.get();
        // A call nested in a send from inside another call is no overlap: it is the same thread.
        if (before != self && !inside.compareAndSet(null, self)) {
            breaches.add(call + " on " + self + " while another call runs on " + before);
        }
        if (over) {
            breaches.add(call + " after onClosed");
        }
        try {
            body.run();
        } finally {
            if (before != self) {
                inside.compareAndSet(self, null);
            }
        }
    }

    // ---- what tests wait for

    Wire wire() throws Exception {
        return connected.get(patienceMillis, MILLISECONDS);
    }

    byte[] frame() throws Exception {
        byte[] frame = frames.poll(patienceMillis, MILLISECONDS);
        if (frame == null) {
            throw new AssertionError("no message came; closed: " + closed, closed.getNow(null));
        }
        return frame;
    }

    ByteBuffer[] givenBack() throws Exception {
        ByteBuffer[] buffers = sent.poll(patienceMillis, MILLISECONDS);
        if (buffers == null) {
            throw new AssertionError("no buffers came back; closed: " + closed);
        }
        return buffers;
    }

    @Nullable
    Throwable closeCause() throws Exception {
        return closed.get(patienceMillis, MILLISECONDS);
    }
}
