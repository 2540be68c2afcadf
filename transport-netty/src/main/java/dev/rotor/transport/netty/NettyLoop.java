package dev.rotor.transport.netty;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A loop of Netty's: one of the transport's own, whose end is the transport's business, or a foreign one, which is left
 * running and from which everything that belongs to the transport must be gone when it closes.
 */
final class NettyLoop implements EventLoop {

    /** Far enough for anybody, near enough that adding it to a nano clock keeps its order. */
    private static final long MAX_DELAY_NANOS = Long.MAX_VALUE >> 1;

    private static final Logger LOG = System.getLogger(NettyLoop.class.getName());

    private final IoEventLoop netty;
    private final boolean foreign;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    /** Of a foreign loop: what must not fire after the transport has closed. */
    private final Set<NettyTimer> timers = ConcurrentHashMap.newKeySet();

    /** Threads that are handing something over: Netty may lose what comes when it has decided to end. */
    private final AtomicInteger entering = new AtomicInteger();

    private volatile boolean refusing;

    private final FutureListener<Object> gone = termination -> loopIsGone();

    // All below: the loop's.
    private final Set<Endpoint> endpoints = new HashSet<>();
    private int channels;
    private @Nullable ReceiveBuffer receiveBuffer;
    private @Nullable ByteBuffer plainBuffer;
    private boolean closing;
    private boolean outOfPatience;
    private boolean finished;
    private @Nullable Cancellable patience;
    /** Of a foreign loop with endpoints: what tells of its end while that can still be heard on it. */
    private @Nullable SingleThreadEventExecutor watched;

    private final Runnable lastCall = this::frameworkEnds;

    NettyLoop(IoEventLoop netty, boolean foreign) {
        this.netty = netty;
        this.foreign = foreign;
        if (foreign) {
            var unused = netty.terminationFuture().addListener(gone);
        }
    }

    // ---- any thread

    /**
     * A framework has ended its loop, which has closed its channels, before the transport has closed. Called when the
     * loop's thread is over, so what was the loop's is nobody's.
     */
    private void loopIsGone() {
        refusing = true;
        releaseMemory();
        timers.clear();
        ended.complete(null);
    }

    boolean isForeign() {
        return foreign;
    }

    @Override
    public boolean inLoop() {
        return netty.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (inLoop()) {
            refuseWhenOver();
            netty.execute(task);
            return;
        }
        entering.incrementAndGet();
        try {
            refuseWhenOver();
            netty.execute(task);
        } finally {
            if (entering.decrementAndGet() == 0 && refusing) {
                executeOrForget(this::end);
            }
        }
    }

    private void refuseWhenOver() {
        if (refusing) {
            throw new RejectedExecutionException("the transport is closed");
        }
    }

    /** As {@link #execute}, for news that concerns nobody once the loop has ended. */
    void executeOrForget(Runnable task) {
        try {
            netty.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.TRACE, "a loop that has ended was told something", e);
        }
    }

    @Override
    public Cancellable schedule(Runnable task, long delay, TimeUnit unit) {
        Objects.requireNonNull(task, "task");
        refuseWhenOver();
        long nanos = Math.min(Math.max(0, unit.toNanos(delay)), MAX_DELAY_NANOS);
        NettyTimer timer = new NettyTimer(this, task);
        if (foreign) {
            timers.add(timer);
            if (refusing) {
                // Whoever drops the timers may not have seen this one.
                timers.remove(timer);
                refuseWhenOver();
            }
        }
        timer.future(netty.schedule(timer, nanos, TimeUnit.NANOSECONDS));
        return timer;
    }

    void forget(NettyTimer timer) {
        if (foreign) {
            timers.remove(timer);
        }
    }

    /** Runs what a user gave: it may fail, the loop may not. */
    static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            LOG.log(Level.WARNING, "a task of an event loop failed", t);
        }
    }

    /** Completes when nothing of the transport is left on this loop and its thread, if it is the transport's, ends. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    /** The thread of an own loop returns from its last call. */
    void threadEnds() {
        ended.complete(null);
    }

    IoEventLoop netty() {
        return netty;
    }

    // ---- on the loop

    /** The memory that reads of this loop go through. */
    ReceiveBuffer receiveBuffer() {
        ReceiveBuffer buffer = receiveBuffer;
        if (buffer == null) {
            buffer = new ReceiveBuffer();
            receiveBuffer = buffer;
        }
        return buffer;
    }

    /** Memory to decrypt into, cleared, little-endian: a wire has copied what is in it before the next one decrypts. */
    ByteBuffer plainBuffer() {
        ByteBuffer buffer = plainBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(ReceiveBuffer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            plainBuffer = buffer;
        }
        return buffer.clear();
    }

    void add(Endpoint endpoint) {
        endpoints.add(endpoint);
        if (foreign && watched == null && netty instanceof SingleThreadEventExecutor executor) {
            watched = executor;
            executor.addShutdownHook(lastCall);
        }
    }

    /**
     * A framework ends the loop. Netty has closed the channels, but not those that it did not see: of a loop that is
     * shut down, without a quiet period, by one of its own tasks, it closes none. Timers are not fired any more.
     */
    private void frameworkEnds() {
        watched = null;
        terminateAll(new IOException("the event loop was shut down"));
    }

    void remove(Endpoint endpoint) {
        endpoints.remove(endpoint);
        finishWhenEmpty();
    }

    /** Keeps the loop until the channel has closed, whoever closes it. */
    void keepUntilClosed(Channel channel) {
        channels++;
        channel.closeFuture().addListener((ChannelFutureListener) future -> {
            channels--;
            finishWhenEmpty();
        });
    }

    boolean isClosing() {
        return closing;
    }

    /** Whether timers may not be waited for any more: the transport closes, or a framework ends the loop. */
    boolean isEnding() {
        return closing || netty.isShuttingDown();
    }

    /** Ends every endpoint in order, then the loop; abruptly when the limit has passed. */
    void shutDown(long limitNanos) {
        closing = true;
        // Whatever an endpoint does: the end has a limit.
        patience = schedule(this::losePatience, limitNanos, TimeUnit.NANOSECONDS);
        for (Endpoint endpoint : List.copyOf(endpoints)) {
            try {
                endpoint.shutDown();
            } catch (Throwable t) {
                LOG.log(Level.WARNING, "a wire could not be closed in order", t);
                terminate(endpoint, t);
            }
        }
        finishWhenEmpty();
    }

    private void losePatience() {
        outOfPatience = true;
        terminateAll(null);
        finishWhenEmpty();
    }

    private void terminateAll(@Nullable Throwable cause) {
        for (Endpoint endpoint : List.copyOf(endpoints)) {
            terminate(endpoint, cause);
        }
    }

    /** One that cannot even end must not keep the others from it. */
    private static void terminate(Endpoint endpoint, @Nullable Throwable cause) {
        try {
            endpoint.terminate(cause);
        } catch (Throwable t) {
            LOG.log(Level.WARNING, "a wire could not be closed", t);
        }
    }

    private void finishWhenEmpty() {
        if (!closing || finished || channels > 0 || !(endpoints.isEmpty() || outOfPatience)) {
            return;
        }
        finished = true;
        if (patience != null) {
            patience.cancel();
        }
        // Behind what listeners have handed over when they heard the end.
        executeOrForget(this::finish);
    }

    private void finish() {
        refusing = true;
        releaseMemory();
        if (watched != null) {
            watched.removeShutdownHook(lastCall);
            watched = null;
        }
        List.copyOf(timers).forEach(NettyTimer::cancel);
        end();
    }

    private void releaseMemory() {
        if (receiveBuffer != null) {
            receiveBuffer.release();
            receiveBuffer = null;
        }
        plainBuffer = null;
    }

    /** Once nobody is handing anything over any more. */
    private void end() {
        if (entering.get() > 0) {
            return;
        }
        if (foreign) {
            // Behind what was handed over at the last moment. A loop that ends before tells of it itself.
            executeOrForget(this::leave);
        } else {
            var unused = netty.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void leave() {
        var unused = netty.terminationFuture().removeListener(gone);
        ended.complete(null);
    }
}
