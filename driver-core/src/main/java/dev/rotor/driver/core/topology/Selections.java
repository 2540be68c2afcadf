package dev.rotor.driver.core.topology;

import dev.rotor.driver.MongoClientClosedException;
import dev.rotor.driver.MongoConfigurationException;
import dev.rotor.driver.MongoException;
import dev.rotor.driver.ServerAddress;
import dev.rotor.driver.TopologySettings;
import dev.rotor.driver.core.time.Clock;
import dev.rotor.driver.core.time.Deadline;
import dev.rotor.driver.core.topology.SelectionQueue.Waiter;
import dev.rotor.driver.topology.TopologyDescription;
import dev.rotor.driver.transport.EventLoop;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The server selections of one topology: each gets its server from the snapshot, without a lock, or waits for one in
 * the queue. The topology's lock guards the queue, so that nobody begins to wait for what is being published.
 */
final class Selections {

    private final TopologyManager topology;
    private final Clock clock;
    private final Randomness random;
    private final EventLoop timers;
    private final SelectionLog log;
    private final TopologySettings settings;

    private final ReentrantLock lock;
    private final SelectionQueue queue = new SelectionQueue();

    /** Why the hosts are not known, or null. */
    private volatile @Nullable MongoException hostsFailure;
    /** Whether that will not change by waiting for a moment. */
    private volatile boolean hostsRefused;

    /**
     * Nobody waits.
     *
     * @param topology whose servers are selected
     * @param parts what it is made of
     * @param lock the topology's
     */
    Selections(TopologyManager topology, TopologyParts parts, ReentrantLock lock) {
        this.topology = topology;
        this.clock = parts.clock();
        this.random = parts.random();
        this.timers = parts.loops().get();
        this.log = new SelectionLog(parts.log());
        this.settings = parts.settings();
        this.lock = lock;
    }

    /** See {@link Topology#select}. */
    @Nullable
    Server select(
            ServerSelector selector,
            Set<ServerAddress> deprioritized,
            String operation,
            long deadline,
            SelectionListener listener) {
        TopologySnapshot now = topology.snapshot();
        boolean told = log.wanted();
        if (told) {
            log.started(selector, operation, listener, now.description);
        }
        if (now.usable) {
            ServerHandle chosen = now.candidates(selector, deprioritized).pick(random);
            if (chosen != null) {
                chosen.operationStarted();
                if (told) {
                    log.succeeded(selector, operation, listener, now.description, chosen.address());
                }
                return chosen;
            }
        }
        return selectOrWait(selector, deprioritized, operation, deadline, listener);
    }

    private @Nullable Server selectOrWait(
            ServerSelector selector,
            Set<ServerAddress> deprioritized,
            String operation,
            long deadline,
            SelectionListener listener) {
        long since = clock.nanoTime();
        long timeout = Deadline.after(since, settings.serverSelectionTimeout().toNanos());
        boolean byDeadline = Deadline.remaining(deadline, since) < Deadline.remaining(timeout, since);
        long limit = byDeadline ? deadline : timeout;
        Waiter waiter = new Waiter(selector, deprioritized, operation, listener, since, byDeadline);
        TopologySnapshot before = topology.snapshot();
        if (Deadline.remaining(limit, since) > 0 && before.failure(selector, deprioritized) == null) {
            // Said before anybody can serve the waiter, or the log would have it after the outcome.
            log.waiting(selector, operation, listener, before.description, Deadline.remaining(limit, since));
        }
        TopologyDescription known;
        MongoException failure;
        ServerHandle chosen = null;
        lock.lock();
        try {
            // Once more: what was published since the first look would not wake this waiter.
            TopologySnapshot now = topology.snapshot();
            known = now.description;
            failure = now.failure(selector, deprioritized);
            MongoException noHosts = hostsFailure;
            if (failure == null && hostsRefused && noHosts != null) {
                failure = refusal(noHosts);
            }
            if (failure == null) {
                chosen = now.candidates(selector, deprioritized).pick(random);
                if (chosen != null) {
                    chosen.operationStarted();
                } else {
                    failure = enqueue(waiter, known, Deadline.remaining(limit, since));
                }
            }
        } finally {
            lock.unlock();
        }
        if (chosen != null) {
            log.succeeded(selector, operation, listener, known, chosen.address());
            return chosen;
        }
        if (failure != null) {
            waiter.fail(failure, log, known);
            return null;
        }
        topology.requestChecks();
        return null;
    }

    private @Nullable MongoException enqueue(Waiter waiter, TopologyDescription known, long remaining) {
        if (remaining <= 0) {
            return waiter.timeout(known, hostsFailure, waiter.since);
        }
        queue.add(waiter);
        try {
            waiter.timer = timers.schedule(() -> expire(waiter), remaining, TimeUnit.NANOSECONDS);
            return null;
        } catch (RejectedExecutionException e) {
            queue.remove(waiter);
            return new MongoClientClosedException("The client has been closed");
        }
    }

    private void expire(Waiter waiter) {
        TopologyDescription known;
        lock.lock();
        try {
            if (!queue.remove(waiter)) {
                return;
            }
            known = topology.snapshot().description;
        } finally {
            lock.unlock();
        }
        waiter.fail(waiter.timeout(known, hostsFailure, clock.nanoTime()), log, known);
    }

    /** See {@link Topology#cancel}. */
    boolean cancel(SelectionListener listener) {
        Waiter waiter;
        lock.lock();
        try {
            waiter = queue.find(listener);
            if (waiter == null) {
                return false;
            }
            queue.remove(waiter);
        } finally {
            lock.unlock();
        }
        waiter.cancelTimer();
        return true;
    }

    /** How many operations wait for a server. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- under the topology's lock

    /** Whether operations wait for a server. */
    boolean anyWaiting() {
        return !queue.isEmpty();
    }

    /** Takes those out of the queue whose wait a snapshot ends; to tell them so is added to the wakes. */
    void serve(TopologySnapshot now, List<Runnable> wakes) {
        queue.serve(waiter -> {
            MongoException failure = now.failure(waiter.selector, waiter.deprioritized);
            if (failure != null) {
                wakes.add(() -> waiter.fail(failure, log, now.description));
                return true;
            }
            ServerHandle chosen =
                    now.candidates(waiter.selector, waiter.deprioritized).pick(random);
            if (chosen == null) {
                return false;
            }
            chosen.operationStarted();
            wakes.add(() -> waiter.deliver(chosen, log, now.description));
            return true;
        });
    }

    /** Takes all out of the queue. */
    List<Waiter> drain() {
        return queue.drain();
    }

    /** The hosts are known. */
    void hostsKnown() {
        hostsFailure = null;
        hostsRefused = false;
    }

    /** The hosts are not known, and waiting does not help. Takes all out of the queue. */
    List<Waiter> hostsRefused(MongoException cause) {
        hostsFailure = cause;
        hostsRefused = true;
        return queue.drain();
    }

    // ---- not under the lock

    /** The hosts are not known: who waits in vain is told why. */
    void hostsUnavailable(MongoException cause) {
        hostsFailure = cause;
        hostsRefused = false;
    }

    /** Tells those who have been taken out of the queue why there are no hosts. */
    void tellRefused(List<Waiter> waiters, MongoException cause, TopologyDescription known) {
        for (Waiter waiter : waiters) {
            waiter.fail(refusal(cause), log, known);
        }
    }

    private static MongoException refusal(MongoException cause) {
        // One of its own for each operation, whose stack trace may matter.
        return new MongoConfigurationException(String.valueOf(cause.getMessage()), cause);
    }

    /** Tells those who have been taken out of the queue that the client has been closed. */
    void tellClosed(List<Waiter> waiters) {
        for (Waiter waiter : waiters) {
            waiter.fail(
                    new MongoClientClosedException(waiter.operation + " was waiting for "
                            + SelectionErrors.describe(waiter.selector) + " when the client was closed"),
                    log,
                    TopologyDescription.EMPTY);
        }
    }
}
