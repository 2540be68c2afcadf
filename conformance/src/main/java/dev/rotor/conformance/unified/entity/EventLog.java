package dev.rotor.conformance.unified.entity;

import dev.rotor.conformance.unified.match.ObservedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The events of a client in the order in which they came, for threads that wait for one of them. */
public final class EventLog {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<ObservedEvent> events = new ArrayList<>();

    /** Adds an event. */
    public void add(ObservedEvent event) {
        lock.lock();
        try {
            events.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits, because something else has changed that they look at. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all events. */
    public void clear() {
        lock.lock();
        try {
            events.clear();
        } finally {
            lock.unlock();
        }
    }

    /** All events so far. */
    public List<ObservedEvent> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** How many events so far are like this. */
    public long count(Predicate<ObservedEvent> like) {
        return all().stream().filter(like).count();
    }

    /** Waits until at least so many events are like this; whether that came true in time. */
    public boolean await(Predicate<ObservedEvent> like, long count, Duration limit) throws InterruptedException {
        return await(() -> events.stream().filter(like).count() >= count, limit);
    }

    /** Waits until the condition holds, which is looked at whenever something happens; whether that was in time. */
    public boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
