package dev.rotor.driver.core.fake;

import dev.rotor.driver.transport.Cancellable;
import dev.rotor.driver.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An event loop driven by hand, with virtual time. Tasks may be handed over from any thread; they run on the thread
 * that calls {@link #run} or {@link #advance}. What a task throws goes to {@link #failures}, as a real loop would
 * survive it.
 */
public final class ManualLoop implements EventLoop {

    private final ManualClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private volatile @Nullable Thread runner;
    private volatile boolean closed;
    private long scheduled;
    private volatile @Nullable Error brokenSchedule;

    /** A loop with a clock of its own. */
    public ManualLoop() {
        this(new ManualClock());
    }

    /** A loop that shares a clock. */
    public ManualLoop(ManualClock clock) {
        this.clock = clock;
    }

    /** The virtual clock. */
    public ManualClock clock() {
        return clock;
    }

    @Override
    public boolean inLoop() {
        return runner == Thread.currentThread();
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("the loop is closed");
            }
            tasks.add(task);
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #schedule} throw this, as a transport with a defect does. */
    public void breakSchedule(Error thrown) {
        brokenSchedule = thrown;
    }

    @Override
    public Cancellable schedule(Runnable task, long delay, TimeUnit unit) {
        Error broken = brokenSchedule;
        if (broken != null) {
            throw broken;
        }
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("the loop is closed");
            }
            Timer timer = new Timer(task, clock.nanoTime() + Math.max(0, unit.toNanos(delay)));
            timers.add(timer);
            scheduled++;
            return timer;
        } finally {
            lock.unlock();
        }
    }

    /** Runs what has been handed over, and what that hands over, until nothing is left; then due timers. */
    public void run() {
        runTasks();
        for (Timer due = takeDue(clock.nanoTime()); due != null; due = takeDue(clock.nanoTime())) {
            runInLoop(due.task);
            runTasks();
        }
    }

    /** Runs one action as if it came from the loop: {@link #inLoop} is true meanwhile. */
    public void runInLoop(Runnable action) {
        Thread outer = runner;
        runner = Thread.currentThread();
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        } finally {
            runner = outer;
        }
    }

    /** Moves time on, firing each timer at its own time, in order. */
    public void advance(Duration by) {
        long end = clock.nanoTime() + by.toNanos();
        run();
        for (Timer due = takeDue(end); due != null; due = takeDue(end)) {
            if (due.time - clock.nanoTime() > 0) {
                clock.set(due.time);
            }
            runInLoop(due.task);
            runTasks();
        }
        clock.set(end);
        run();
    }

    /** How many timers are armed. */
    public int armedTimers() {
        lock.lock();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }

    /** How often {@link #schedule} was called. */
    public long scheduledTimers() {
        lock.lock();
        try {
            return scheduled;
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks wait to be run. */
    public int waitingTasks() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** What tasks and timers have thrown. */
    public List<Throwable> failures() {
        return failures;
    }

    /** From now on everything is rejected, as after the transport has closed. */
    public void close() {
        closed = true;
    }

    private void runTasks() {
        for (Runnable task = pollTask(); task != null; task = pollTask()) {
            runInLoop(task);
        }
    }

    private @Nullable Runnable pollTask() {
        lock.lock();
        try {
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Timer takeDue(long until) {
        lock.lock();
        try {
            Timer first = null;
            for (Timer timer : timers) {
                if (timer.time - until <= 0 && (first == null || timer.time - first.time < 0)) {
                    first = timer;
                }
            }
            if (first != null) {
                timers.remove(first);
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private final class Timer implements Cancellable {
        private final Runnable task;
        private final long time;

        Timer(Runnable task, long time) {
            this.task = task;
            this.time = time;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                timers.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }
}
