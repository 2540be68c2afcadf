package dev.rotor.transport.nio;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread around one selector: sockets that are ready, timers that are due, tasks that were handed over, again and
 * again. A thread that hands something over wakes the loop only when it sleeps, and only when it would sleep too long.
 */
final class NioLoop implements EventLoop, Runnable {

    /** One read of this size holds any small reply; larger messages pass through it piece by piece. */
    static final int RECEIVE_BYTES = 64 * 1024;

    /** Tasks in a row before sockets get their turn again. */
    private static final int TASKS_PER_TURN = 1024;

    /** Far enough for anybody, near enough that adding it to a nano clock keeps its order. */
    private static final long MAX_DELAY_NANOS = Long.MAX_VALUE >> 1;

    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final int ENDED = 2;

    private static final Logger LOG = System.getLogger(NioLoop.class.getName());

    private final LongSupplier nanoClock;
    private final Thread thread;
    private final Consumer<SelectionKey> readyHandler = this::ready;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger state = new AtomicInteger(AWAKE);
    /** While asleep: when the loop wakes by itself. */
    private volatile long wakeAt;

    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    // All below: the loop's, once it runs. The selector is also woken by others.
    private volatile Selector selector;
    private final TimerHeap timers = new TimerHeap();
    private final Set<Endpoint> endpoints = new HashSet<>();
    private @Nullable ByteBuffer receiveBuffer;
    private boolean closing;
    private boolean outOfPatience;

    /**
     * Makes a loop with its selector and its thread, not yet started.
     *
     * @param threads makes the thread
     * @param nanoClock the time, as {@link System#nanoTime}
     * @throws IOException if there is no selector to be had
     */
    NioLoop(ThreadFactory threads, LongSupplier nanoClock) throws IOException {
        this.nanoClock = nanoClock;
        Thread made = threads.newThread(this);
        if (made == null) {
            throw new IllegalStateException("the thread factory of the transport settings gave no thread");
        }
        thread = made;
        selector = Selector.open();
    }

    void start() {
        thread.start();
    }

    /** Gives up a loop that was never started. */
    void discard() {
        closeSelector();
    }

    // ---- any thread

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!offer(task)) {
            throw new RejectedExecutionException("the transport is closed");
        }
        if (state.get() == ASLEEP) {
            wake();
        }
    }

    /** As {@link #execute}, for news that concerns nobody once the loop has ended. */
    void executeOrForget(Runnable task) {
        var unused = tryToExecute(task);
    }

    /**
     * As {@link #execute}.
     *
     * @return whether the task runs; if not, the loop has ended, and what was its is nobody's
     */
    boolean tryToExecute(Runnable task) {
        boolean taken = offer(task);
        if (taken && state.get() == ASLEEP) {
            wake();
        }
        return taken;
    }

    /** Runs a task when the loop is next awake, without waking it. */
    void executeSomeTime(Runnable task) {
        offer(task);
    }

    /** Whether the task will run: it will not when the loop has ended. */
    private boolean offer(Runnable task) {
        tasks.add(task);
        // The loop takes what it finds after it has declared its end; what comes later is ours to take back.
        return state.get() != ENDED || !tasks.remove(task);
    }

    private void wake() {
        if (state.compareAndSet(ASLEEP, AWAKE)) {
            selector.wakeup();
        }
    }

    @Override
    public Cancellable schedule(Runnable task, long delay, TimeUnit unit) {
        Objects.requireNonNull(task, "task");
        long nanos = Math.min(Math.max(0, unit.toNanos(delay)), MAX_DELAY_NANOS);
        LoopTimer timer = new LoopTimer(this, task, nanoClock.getAsLong() + nanos);
        if (inLoop()) {
            timer.run();
            return timer;
        }
        if (!offer(timer)) {
            throw new RejectedExecutionException("the transport is closed");
        }
        // Most timers are deadlines far beyond the next thing to happen. Those enter the heap when it happens.
        if (state.get() == ASLEEP && timer.deadline - wakeAt < 0) {
            wake();
        }
        return timer;
    }

    /** Completes, on the loop, as the last thing that it does. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    // ---- on the loop

    Selector selector() {
        return selector;
    }

    TimerHeap timers() {
        return timers;
    }

    /** The memory that every read of this loop goes through; little-endian. */
    ByteBuffer receiveBuffer() {
        ByteBuffer buffer = receiveBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(RECEIVE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            receiveBuffer = buffer;
        }
        return buffer;
    }

    void add(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    void remove(Endpoint endpoint) {
        endpoints.remove(endpoint);
    }

    boolean isClosing() {
        return closing;
    }

    /** Ends every endpoint in order, then the loop; abruptly when the limit has passed. */
    void shutDown(long limitNanos) {
        closing = true;
        schedule(this::losePatience, limitNanos, TimeUnit.NANOSECONDS);
        for (Endpoint endpoint : List.copyOf(endpoints)) {
            try {
                endpoint.shutDown();
            } catch (Throwable t) {
                // For example without memory to say goodbye in: the others still end in order.
                LOG.log(Level.WARNING, "a wire could not be closed in order", t);
                terminate(endpoint, t);
            }
        }
    }

    private void losePatience() {
        outOfPatience = true;
        for (Endpoint endpoint : List.copyOf(endpoints)) {
            terminate(endpoint, null);
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

    @Override
    public void run() {
        while (!isOver()) {
            try {
                select();
            } catch (IOException | RuntimeException | Error e) {
                replaceSelector(e);
            }
            fireTimers();
            runTasks(TASKS_PER_TURN);
            // A listener or task may have interrupted this thread: selecting would return at once for ever.
            Thread.interrupted();
        }
        state.set(ENDED);
        runTasks(Integer.MAX_VALUE);
        timers.clear();
        closeSelector();
        ended.complete(null);
    }

    private boolean isOver() {
        return closing && (outOfPatience || (endpoints.isEmpty() && tasks.isEmpty()));
    }

    private void select() throws IOException {
        if (!tasks.isEmpty()) {
            selector.selectNow(readyHandler);
            return;
        }
        long now = nanoClock.getAsLong();
        long wait = timers.size() == 0 ? MAX_DELAY_NANOS : timers.firstDeadline() - now;
        if (wait <= 0) {
            selector.selectNow(readyHandler);
            return;
        }
        wakeAt = now + wait;
        state.set(ASLEEP);
        // Whoever handed something over before it could see that the loop sleeps did not wake it.
        if (tasks.isEmpty()) {
            // Rounded up: a timer may be late, but never early, and there is no spinning until it is due.
            selector.select(readyHandler, TimeUnit.NANOSECONDS.toMillis(wait - 1) + 1);
        } else {
            selector.selectNow(readyHandler);
        }
        state.set(AWAKE);
    }

    private void ready(SelectionKey key) {
        // Awake already: what a listener or another thread hands over from here on needs no wake-up.
        if (state.getPlain() == ASLEEP) {
            state.set(AWAKE);
        }
        if (!key.isValid()) {
            return;
        }
        Endpoint endpoint = (Endpoint) key.attachment();
        try {
            endpoint.ready(key);
        } catch (Throwable t) {
            LOG.log(Level.WARNING, "a wire failed in a way that it should not", t);
            endpoint.terminate(t);
        }
    }

    private void fireTimers() {
        if (timers.size() == 0) {
            return;
        }
        long now = nanoClock.getAsLong();
        for (LoopTimer timer = timers.pollDue(now); timer != null; timer = timers.pollDue(now)) {
            Runnable task = timer.take();
            if (task != null) {
                run(task);
            }
        }
    }

    private void runTasks(int most) {
        for (int i = 0; i < most; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            LOG.log(Level.WARNING, "a task of an event loop failed", t);
        }
    }

    /** The selector itself is broken: its sockets are lost, the loop is not. */
    private void replaceSelector(Throwable cause) {
        LOG.log(Level.ERROR, "a selector failed; its connections are closed and a new one is opened", cause);
        List<Endpoint> open = new ArrayList<>(endpoints);
        open.forEach(endpoint -> endpoint.terminate(cause));
        closeSelector();
        try {
            selector = Selector.open();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "no new selector could be opened; this event loop ends", e);
            closing = true;
            outOfPatience = true;
        }
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing a selector failed", e);
        }
    }
}
