package dev.rotor.driver.transport.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one wire. A sender that finds nothing under way writes to the socket on its own thread; what the
 * socket does not take, and what others send meanwhile, follows from the loop. The lock guards the queue and the right
 * to write, and is never held during a system call, so the loop never waits for a sender.
 */
public final class Outbox {

    /**
     * The most that one write may hand over. The JDK copies heap buffers through temporary direct memory that every
     * thread keeps for later, so this bounds what a thread may come to hold.
     */
    public static final int SLICE_BYTES = 128 * 1024;

    /** Writes in a row before others get their turn on a loop. */
    private static final int SLICES_PER_TURN = 16;

    /** The most buffers of one gathering write: no more than the JDK passes on, or a full socket could not be told. */
    private static final int MAX_VECTOR = System.getProperty("os.name", "").startsWith("Windows") ? 16 : 1024;

    private final ByteLayer layer;
    private final ListenerGate gate;
    private final Runnable callLoop;

    private final ReentrantLock lock = new ReentrantLock();
    // All below: under the lock.
    private final Deque<ByteBuffer[]> queue = new ArrayDeque<>(2);
    private boolean writing;
    private boolean refusing;
    private boolean dropped;

    /**
     * Makes an empty outbox.
     *
     * @param layer where bytes go
     * @param gate how buffers are given back
     * @param callLoop has the loop call {@link #flush}; called from any thread
     */
    public Outbox(ByteLayer layer, ListenerGate gate, Runnable callLoop) {
        this.layer = layer;
        this.gate = gate;
        this.callLoop = callLoop;
    }

    /**
     * Sends, from any thread.
     *
     * @param buffers what to send
     * @throws IOException if the stream is broken; everything queued has been dropped
     */
    public void send(ByteBuffer[] buffers) throws IOException {
        lock.lock();
        try {
            if (refusing) {
                return;
            }
            if (writing || !queue.isEmpty()) {
                queue.addLast(buffers);
                return;
            }
            writing = true;
        } finally {
            lock.unlock();
        }
        boolean done = write(buffers);
        int turn = ListenerGate.PASSED_ON;
        boolean loopNeeded;
        lock.lock();
        try {
            writing = false;
            if (dropped) {
                return;
            }
            if (done) {
                turn = gate.offer(buffers);
            } else {
                queue.addFirst(buffers);
            }
            // A wire that closes in order waits to hear that the last write is over.
            loopNeeded = refusing || !queue.isEmpty() || layer.hasOutput();
        } finally {
            lock.unlock();
        }
        if (loopNeeded) {
            callLoop.run();
        }
        gate.pass(turn, buffers);
    }

    /**
     * Writes what is queued. On the loop.
     *
     * @return whether something is left that must wait until the socket is writable
     * @throws IOException if the stream is broken; everything queued has been dropped
     */
    public boolean flush() throws IOException {
        for (int i = 0; i < SLICES_PER_TURN; i++) {
            ByteBuffer[] first = claimFirst();
            if (first == null) {
                if (!layer.hasOutput() || !claimAlone()) {
                    return false;
                }
                if (!flushLayer()) {
                    return true;
                }
                continue;
            }
            boolean done = write(first);
            int turn;
            lock.lock();
            try {
                writing = false;
                if (dropped) {
                    return false;
                }
                if (!done) {
                    return true;
                }
                queue.removeFirst();
                turn = gate.offer(first);
            } finally {
                lock.unlock();
            }
            gate.pass(turn, first);
        }
        return true;
    }

    /** The right to write the first in the queue; {@code null} when it is empty or a sender is writing. */
    private ByteBuffer @Nullable [] claimFirst() {
        lock.lock();
        try {
            if (writing) {
                return null;
            }
            ByteBuffer[] first = queue.peekFirst();
            writing = first != null;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** The right to write, when nothing is queued and nobody writes. */
    private boolean claimAlone() {
        lock.lock();
        try {
            if (writing || dropped || !queue.isEmpty()) {
                return false;
            }
            writing = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean flushLayer() throws IOException {
        boolean done = false;
        try {
            done = layer.flush();
        } catch (Throwable e) {
            drop();
            throw e;
        } finally {
            lock.lock();
            try {
                writing = false;
            } finally {
                lock.unlock();
            }
        }
        return done;
    }

    /** Takes nothing more; what is queued still goes out. */
    public void refuse() {
        lock.lock();
        try {
            refusing = true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more and forgets what is queued. */
    public void drop() {
        lock.lock();
        try {
            forget();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void forget() {
        refusing = true;
        dropped = true;
        queue.clear();
    }

    /**
     * Whether everything that was sent has been written.
     *
     * @return {@code true} when nothing is queued and nobody writes
     */
    public boolean isIdle() {
        lock.lock();
        try {
            return queue.isEmpty() && !writing && !layer.hasOutput();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes one message as far as the socket takes it, with the right to write.
     *
     * @return whether all of it went out
     */
    private boolean write(ByteBuffer[] buffers) throws IOException {
        try {
            int first = firstRemaining(buffers, 0);
            for (int i = 0; first < buffers.length; i++) {
                if (i == SLICES_PER_TURN || !writeSlice(buffers, first)) {
                    return false;
                }
                first = firstRemaining(buffers, first);
            }
            return layer.flush();
        } catch (Throwable e) {
            lock.lock();
            try {
                // In one go: another sender's message must not follow what has gone out of this one.
                forget();
                writing = false;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    private static int firstRemaining(ByteBuffer[] buffers, int from) {
        int first = from;
        while (first < buffers.length && !buffers[first].hasRemaining()) {
            first++;
        }
        return first;
    }

    /**
     * One system call.
     *
     * @return whether the socket took all that it was given
     */
    private boolean writeSlice(ByteBuffer[] buffers, int first) throws IOException {
        int bytes = 0;
        int end = first;
        ByteBuffer cut = null;
        int limit = 0;
        while (end < buffers.length && end - first < MAX_VECTOR && bytes < SLICE_BYTES) {
            ByteBuffer buffer = buffers[end++];
            int room = SLICE_BYTES - bytes;
            if (buffer.remaining() > room) {
                cut = buffer;
                limit = buffer.limit();
                buffer.limit(buffer.position() + room);
            }
            bytes += buffer.remaining();
        }
        try {
            return layer.write(buffers, first, end - first) == bytes;
        } finally {
            if (cut != null) {
                cut.limit(limit);
            }
        }
    }
}
