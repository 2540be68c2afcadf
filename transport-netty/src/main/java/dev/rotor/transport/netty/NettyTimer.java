package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Cancellable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One timer of a loop. Whoever takes the task runs it: a timer that was cancelled finds none. */
final class NettyTimer implements Cancellable, Runnable {

    private static final Logger LOG = System.getLogger(NettyTimer.class.getName());

    private final NettyLoop loop;
    private volatile @Nullable Runnable task;
    private volatile @Nullable Future<?> future;

    NettyTimer(NettyLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    /** What Netty knows the timer by. */
    void future(Future<?> scheduled) {
        future = scheduled;
        if (task == null) {
            cancel();
        }
    }

    @Override
    public void cancel() {
        task = null;
        loop.forget(this);
        Future<?> scheduled = future;
        if (scheduled != null) {
            try {
                scheduled.cancel(false);
            } catch (RejectedExecutionException e) {
                LOG.log(Level.TRACE, "a timer was cancelled after its loop had ended", e);
            }
        }
    }

    @Override
    public void run() {
        Runnable due = task;
        task = null;
        loop.forget(this);
        if (due != null) {
            NettyLoop.run(due);
        }
    }
}
