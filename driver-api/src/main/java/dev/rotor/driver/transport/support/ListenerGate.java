package dev.rotor.driver.transport.support;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the calls of one wire's listener from overlapping although two threads may have something to say: the loop
 * (messages, the end) and a sender whose buffers went out on its own thread. Nobody ever waits here. Whoever finds the
 * gate taken leaves its news behind and the thread inside passes it on: buffers go into a queue, and the loop is called
 * back.
 */
public final class ListenerGate {

    /** {@link #offer}: somebody else gives the buffers back. */
    public static final int PASSED_ON = 0;

    /** {@link #offer}: the calling thread was inside already, and must give buffers back now. */
    private static final int INSIDE = 1;

    /** {@link #offer}: the calling thread is inside now, must give buffers back and leave. */
    private static final int ENTERED = 2;

    /** {@link #offer}: added to the former two when the buffers stand in the queue, behind others. */
    private static final int QUEUED = 4;

    /** Holds the gate for ever once the listener has heard its last call. */
    private static final Object SEALED = new Object();

    /** The thread inside, {@code null} or {@link #SEALED}. */
    private final AtomicReference<@Nullable Object> owner = new AtomicReference<>();

    /** Sent buffers that could not be given back at once, in order. */
    private final Queue<ByteBuffer[]> waiting = new ConcurrentLinkedQueue<>();

    private final Consumer<ByteBuffer[]> giveBack;
    private final Runnable callLoopBack;

    private volatile boolean loopWaits;

    /** Whether the thread inside is giving buffers back; that thread's alone. */
    private boolean givingBack;

    /**
     * Makes a gate that nobody is in.
     *
     * @param giveBack tells the listener of sent buffers; must not throw
     * @param callLoopBack has the loop try again; called from any thread
     */
    public ListenerGate(Consumer<ByteBuffer[]> giveBack, Runnable callLoopBack) {
        this.giveBack = giveBack;
        this.callLoopBack = callLoopBack;
    }

    /**
     * The loop wants in.
     *
     * @return whether it is; if not, it is called back when the gate is free
     */
    public boolean enter() {
        if (claim()) {
            return true;
        }
        loopWaits = true;
        // The thread inside may have left before it could see that the loop waits.
        if (claim()) {
            loopWaits = false;
            return true;
        }
        return false;
    }

    /** The thread inside leaves, after it has passed on what others left behind. */
    public void leave() {
        do {
            drain();
            owner.set(null);
        } while (!waiting.isEmpty() && claim());
        if (loopWaits) {
            loopWaits = false;
            callLoopBack.run();
        }
    }

    /** The loop, inside, lets nobody in any more. */
    public void seal() {
        owner.set(SEALED);
        waiting.clear();
    }

    /**
     * Buffers have been sent. To be called under the lock that orders writes, so that buffers are given back in the
     * order in which they were written; calls no listener itself.
     *
     * @param sent the buffers
     * @return what {@link #pass} is to be called with, after unlocking
     */
    public int offer(ByteBuffer[] sent) {
        Object inside = owner.get();
        if (inside == SEALED) {
            return PASSED_ON;
        }
        if (inside == Thread.currentThread()) {
            if (givingBack) {
                // A send from inside onSent. Given back when that returns, or calls would pile up on the stack.
                waiting.add(sent);
                return PASSED_ON;
            }
            if (waiting.isEmpty()) {
                return INSIDE;
            }
            waiting.add(sent);
            return INSIDE | QUEUED;
        }
        if (waiting.isEmpty() && claim()) {
            return ENTERED;
        }
        waiting.add(sent);
        // The thread inside may have left before it could see the addition.
        return claim() ? ENTERED | QUEUED : PASSED_ON;
    }

    /**
     * Does what {@link #offer} found to be the calling thread's part.
     *
     * @param turn what {@code offer} returned
     * @param sent the buffers it was called with
     */
    public void pass(int turn, ByteBuffer[] sent) {
        if (turn == PASSED_ON) {
            return;
        }
        if ((turn & QUEUED) == 0) {
            givingBack = true;
            giveBack.accept(sent);
            givingBack = false;
        }
        if ((turn & ENTERED) != 0) {
            leave();
        } else {
            drain();
        }
    }

    private boolean claim() {
        return owner.compareAndSet(null, Thread.currentThread());
    }

    private void drain() {
        if (waiting.isEmpty()) {
            return;
        }
        givingBack = true;
        for (ByteBuffer[] sent = waiting.poll(); sent != null; sent = waiting.poll()) {
            giveBack.accept(sent);
        }
        givingBack = false;
    }
}
