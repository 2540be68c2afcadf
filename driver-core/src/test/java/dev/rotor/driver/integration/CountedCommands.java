package dev.rotor.driver.integration;

import dev.rotor.driver.event.CommandListener;
import dev.rotor.driver.event.CommandStartedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Notes the commands that a client sends; lets a test wait for one. */
final class CountedCommands implements CommandListener {

    private final List<String> names = new CopyOnWriteArrayList<>();
    private final String awaited;
    private final Semaphore came = new Semaphore(0);

    /** Notes all, and lets a test wait for commands of one name. */
    CountedCommands(String awaited) {
        this.awaited = awaited;
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        names.add(event.commandName());
        if (event.commandName().equals(awaited)) {
            came.release();
        }
    }

    /** How many commands of that name were sent. */
    long count(String name) {
        return names.stream().filter(name::equals).count();
    }

    /** Waits for the next of the commands that are waited for. */
    void await() throws InterruptedException {
        if (!came.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("no " + awaited + " was sent: " + names);
        }
    }

    /** Whether one came within so many milliseconds. */
    boolean awaitFor(long millis) throws InterruptedException {
        return came.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }
}
