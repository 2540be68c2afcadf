package dev.rotor.gridfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rotor.driver.event.CommandFailedEvent;
import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import dev.rotor.driver.event.CommandSucceededEvent;
import dev.rotor.driver.event.ConnectionCheckedInEvent;
import dev.rotor.driver.event.ConnectionCheckedOutEvent;
import dev.rotor.driver.event.ConnectionPoolListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What the client has done, in order; a test waits until that is what it expects. */
final class ClientEvents implements CommandListener, ConnectionPoolListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> commands = new ArrayList<>();
    private final Map<String, Runnable> atStart = new ConcurrentHashMap<>();
    private int out;

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        change(() -> commands.add(event.commandName()));
        Runnable task = atStart.remove(event.commandName());
        if (task != null) {
            task.run();
        }
    }

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        change(() -> commands.add(event.commandName() + " done"));
    }

    @Override
    public void commandFailed(CommandFailedEvent event) {
        change(() -> commands.add(event.commandName() + " failed"));
    }

    @Override
    public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
        change(() -> out++);
    }

    @Override
    public void connectionCheckedIn(ConnectionCheckedInEvent event) {
        change(() -> out--);
    }

    void forget() {
        change(commands::clear);
    }

    private void until(Predicate<ClientEvents> expected) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(20);
            while (!expected.test(this)) {
                assertThat(left)
                        .as("in time; so far %s, %d connections out", commands, out)
                        .isPositive();
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    void awaitCommand(String name) {
        until(events -> events.commands.contains(name));
    }

    void awaitAllConnectionsBack() {
        until(events -> events.out == 0);
    }

    List<String> commands() {
        lock.lock();
        try {
            return List.copyOf(commands);
        } finally {
            lock.unlock();
        }
    }

    /** Does something while the next command of this name is under way: it has begun, and there is no reply yet. */
    void whileUnderWay(String command, Runnable task) {
        atStart.put(command, task);
    }
}
