package dev.rotor.transport.nio;

import dev.rotor.driver.transport.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * One timer of a loop. As a task of the loop it brings the heap in line with itself, so that a timer set or cancelled
 * by another thread needs no object besides.
 */
final class LoopTimer implements Cancellable, Runnable {

    static final int NOT_QUEUED = -1;

    private final NioLoop loop;

    /** On the loop's nano clock. */
    final long deadline;

    /** Place in the heap and order of arrival there: the heap's, on the loop. */
    int index = NOT_QUEUED;

    long order;

    /** What to run; {@code null} once run or cancelled. Any thread. */
    private volatile @Nullable Runnable task;

    LoopTimer(NioLoop loop, Runnable task, long deadline) {
        this.loop = loop;
        this.task = task;
        this.deadline = deadline;
    }

    @Override
    public void cancel() {
        if (task == null) {
            return;
        }
        task = null;
        if (loop.inLoop()) {
            run();
        } else {
            loop.executeSomeTime(this);
        }
    }

    /** On the loop: enters the heap, or leaves it when cancelled. */
    @Override
    public void run() {
        boolean wanted = task != null;
        boolean queued = index != NOT_QUEUED;
        if (wanted && !queued) {
            loop.timers().add(this);
        } else if (!wanted && queued) {
            loop.timers().remove(this);
        }
    }

    /** On the loop, when due. */
    @Nullable
    Runnable take() {
        Runnable taken = task;
        task = null;
        return taken;
    }
}
